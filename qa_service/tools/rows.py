"""The single rows of a table as members of a group: each purchase of 政府采购, each service bought.

Several rows bear the same coordinates (three purchases of one project), so a row is a member of its
own, named by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from disclosure.model import ALL, AXES, Aspect, Fact, PublishedTable
from qa_service.tools.cells import CellFinder
from qa_service.tools.results import Member
from qa_service.understanding.plan import Group

#: Axes on which a detail row lies; a row that lies on none of these is a total.
_DETAIL_AXES = ("subject", "project", "item", "economic")
_FREE_AXES = (*_DETAIL_AXES, "unit", "gov_economic", "procurement_kind", "procurement_mode")
#: What a single row of a table of purchases is told by, first what says most: where some rows
#: have it, those without are sums over them.
_TELLING_AXES = ("project", "item")
#: A cell that holds only a code or a figure names nothing.
_FIGURE = re.compile(r"[\d,.\-+%()（）\s]*")


def rows_of(finder: CellFinder, group: Group) -> list[Member]:
    """The detail rows of the group's tables with their whole amount, in the document's order."""
    disclosure_id = group.selector.disclosure_id
    tables = {table.id: table for table in finder.library.tables(disclosure_id)}
    printed: dict[str, dict[tuple[object, ...], tuple[str, ...]]] = {}
    members: dict[tuple[str, int | None, int | None, int | None], Member] = {}
    for where in group.selector.readings:
        for fact in finder.facts_at(group.selector, where):
            table = tables.get(fact.table_id or "")
            if table is None or not _is_detail(fact, where.axes):
                continue
            place = fact.locator
            key = (table.id, place.page, place.line, place.row)
            if key not in members:
                if table.id not in printed:
                    printed[table.id] = _rows(table)
                name = _words(printed[table.id].get(place.row_key, ())) or fact.label
                members[key] = Member(fact.id, name, finder.single(fact))
    found = [m for m in members.values() if not _holds_others(m, members.values())]
    for axis in _TELLING_AXES:
        telling = [m for m in found if getattr(m.cell.coordinates, axis) != ALL]
        tables_told = {m.cell.facts[0].table_id for m in telling}
        found = [m for m in found if m in telling or m.cell.facts[0].table_id not in tables_told]
    return found


def _holds_others(member: Member, everyone: Iterable[Member]) -> bool:
    """Whether a row is the heading of others: its subject holds theirs, in the same unit."""
    own = member.cell.coordinates
    if not own.subject.isdigit() or own.project != ALL:
        return False
    return any(
        other.cell.coordinates.unit == own.unit
        and len(other.cell.coordinates.subject) > len(own.subject)
        and other.cell.coordinates.subject.startswith(own.subject)
        for other in everyone
    )


def _is_detail(fact: Fact, asked: dict[str, str]) -> bool:
    """A detail row's figure over all that the question leaves open: of no fund, of no kind."""
    coordinates = fact.coordinates
    if fact.aspect != Aspect.AMOUNT or fact.value is None:
        return False
    narrowed = {axis for axis in AXES if getattr(coordinates, axis) != ALL}
    if not narrowed & set(_DETAIL_AXES):
        return False
    return all(axis in _FREE_AXES or axis in asked for axis in narrowed)


def _rows(table: PublishedTable) -> dict[tuple[object, ...], tuple[str, ...]]:
    """The rows as printed, by where they stand."""
    keys = (at.row_key for at in table.row_locators)
    return dict(zip(keys, table.rows, strict=True))


def _words(cells: tuple[str, ...]) -> str:
    """The words of a row, but for its unit's name, which stands above."""
    words = [cell.strip() for cell in cells if not _FIGURE.fullmatch(cell)]
    return "，".join(dict.fromkeys(words))
