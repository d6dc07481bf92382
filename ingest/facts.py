"""Making facts: one published figure at complete coordinates, with its place and a stable id.

Which coordinates a cell has is decided in ``ingest.tables``; here they become a ``Fact``.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from disclosure.document import Locator
from disclosure.model import AXES, Aspect, Coordinates, Fact, Measure
from disclosure.money import places


def stable_id(*parts: object) -> str:
    """A short hash that is the same for the same parts in every run."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a figure stands in its table and what the table says around it.

    ``column`` counts from 0; ``header`` is the column's header path, ``label`` and ``row_path`` the
    row's label and those of the rows that contain it.
    """

    locator: Locator
    column: int
    label: str
    header: tuple[str, ...] = ()
    row_path: tuple[str, ...] = ()
    total: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure with its unit. ``value`` is None for a target that is only text."""

    value: Decimal | None
    unit: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A performance target: its class and name, its words, and their span in the cell."""

    indicator_class: str
    name: str
    text: str
    start: int
    end: int
    comparator: str = ""


@dataclass(slots=True)
class FactMaker:
    """Makes the facts of one table and numbers rows that are alike (``Fact.ordinal``)."""

    disclosure_id: str
    table_id: str
    year: int
    made: list[Fact] = field(default_factory=list)
    _seen: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def add(
        self,
        cell: Cell,
        measure: Measure,
        sets: Mapping[str, str],
        figure: Figure,
        indicator: Indicator | None = None,
    ) -> Fact:
        """One fact. ``sets`` gives its coordinates, and aspect, stage, year and base if not the
        usual ones (an amount of the disclosure's year, at the initial stage)."""
        coordinates = Coordinates(**{axis: sets[axis] for axis in AXES if sets.get(axis)})
        aspect = Aspect(sets.get("aspect", Aspect.AMOUNT))
        year = int(sets.get("year", self.year))
        stage = sets.get("stage", "initial")
        name = indicator.name if indicator else ""
        alike = (measure, aspect, coordinates, year, stage, cell.column, name)
        self._seen[alike] += 1
        where = replace(cell.locator, column=cell.column + 1)
        if indicator:
            where = replace(where, start=indicator.start, end=indicator.end)
        fact = Fact(
            id=self._id(where),
            disclosure_id=self.disclosure_id,
            measure=measure,
            aspect=aspect,
            coordinates=coordinates,
            value=figure.value,
            unit=figure.unit,
            year=year,
            label=cell.label,
            locator=where,
            printed=figure.printed,
            places=places(figure.printed) if figure.value is not None else 0,
            header=cell.header,
            row_path=cell.row_path,
            total=cell.total,
            table_id=self.table_id,
            ordinal=self._seen[alike],
            stage=stage,
            base=sets.get("base", ""),
            comparator=indicator.comparator if indicator else "",
            text_value=indicator.text if indicator else "",
            indicator_class=indicator.indicator_class if indicator else "",
            indicator=name,
            confidence=cell.confidence,
        )
        self.made.append(fact)
        return fact

    def _id(self, where: Locator) -> str:
        place = (where.page, where.line, where.table, where.row, where.column, where.start)
        return stable_id(self.disclosure_id, self.table_id, *place)
