"""The facts of a release by pages, filtered and sorted in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Numeric,
    Row,
    Select,
    UnaryExpression,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)

from disclosure.browsing import COUNTED, FactFilter, FactPage, SortKey
from disclosure.money import MONEY_UNITS
from disclosure.store import records
from disclosure.store.sql import DisclosureRow, FactRow, TableRow

_FACTS = FactRow.__table__
_DISCLOSURES = DisclosureRow.__table__
_TABLES = TableRow.__table__
_COLUMNS = [_FACTS.c[name] for name in records.FACT_COLUMNS]


@dataclass(frozen=True, slots=True)
class Browsed:
    """The database of a part, and what is true of the disclosures in it that are shown."""

    engine: Engine
    shown: tuple[ColumnElement[bool], ...] = ()


def browse(
    parts: Sequence[Browsed],
    wanted: FactFilter,
    sort: SortKey,
    descending: bool,
    limit: int,
    offset: int,
) -> FactPage:
    """One page of the facts that match in the parts of a release."""
    total = sum(_count(part, wanted) for part in parts)
    order = _order(sort, descending)
    rows: Sequence[Sequence[Any]]
    if len(parts) == 1:
        page = _matching(parts[0], wanted).add_columns(_DISCLOSURES.c.id, *_COLUMNS)
        rows = _all(parts[0], page.order_by(*order).limit(limit).offset(offset))
    else:
        rows = _merged(parts, wanted, sort, descending, limit, offset)
    facts = tuple(records.fact_of(row[1:], row[0]) for row in rows)
    return FactPage(facts, min(total, COUNTED), total > COUNTED)


def _merged(
    parts: Sequence[Browsed],
    wanted: FactFilter,
    sort: SortKey,
    descending: bool,
    limit: int,
    offset: int,
) -> list[Sequence[Any]]:
    """The rows of a page: the first ones of every part by what they are sorted by, put in one
    order; then those of the page in full."""
    order = _order(sort, descending)
    places = [
        (*row[:-3], number, row.disclosure_key, row.position, row.key)
        for number, part in enumerate(parts)
        for row in _all(
            part,
            _matching(part, wanted)
            .add_columns(*_SORTED[sort], *(_FACTS.c[c] for c in _PLACE))
            .order_by(*order)
            .limit(limit + offset),
        )
    ]
    places.sort(reverse=descending)
    page = [(number, key) for *_, number, _, _, key in places[offset : offset + limit]]
    found: dict[tuple[int, int], Sequence[Any]] = {}
    for number in {number for number, _ in page}:
        keys = [key for owner, key in page if owner == number]
        query = (
            select(_FACTS.c.key, _DISCLOSURES.c.id, *_COLUMNS)
            .join(_DISCLOSURES, _DISCLOSURES.c.key == _FACTS.c.disclosure_key)
            .where(_FACTS.c.key.in_(keys))
        )
        found |= {(number, row.key): tuple(row)[1:] for row in _all(parts[number], query)}
    return [found[place] for place in page]


def _count(part: Browsed, wanted: FactFilter) -> int:
    counted = _matching(part, wanted).add_columns(_FACTS.c.key).limit(COUNTED + 1).subquery()
    return int(_all(part, select(func.count()).select_from(counted))[0][0])


def _all(part: Browsed, query: Select[Any]) -> Sequence[Row[Any]]:
    with part.engine.connect() as connection:
        return connection.execute(query).all()


def _matching(part: Browsed, wanted: FactFilter) -> Select[()]:
    joined = _FACTS.join(_DISCLOSURES, _DISCLOSURES.c.key == _FACTS.c.disclosure_key)
    conditions: list[ColumnElement[bool]] = [_FACTS.c.value.is_not(None), *part.shown]
    if wanted.table_kind:
        same_table = and_(
            _TABLES.c.disclosure_key == _FACTS.c.disclosure_key, _TABLES.c.id == _FACTS.c.table_id
        )
        joined = joined.join(_TABLES, same_table)
        conditions.append(_TABLES.c.kind == wanted.table_kind)
    for column, value in (
        (_DISCLOSURES.c.id, wanted.disclosure_id),
        (_DISCLOSURES.c.department, wanted.department),
        (_FACTS.c.table_id, wanted.table_id),
        (_FACTS.c.measure, wanted.measure),
        (_FACTS.c.aspect, wanted.aspect),
        (_FACTS.c.unit, wanted.unit_of_measure),
    ):
        if value:
            conditions.append(column == value)
    if wanted.year is not None:
        conditions.append(_FACTS.c.year == wanted.year)
    for word in wanted.words:
        searched = (_FACTS.c.label, _FACTS.c.project, _FACTS.c.item, _FACTS.c.indicator)
        conditions.append(or_(*(column.contains(word, autoescape=True) for column in searched)))
    return select().select_from(joined).where(*conditions)


def _order(sort: SortKey, descending: bool) -> list[UnaryExpression[Any]]:
    keys = (*_SORTED[sort], _FACTS.c.disclosure_key, _FACTS.c.position)
    return [key.desc() if descending else key.asc() for key in keys]


def _in_yuan() -> ColumnElement[Decimal]:
    """Values are text, exactly as published; to be put in order they are read as numbers."""
    size = cast(_FACTS.c.value, Numeric(38, 10))
    return size * case(
        *((_FACTS.c.unit == unit, factor) for unit, factor in _FACTORS.items()), else_=1
    )


_FACTORS = {unit: int(factor) for unit, factor in MONEY_UNITS.items()}

#: What facts are sorted by before their place in the release, and that place.
_SORTED: dict[SortKey, tuple[ColumnElement[Any], ...]] = {
    "document": (),
    "value": (_in_yuan(),),
    "label": (_FACTS.c.label,),
    "department": (_DISCLOSURES.c.department,),
    "year": (_FACTS.c.year,),
}
_PLACE = ("disclosure_key", "position", "key")
