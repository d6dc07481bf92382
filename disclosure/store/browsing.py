"""The facts of a release by pages, filtered and sorted in the database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Numeric,
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


def browse(
    engine: Engine,
    wanted: FactFilter,
    *,
    sort: SortKey,
    descending: bool,
    limit: int,
    offset: int,
) -> FactPage:
    """One page of the facts that match."""
    matching = _matching(wanted)
    page = (
        matching.add_columns(_DISCLOSURES.c.id, *_COLUMNS)
        .order_by(*_order(sort, descending))
        .limit(limit)
        .offset(offset)
    )
    counted = matching.add_columns(_FACTS.c.key).limit(COUNTED + 1).subquery()
    with engine.connect() as connection:
        rows = connection.execute(page).all()
        total = connection.execute(select(func.count()).select_from(counted)).scalar_one()
    facts = tuple(records.fact_of(row[1:], row[0]) for row in rows)
    return FactPage(facts, min(total, COUNTED), total > COUNTED)


def _matching(wanted: FactFilter) -> Select[()]:
    joined = _FACTS.join(_DISCLOSURES, _DISCLOSURES.c.key == _FACTS.c.disclosure_key)
    conditions: list[ColumnElement[bool]] = [_FACTS.c.value.is_not(None)]
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
    by: dict[SortKey, tuple[ColumnElement[Any], ...]] = {
        "document": (),
        "value": (_in_yuan(),),
        "label": (_FACTS.c.label,),
        "department": (_DISCLOSURES.c.department,),
        "year": (_FACTS.c.year,),
    }
    keys = (*by[sort], _FACTS.c.disclosure_key, _FACTS.c.position)
    return [key.desc() if descending else key.asc() for key in keys]


def _in_yuan() -> ColumnElement[Decimal]:
    """Values are text, exactly as published; to be put in order they are read as numbers."""
    size = cast(_FACTS.c.value, Numeric(38, 10))
    return size * case(
        *((_FACTS.c.unit == unit, factor) for unit, factor in _FACTORS.items()), else_=1
    )


_FACTORS = {unit: int(factor) for unit, factor in MONEY_UNITS.items()}
