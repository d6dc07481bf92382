"""The figures of one table as reconciliation looks at them: by row and place, each with the
precision that the table prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from disclosure.model import ALL, AXES, Aspect, Fact, Measure, PublishedTable, TableKind
from disclosure.money import MONEY_UNITS
from ingest.reconcile.amounts import Figure, figure
from ingest.reconcile.members import CARRY, ECONOMIC, ITEM, SUBJECT, Place, narrowed

_members = attrgetter(*AXES)
#: What a figure counts and how, beside its place: measure, aspect, year, stage.
Sort = tuple[Measure, Aspect, int, str]
CURRENT, CARRIED_IN, CARRIED_OUT = "current", "carried_in", "carried_out"
OF_WHICH = "其中"
#: Below this, a sentence was not understood well enough to hold it against anything.
_UNDERSTOOD = 0.9
#: Tables of two halves: 本年收入合计 and 收入总计 are both totals, with rows between them.
_HALVES = (TableKind.REVENUE_EXPENDITURE, TableKind.FISCAL)


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed figure at its place. ``row`` tells the rows of its table apart."""

    figure: Figure
    sort: Sort
    at: Place
    row: tuple[int | None, ...]
    column: int | None

    @property
    def fact(self) -> Fact:
        return self.figure.fact

    @property
    def label(self) -> str:
        return self.figure.fact.label

    @property
    def of_which(self) -> bool:
        """Whether row or column say 其中: a part that need not have others beside it."""
        header = self.fact.header
        return self.label.startswith(OF_WHICH) or bool(header and header[-1].startswith(OF_WHICH))

    @property
    def understood(self) -> bool:
        """Whether its sentence was understood well enough to be held against other figures."""
        return self.fact.confidence >= _UNDERSTOOD

    def moved(self, axis: int, member: str) -> Cell:
        """The cell at another member of one axis."""
        return replace(self, at=narrowed(self.at, axis, member))


@dataclass(slots=True)
class Sheet:
    """One table with its money cells."""

    table: PublishedTable
    cells: list[Cell] = field(default_factory=list)
    derived: list[Cell] = field(default_factory=list)

    @property
    def of_halves(self) -> bool:
        """Whether the table has 收入 and 支出 side by side."""
        return self.table.kind in _HALVES

    def amounts(self) -> list[Cell]:
        """The amounts of money, no changes, rates or last year's figures."""
        return [c for c in self.cells if c.sort[1] is Aspect.AMOUNT]


def place_of(fact: Fact) -> Place:
    """The members of all axes, as printed."""
    members: Place = _members(fact.coordinates)
    return members


def fill(sheet: Sheet, facts: Sequence[Fact]) -> None:
    """The cells of a table, each with the precision of the table, 本年 made the same as the whole
    where the table knows no other money."""
    usual = _usual_places(facts)
    cells: list[Cell] = []
    for fact in facts:
        places = max(fact.places, usual) if fact.unit in MONEY_UNITS else fact.places
        cell = cell_of(fact, places)
        if cell is None:
            continue
        if fact.origin == "derived":
            sheet.derived.append(cell)
        else:
            cells.append(cell)
    sheet.cells = _settled(cells)
    sheet.derived = [c for c in sheet.derived if c.fact.aspect is not Aspect.PRIOR]


def _usual_places(facts: Iterable[Fact]) -> int:
    """The decimals that most figures of a table print, where it leaves closing zeros out (12.5 and
    12 among 12.34s); a lone whole number among others says itself how exact it is."""
    counts = Counter(
        f.places for f in facts if f.value and f.unit in MONEY_UNITS and f.origin == "cell"
    )
    usual = max(counts, key=lambda places: (counts[places], places), default=0)
    return usual if any(0 < places < usual for places in counts) else 0


def cell_of(fact: Fact, places: int) -> Cell | None:
    made = figure(fact, places)
    if made is None:
        return None
    if fact.origin == "derived" and fact.inputs:
        made = Figure(fact, made.value, made.slack * len(fact.inputs))
    at = fact.locator
    sort = (fact.measure, fact.aspect, fact.year, fact.stage)
    return Cell(made, sort, place_of(fact), (at.page, at.line, at.row), at.column)


def _settled(cells: list[Cell]) -> list[Cell]:
    """本年 is the whole where a table prints no money of other years; where it does, the rows
    that say nothing of the year belong to 本年."""
    counted_apart = apart(cells)
    heads = {(c.sort, c.at) for c in cells if c.at[CARRY] == CURRENT and _is_whole(c.at)}
    return [_moved(cell, cell.sort in counted_apart, heads) for cell in cells]


def apart(cells: Iterable[Cell]) -> set[Sort]:
    carried = (CARRIED_IN, CARRIED_OUT)
    return {c.sort for c in cells if c.figure.value and c.at[CARRY] in carried}


def _moved(cell: Cell, counted_apart: bool, heads: set[tuple[Sort, Place]]) -> Cell:
    carry = cell.at[CARRY]
    if carry == CURRENT and not counted_apart:
        return cell.moved(CARRY, ALL)
    if counted_apart and carry == ALL and not _is_whole(cell.at):
        whole = (cell.sort, _current_whole(cell.at))
        if whole in heads:
            return cell.moved(CARRY, CURRENT)
    return cell


def _is_whole(at: Place) -> bool:
    return all(at[axis] == ALL for axis in (SUBJECT, ECONOMIC, ITEM))


def _current_whole(at: Place) -> Place:
    """The 本年合计 that a row would be part of."""
    whole = narrowed(at, CARRY, CURRENT)
    for axis in (SUBJECT, ECONOMIC, ITEM):
        whole = narrowed(whole, axis, ALL)
    return whole
