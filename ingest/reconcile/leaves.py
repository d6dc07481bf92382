"""The innermost rows of a table and what they add up to, column by column.

Where rows differ on several axes at once (unit, subject and project; purchases by unit and
catalogue), no single axis tells the parts of a total: its parts are then the rows that stand under
it and contain no other row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from disclosure.model import ALL, Aspect, Measure
from ingest.reconcile.cells import Cell, Sheet, Sort
from ingest.reconcile.members import PROJECT, ROW_AXES, Place, ancestors, narrowed
from ingest.tables.cells import is_total

#: A row narrowed on so many axes that its containers could not be listed is left alone.
_MOST_CONTAINERS = 2000


@dataclass(slots=True)
class Column:
    """One column of amounts: the rows that contain no other, and those that do. ``complete`` is
    known of sums that ingest derived, which are made of complete lists only."""

    sort: Sort
    cells: Sequence[Cell] = ()
    leaves: list[Cell] = field(default_factory=list)
    totals: list[Cell] = field(default_factory=list)
    complete: bool = False
    _below: dict[Place, list[Cell]] = field(default_factory=dict)

    def under(self, total: Cell) -> Sequence[Cell]:
        """The innermost rows that a total row stands for: those listed right under it, of a
        category of projects; else those within its place."""
        if total.at[PROJECT] == ALL:
            return self._below.get(total.at, [])
        path = (*total.fact.row_path, total.label)
        start = next((i for i, c in enumerate(self.cells) if c is total), len(self.cells)) + 1
        listed = takewhile(lambda c: c.fact.row_path[: len(path)] == path, self.cells[start:])
        heads = {id(c) for c in self.totals}
        return [c for c in listed if id(c) not in heads]

    def at(self, place: Place) -> Sequence[Cell]:
        """The innermost rows within a place, which they narrow by unit, subject or project only:
        a column of 基本支出 says nothing of the whole."""
        found = self._below.get(place, [])
        fixed = [axis for axis in range(len(place)) if axis not in ROW_AXES]
        return found if all(c.at[a] == place[a] for c in found for a in fixed) else []


def columns_of(sheet: Sheet) -> Iterator[Column]:
    """The columns of amounts of a table."""
    by_column: defaultdict[tuple[Sort, int | None], list[Cell]] = defaultdict(list)
    for cell in sheet.amounts():
        by_column[cell.sort, cell.column].append(cell)
    total_rows = _total_rows(sheet)
    for (sort, _), cells in by_column.items():
        column = _column(sort, cells, total_rows)
        if column is not None:
            yield column
    derived: defaultdict[tuple[Sort, int | None], list[Cell]] = defaultdict(list)
    for cell in sheet.derived:
        if cell.sort[1] is Aspect.AMOUNT:
            derived[cell.sort, cell.column].append(cell)
    for (sort, _), cells in derived.items():
        column = _column(sort, cells, frozenset())
        if column is not None:
            column.complete = True
            yield column


def _column(
    sort: Sort, cells: Sequence[Cell], total_rows: frozenset[tuple[int | None, ...]]
) -> Column | None:
    places = {cell.at for cell in cells}
    three_public = sort[0] is Measure.THREE_PUBLIC
    containers: set[Place] = set()
    above: dict[Place, list[Place]] = {}
    varying = [
        axis
        for axis in range(len(cells[0].at))
        if axis in ROW_AXES or len({place[axis] for place in places}) > 1
    ]
    for place in places:
        containing = _containing(place, varying, three_public)
        if containing is None:
            return None
        above[place] = containing
        containers |= places.intersection(containing)
    column = Column(sort, cells)
    for cell in cells:
        heads = cell.row in total_rows or cell.at in containers
        (column.totals if heads else column.leaves).append(cell)
    below: defaultdict[Place, list[Cell]] = defaultdict(list)
    for leaf in column.leaves:
        below[leaf.at].append(leaf)
        for place in above[leaf.at]:
            below[place].append(leaf)
    column._below = dict(below)
    return column


def _containing(place: Place, varying: Sequence[int], three_public: bool) -> list[Place] | None:
    """Every place that strictly contains ``place``, by the axes that vary in its column."""
    found = [place]
    for axis in varying:
        if place[axis] != ALL:
            above = ancestors(axis, place[axis], three_public)
            found += [narrowed(other, axis, member) for other in found for member in above]
        if len(found) > _MOST_CONTAINERS:
            return None
    return found[1:]


def _total_rows(sheet: Sheet) -> frozenset[tuple[int | None, ...]]:
    """Rows that the table itself marks as totals, told by a column that is no total itself."""
    rows: dict[tuple[int | None, ...], list[bool]] = {}
    several = len({c.column for c in sheet.cells}) > 1
    for cell in sheet.cells:
        header = cell.fact.header
        if not several or not (header and is_total(header[-1])):
            rows.setdefault(cell.row, []).append(cell.fact.total)
    return frozenset(row for row, marks in rows.items() if all(marks))
