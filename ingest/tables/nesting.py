"""Lists of projects whose categories stand among them, told apart by their sums.

西安 prints 通用项目, under it 大型活动, under it the projects, in one column without numbers. Where
the rows of a unit do not add up to the unit's own figure, some of them contain others; the reading
in which every row is the sum of those under it, and the unit of its outermost ones, is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from disclosure.model import ALL
from ingest.tables.cells import number
from ingest.tables.row_key import RowKey

_MOST_ROWS = 200
#: Lists of many equal amounts can be read in too many ways to try them all.
_MOST_STATES = 20_000
_TOLERANCE = Decimal("0.05")


def nest_projects(rows: Sequence[RowKey], column: int) -> None:
    """Mark rows that contain others as totals and put their labels in the paths of those."""
    for whole, members in _by_unit(rows):
        top = _value(whole, column)
        values = [_value(row, column) for row in members]
        if top is None or any(value is None for value in values) or len(members) > _MOST_ROWS:
            continue
        figures = [value for value in values if value is not None]
        if abs(sum(figures, Decimal(0)) - top) <= _TOLERANCE * (len(figures) + 1):
            continue
        parents = containers(tuple(figures), top)
        if parents is None:
            continue
        for i, parent in enumerate(parents):
            row = members[i]
            while parent is not None:
                members[parent].total = True
                row.path = (*row.path[:1], members[parent].label, *row.path[1:])
                parent = parents[parent]


def containers(values: tuple[Decimal, ...], whole: Decimal) -> list[int | None] | None:
    """For each row the row that contains it (None: the whole does); None if no reading adds up.

    ``containers((5, 2, 2, 3, 3), 5)`` is ``[None, 0, 1, 0, 3]``.
    """

    states = 0

    @cache
    def read(start: int, left: Decimal) -> Mapping[int, tuple[tuple[int, int | None], ...]]:
        """Readings of the rows from ``start`` that add up to ``left``, by the row after the last;
        each row with its container, nested readings first."""
        nonlocal states
        states += 1
        if left == 0 and (start == len(values) or values[start] != 0):
            return {start: ()}
        if states > _MOST_STATES or start == len(values) or not 0 < values[start] <= left:
            return {}
        found: dict[int, tuple[tuple[int, int | None], ...]] = {}
        rest = left - values[start]
        for middle, inner in read(start + 1, values[start]).items():
            nested = tuple((i, start if p is None else p) for i, p in inner)
            for end, after in read(middle, rest).items():
                found.setdefault(end, ((start, None), *nested, *after))
        for end, after in read(start + 1, rest).items():
            found.setdefault(end, ((start, None), *after))
        return found

    found = read(0, whole).get(len(values))
    if found is None:
        return None
    return [parent for _, parent in sorted(found)]


def _by_unit(rows: Sequence[RowKey]) -> list[tuple[RowKey, list[RowKey]]]:
    groups: list[tuple[RowKey, list[RowKey]]] = []
    for row in rows:
        if row.is_unit and row.sets.get("unit", ALL) != ALL:
            groups.append((row, []))
        elif groups and "project" in row.sets:
            groups[-1][1].append(row)
    return [group for group in groups if group[1]]


def _value(row: RowKey, column: int) -> Decimal | None:
    figure = number(row.line.cells[column])
    return figure.value if figure else None
