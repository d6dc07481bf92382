"""A row of a table as it was read, and which rows contain others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosure.model import ALL, Measure
from ingest.tables.codes import Entry
from ingest.tables.line import Line
from ingest.tables.subjects import SubjectNames, national
from ingest.tables.units import UnitNames


@dataclass(slots=True)
class RowKey:
    """One row read. ``sets`` holds its coordinates, and aspect, base, stage where a row says so.

    ``path`` are the labels of the rows that contain it, outermost first; ``entries`` the subjects
    that it names.
    """

    line: Line
    label: str = ""
    sets: dict[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    total: bool = False
    entries: tuple[Entry, ...] = ()
    is_unit: bool = False


@dataclass(frozen=True, slots=True)
class RowContext:
    """What rows are read against. ``measure`` is the block's; ``projects`` tells that names which
    are neither units nor subjects are projects."""

    names: SubjectNames
    units: UnitNames
    year: int
    measure: Measure
    axis: str = "subject"
    projects: bool = False


def mark_totals(rows: Sequence[RowKey]) -> None:
    """Mark rows whose parts are printed too: a unit over its rows, a class over its items."""
    units = sum(row.is_unit for row in rows)
    filled = {row.sets.get("unit", ALL) for row in rows if not row.is_unit and not row.total}
    containers = {
        (row.sets.get("unit", ALL), entry.axis, parent)
        for row in rows
        for entry in row.entries
        for parent in national(entry.axis).path(entry.code)[:-1]
    }
    for row in rows:
        unit = row.sets.get("unit", ALL)
        if row.is_unit:
            row.total = row.total or unit in filled or (unit == ALL and units > 1)
        elif row.entries:
            row.total = row.total or all(
                (unit, entry.axis, entry.code) in containers for entry in row.entries
            )
