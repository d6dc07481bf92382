"""Columns of published tables, and sums of their rows where the table proves them complete.

A row that contains others (a department over its units, a class over its items) is never added
beside its parts, and nothing is added up unless the column's own total agrees with its rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product

from disclosure.model import ALL, Aspect, Coordinates, Fact, Measure
from disclosure.money import half_step

#: The axes that a table runs down; the others are its columns'.
ROW_AXES = ("unit", "subject", "project", "item", "economic", "gov_economic")
#: Axes whose codes hold others by their first digits, with the sizes of what may hold a code.
_CODED = {"subject": (3, 5), "economic": (3,), "gov_economic": (3,)}
#: Axes on which several rows may stand at one place.
_PURCHASED = ("subject", "project", "item")
_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table. ``coordinates`` hold what all its rows share, ``row_axes`` are the
    axes that its rows run down."""

    measure: Measure
    coordinates: Coordinates
    row_axes: tuple[str, ...]
    members: tuple[Fact, ...]
    leaves: tuple[Fact, ...]
    _complete: dict[str, bool] = field(default_factory=dict)

    def inside(self, axes: Mapping[str, str]) -> list[Fact]:
        """The leaf rows that lie inside the asked coordinates."""
        return [fact for fact in self.leaves if _inside(fact, axes, self.row_axes)]

    def complete(self, unit: str) -> bool:
        """Whether the leaf rows of a unit (ALL: of the table) add up to its printed total."""
        if unit not in self._complete:
            self._complete[unit] = self._adds_up(unit)
        return self._complete[unit]

    def _adds_up(self, unit: str) -> bool:
        leaf_ids = {fact.id for fact in self.leaves}
        total = next(
            (
                fact
                for fact in self.members
                if fact.id not in leaf_ids
                and fact.coordinates.unit == unit
                and all(getattr(fact.coordinates, axis) == ALL for axis in self.row_axes[1:])
            ),
            None,
        )
        if total is None or total.value is None:
            return False
        rows = [fact for fact in self.leaves if unit in (ALL, fact.coordinates.unit)]
        added = sum((fact.value for fact in rows if fact.value is not None), Decimal(0))
        return abs(added - total.value) <= half_step(total.places) * (len(rows) + 1)


def columns_of(facts: Iterable[Fact]) -> list[Column]:
    """Every column of the tables that the facts come from."""
    grouped: dict[tuple[str, tuple[str, ...], Measure, Coordinates], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.table_id and fact.value is not None and fact.aspect == Aspect.AMOUNT:
            shared = replace(fact.coordinates, **dict.fromkeys(ROW_AXES, ALL))
            grouped[fact.table_id, fact.header, fact.measure, shared].append(fact)
    return [
        _column(measure, shared, members)
        for (_table, _header, measure, shared), members in grouped.items()
    ]


def _column(measure: Measure, shared: Coordinates, members: Sequence[Fact]) -> Column:
    """An economic subject that all rows share is the column's own (公务接待费 of each unit)."""
    own = {
        axis: getattr(members[0].coordinates, axis)
        for axis in ("economic", "gov_economic")
        if len({getattr(fact.coordinates, axis) for fact in members}) == 1
    }
    axes = tuple(axis for axis in ROW_AXES if axis not in own)
    return Column(measure, replace(shared, **own), axes, tuple(members), tuple(_leaf_rows(members)))


def repeats(facts: Sequence[Fact]) -> set[str | None]:
    """Tables that print several rows at the facts' coordinates, none of them a total: several
    purchases of one project, to be added."""
    places: dict[str | None, set[tuple[int | None, int | None, int | None]]] = defaultdict(set)
    for fact in facts:
        if fact.table_id and any(getattr(fact.coordinates, a) != ALL for a in _PURCHASED):
            at = fact.locator
            places[fact.table_id].add((at.page, at.line, at.row))
    return {table_id for table_id, rows in places.items() if len(rows) > 1}


def _row(coordinates: Coordinates) -> _Row:
    return tuple(getattr(coordinates, axis) for axis in ROW_AXES)


def _leaf_rows(members: Sequence[Fact]) -> list[Fact]:
    """The rows of a column that contain no other row of it."""
    containers: set[_Row] = set()
    for fact in members:
        row = _row(fact.coordinates)
        holders = (
            {member, ALL, *_holding(axis, member)}
            for axis, member in zip(ROW_AXES, row, strict=True)
        )
        containers |= {container for container in product(*holders) if container != row}
    return [fact for fact in members if _row(fact.coordinates) not in containers]


def _holding(axis: str, member: str) -> list[str]:
    if not member.isdigit():
        return []
    return [member[:size] for size in _CODED.get(axis, ()) if size < len(member)]


def _inside(fact: Fact, axes: Mapping[str, str], row_axes: Sequence[str]) -> bool:
    for axis in row_axes:
        asked, member = axes.get(axis), getattr(fact.coordinates, axis)
        if asked is None or member == asked:
            continue
        if axis in _CODED and asked.isdigit() and member.startswith(asked):
            continue
        return False
    return True
