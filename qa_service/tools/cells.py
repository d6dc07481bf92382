"""From a selector to figures: which published cells are meant, and sums where none is published.

The rules are those of the design's "Which cell": words fix coordinates, everything else defaults
to ALL; the narrowest set of cells that still contains the asked coordinates is kept apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from disclosure.library import Library
from disclosure.model import ALL, AXES, Aspect, Coordinates, Disclosure, Fact, Fund, Measure
from disclosure.money import MONEY_UNITS, Amount, half_step
from disclosure.naming import THREE_PUBLIC_NAMES, Names
from qa_service.tools.columns import Column, columns_of, repeats
from qa_service.tools.national import national_names
from qa_service.understanding.plan import Selector, Where

#: Cost of an axis that the question did not mention and the cell narrows. From ``BREAKDOWN`` up the
#: cell is a part of what was asked, not a reading of it.
BREAKDOWN = 10.0
_COST = {
    "unit": 10.0,
    "subject": 10.0,
    "economic": 10.0,
    "gov_economic": 10.0,
    "project": 10.0,
    "item": 10.0,
    "kind": 3.0,
    "nature": 3.0,
    "procurement_kind": 10.0,
    "procurement_mode": 10.0,
}
_OF_A_PROJECT = ("unit", "subject", "kind", "item")
#: What a purchase has beside its name: it narrows nothing.
_OF_A_PURCHASE = (
    *("unit", "subject", "economic", "gov_economic", "project", "item"),
    *("procurement_kind", "procurement_mode"),
)
#: How ordinary a measure is where the question names none.
_MEASURE_COST = {
    Measure.EXPENDITURE: 0.0,
    Measure.REVENUE: 0.5,
    Measure.THREE_PUBLIC: 0.1,
    Measure.CONFERENCE_TRAINING: 0.1,
}
_FUND_COST = {Fund.FISCAL: 0.4, Fund.GENERAL: 0.5}
_CARRY_COST = {"current": 0.3}

_DEFAULT_MEASURES = (
    Measure.EXPENDITURE,
    Measure.REVENUE,
    Measure.THREE_PUBLIC,
    Measure.CONFERENCE_TRAINING,
)
_SECOND_MEASURES = (Measure.PROCUREMENT, Measure.SERVICE_PURCHASE, Measure.OTHER)
#: Axes whose members stand only on the expenditure side.
_EXPENDITURE_AXES = ("subject", "economic", "gov_economic", "project", "kind", "nature")


@dataclass(frozen=True, slots=True)
class Cell:
    """One answerable figure. ``facts`` state it (first is cited first); when ``formula`` is set
    the value was computed from ``facts`` and is published nowhere."""

    disclosure_id: str
    measure: Measure
    aspect: Aspect
    coordinates: Coordinates
    value: Decimal
    unit: str
    places: int
    year: int
    label: str
    facts: tuple[Fact, ...]
    formula: str = ""

    @property
    def summed(self) -> bool:
        """Whether the figure is a sum of published parts."""
        return bool(self.formula)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a selector came to: the cell meant, other readings that differ, or only its parts."""

    selector: Selector
    cell: Cell | None = None
    others: tuple[Cell, ...] = ()
    parts: tuple[Cell, ...] = ()

    @property
    def found(self) -> bool:
        """Whether any figure is held: the one meant, or its parts."""
        return self.cell is not None or bool(self.parts)


class CellFinder:
    """Resolves selectors against one release."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._disclosures = {d.id: d for d in library.disclosures()}
        self._index = lru_cache(maxsize=64)(self._indexed)
        self._columns = lru_cache(maxsize=64)(self._columns_of)
        self.names = lru_cache(maxsize=256)(self._names)

    def disclosure(self, disclosure_id: str) -> Disclosure:
        """The disclosure of that id. Raises ``KeyError`` when the release does not hold it."""
        return self._disclosures[disclosure_id]

    def exists(self, disclosure_id: str, where: Where) -> bool:
        """Whether any figure stands at these coordinates, a class counting for its items."""
        if any(
            where.measure in (None, fact.measure) for fact in self._facts(disclosure_id, where.axes)
        ):
            return True
        subject = where.axes.get("subject", "")
        if not subject.isdigit() or len(subject) >= 7:
            return False
        rest = {axis: member for axis, member in where.axes.items() if axis != "subject"}
        return any(
            fact.coordinates.subject.startswith(subject) and where.measure in (None, fact.measure)
            for fact in self._facts(disclosure_id, rest)
        )

    def knows(self, disclosure_id: str, axis: str, member: str) -> bool:
        """Whether the disclosure has the member on an axis, with or without figures of its own."""
        disclosure = self.disclosure(disclosure_id)
        return (
            (axis, member) in self._index(disclosure_id)
            or any(axis == "unit" and unit.key == member for unit in disclosure.units)
            or any((s.axis, s.key) == (axis, member) for s in disclosure.subjects)
            or (axis == "economic" and member in THREE_PUBLIC_NAMES)
        )

    def single(self, fact: Fact) -> Cell:
        """A cell of one fact."""
        return replace(_bare(fact), label=self.names(fact.disclosure_id).label(fact))

    def cost(self, fact: Fact, where: Where) -> float:
        """How far a fact is narrowed beyond what was asked."""
        disclosure = self.disclosure(fact.disclosure_id)
        return _cost(fact.coordinates, where, single=False) + _stage_cost(fact, disclosure)

    @staticmethod
    def measures_of(where: Where) -> Sequence[str]:
        """The measures that a reading without one may stand for, most ordinary first."""
        if {"procurement_kind", "procurement_mode"} & where.axes.keys():
            return (Measure.PROCUREMENT,)
        spent = any(axis in where.axes for axis in _EXPENDITURE_AXES)
        return [m for m in _DEFAULT_MEASURES if not (spent and m == Measure.REVENUE)]

    def counterpart(self, disclosure: Disclosure, year: int) -> Disclosure | None:
        """The same department's disclosure of another year, of the same level and kind if any."""
        same = [
            other
            for other in self._disclosures.values()
            if other.year == year
            and other.department == disclosure.department
            and other.region == disclosure.region
            and other.level == disclosure.level
        ]
        return next((o for o in same if o.kind == disclosure.kind), same[0] if same else None)

    def _names(self, disclosure_id: str) -> Names:
        return Names(self.disclosure(disclosure_id), national_names())

    def _indexed(self, disclosure_id: str) -> dict[tuple[str, str], list[Fact]]:
        """Facts with a value by each narrowed (axis, member), and all of them under ('', '')."""
        index: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in self.library.facts(disclosure_id):
            if fact.value is not None:
                index["", ""].append(fact)
                for pair in fact.coordinates.narrowed().items():
                    index[pair].append(fact)
        return index

    def _columns_of(self, disclosure_id: str) -> list[Column]:
        return columns_of(self.library.facts(disclosure_id))

    def _facts(self, disclosure_id: str, axes: Mapping[str, str]) -> list[Fact]:
        """The facts at these coordinates, found through the rarest member."""
        index = self._index(disclosure_id)
        pairs = [(axis, member) for axis, member in axes.items() if member != ALL]
        lists = [index.get(pair, []) for pair in pairs] or [index["", ""]]
        return [fact for fact in min(lists, key=len) if _matches(fact.coordinates, axes)]

    def resolve(self, selector: Selector) -> Resolution:
        """The cell that the selector means, with differing readings beside it."""
        found: list[tuple[float, int, Cell]] = []
        parts: list[Cell] = []
        for number, where in enumerate(selector.readings):
            cells = self.candidates(selector, where)
            whole = [(cost, number, cell) for cost, cell in cells if cost < BREAKDOWN]
            if _in_several_places(whole, where) or not whole:
                summed = self._roll_up(selector, where)
                whole = [(summed[0], number, summed[1])] if summed is not None else whole
            found += whole
            if not whole:
                parts += [cell for cost, cell in cells if cost < 2 * BREAKDOWN]
        if not found:
            return Resolution(selector, parts=tuple(parts))
        found.sort(key=lambda entry: entry[:2])
        _, reading, main = found[0]
        others: list[Cell] = []
        seen = {reading}
        scopes: set[tuple[Measure, str]] = set()
        for _, number, cell in found[1:]:
            if number not in seen:
                # Another member of the same name: the least narrowed figure of it is its reading.
                seen.add(number)
                others.append(cell)
            elif number == reading and _is_other_scope(main, cell):
                scope = (cell.measure, cell.coordinates.kind)
                if scope not in scopes:
                    scopes.add(scope)
                    others.append(cell)
        distinct = _distinct([cell for cell in others if not agree(main, cell)])
        return Resolution(selector, main, tuple(distinct))

    def facts_at(self, selector: Selector, where: Where) -> list[Fact]:
        """The facts that stand at these coordinates or within them, of the measure asked for."""
        disclosure = self.disclosure(selector.disclosure_id)
        facts = [
            fact
            for fact in self._facts(selector.disclosure_id, where.axes)
            if fact.aspect == selector.aspect and _same_year(fact, disclosure, selector.aspect)
        ]
        return _of_measure(facts, where)

    def candidates(self, selector: Selector, where: Where) -> list[tuple[float, Cell]]:
        """Cells at these coordinates, cheapest (least narrowed) first, equal ones merged; those
        broken down on more than one axis that was not asked for are left out."""
        disclosure = self.disclosure(selector.disclosure_id)
        facts = self.facts_at(selector, where)
        single = len(disclosure.units) <= 1
        grouped: dict[tuple[Measure, Coordinates, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            grouped[fact.measure, fact.coordinates, fact.stage].append(fact)
        names = self.names(selector.disclosure_id)
        cells = []
        for (measure, coordinates, _stage), same in grouped.items():
            if selector.stage not in ("", same[0].stage):
                continue
            cost = _cost(coordinates, where, single) + _stage_cost(same[0], disclosure)
            if cost >= 2 * BREAKDOWN:
                continue
            if measure == Measure.REVENUE and where.measure is None:
                cost += 0.2  # a fund without a word for income or spending: what it is spent on
            for number, variant in enumerate(_by_value(same)):
                cells.append((cost + 0.01 * number, _cell(variant, measure, names)))
        cells.sort(key=lambda pair: (pair[0], pair[1].facts[0].origin != "cell"))
        return _merged(cells)

    def _roll_up(self, selector: Selector, where: Where) -> tuple[float, Cell] | None:
        """The sum of printed leaf rows, where a table proves that its rows are complete."""
        if selector.aspect != Aspect.AMOUNT or selector.stage:
            return None
        unit = where.axes.get("unit", ALL)
        names = self.names(selector.disclosure_id)
        best: tuple[float, Cell] | None = None
        for column in self._columns(selector.disclosure_id):
            fixed = {axis: v for axis, v in where.axes.items() if axis not in column.row_axes}
            if not _matches(column.coordinates, fixed):
                continue
            if where.measure not in (None, column.measure):
                continue
            cost = _cost(column.coordinates, where, single=False) + 1.0
            if where.measure is None:
                cost += _MEASURE_COST.get(column.measure, BREAKDOWN)
            if cost >= BREAKDOWN or (best is not None and cost >= best[0]):
                continue
            leaves = column.inside(where.axes)
            if leaves and column.complete(unit):
                coordinates = replace(column.coordinates, **where.axes)
                best = (cost, _sum(leaves, column.measure, coordinates, names))
        return best


def _in_several_places(cells: Sequence[tuple[float, int, Cell]], where: Where) -> bool:
    """Whether one project stands under several units, or one thing is bought in several ways:
    asked without the unit or the way, they are added."""
    if _is_purchase(where):
        bought = {
            tuple(getattr(cell.coordinates, axis) for axis in _OF_A_PURCHASE)
            for _, _, cell in cells
        }
        return len(bought) > 1
    if "project" not in where.axes or "unit" in where.axes:
        return False
    return len({cell.coordinates.unit for _, _, cell in cells}) > 1


def _is_other_scope(main: Cell, other: Cell) -> bool:
    """Whether the same item has another figure in another scope (基本支出 beside all funds).

    Only an economic item has: its 差旅费 stands in 基本支出 and in all funds. The breakdown of a
    functional subject into kinds is no reading of it.
    """
    if other.coordinates.nature != main.coordinates.nature:
        return False
    if main.measure != other.measure:
        return True
    return main.coordinates.economic != ALL and other.coordinates.kind != main.coordinates.kind


def agree(left: Cell, right: Cell) -> bool:
    """Whether two figures are the same within the rounding of their printed digits."""
    if left.unit == right.unit:
        gap = abs(left.value - right.value)
        return gap <= half_step(left.places) + half_step(right.places)
    if left.unit not in MONEY_UNITS or right.unit not in MONEY_UNITS:
        return False
    a, b = Amount(left.value, left.unit).to("元"), Amount(right.value, right.unit).to("元")
    slack = (
        half_step(left.places) * MONEY_UNITS[left.unit]
        + half_step(right.places) * MONEY_UNITS[right.unit]
    )
    return abs(a.value - b.value) <= slack


def _same_year(fact: Fact, disclosure: Disclosure, aspect: str) -> bool:
    return aspect == Aspect.PRIOR or fact.year == disclosure.year


def _matches(coordinates: Coordinates, axes: Mapping[str, str]) -> bool:
    return all(getattr(coordinates, axis) == member for axis, member in axes.items())


def _of_measure(facts: Sequence[Fact], where: Where) -> list[Fact]:
    """The facts of the measure asked for; without one, of the most ordinary that has any."""
    if where.measure:
        return [fact for fact in facts if fact.measure == where.measure]
    if {"procurement_kind", "procurement_mode"} & where.axes.keys():
        return [fact for fact in facts if fact.measure == Measure.PROCUREMENT]
    if "item" in where.axes:
        return list(facts)
    for measures in (_DEFAULT_MEASURES, _SECOND_MEASURES):
        chosen = [fact for fact in facts if fact.measure in measures]
        if any(axis in where.axes for axis in _EXPENDITURE_AXES):
            spent = [fact for fact in chosen if fact.measure != Measure.REVENUE]
            chosen = spent or chosen
        if chosen:
            return chosen
    return []


def _is_purchase(where: Where) -> bool:
    """Whether one thing bought, or what one project buys, is asked for, not all procurement."""
    return where.measure == Measure.PROCUREMENT and bool({"item", "project"} & where.axes.keys())


def _cost(coordinates: Coordinates, where: Where, single: bool) -> float:
    cost = 0.0
    for axis in AXES:
        member = getattr(coordinates, axis)
        if member == ALL or axis in where.axes:
            continue
        if axis == "fund":
            cost += _FUND_COST.get(member, 3.0)
        elif axis == "carry":
            cost += _CARRY_COST.get(member, BREAKDOWN)
        elif axis == "unit" and single:
            cost += 0.1
        elif axis in _OF_A_PROJECT and "project" in where.axes:
            cost += 0.5  # a project has its unit and subject: they narrow nothing
        elif axis in _OF_A_PURCHASE and _is_purchase(where):
            cost += 0.5
        else:
            cost += _COST[axis]
    return cost


def _stage_cost(fact: Fact, disclosure: Disclosure) -> float:
    """A final account answers with its final figures first, a budget with its initial ones."""
    wanted = "final" if disclosure.kind == "final_account" else "initial"
    return 0.0 if fact.stage == wanted else 2.0


def _by_value(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Facts at one place grouped by agreeing values. Repeated rows of one table (several purchases
    of one project) are one group, to be added."""
    groups: list[list[Fact]] = []
    repeated = repeats(facts)
    for table_id in repeated:
        rows = [f for f in facts if f.table_id == table_id]
        groups.append([f for f in rows if f.header == rows[0].header])
    rest = [f for f in facts if f.table_id not in repeated]
    for fact in sorted(rest, key=_preference):
        for group in groups:
            if group[0].table_id not in repeated and _facts_agree(group[0], fact):
                group.append(fact)
                break
        else:
            groups.append([fact])
    return groups


def _preference(fact: Fact) -> tuple[bool, bool, bool, int]:
    """Published before derived; as people read it (万元, two decimals) before yuan and long
    fractions, which tables in yuan print beside a narrative in 万元; cells before sentences."""
    readable = fact.unit != "元" and fact.places <= 2
    return fact.origin == "derived", not readable, fact.origin != "cell", -fact.places


def _facts_agree(left: Fact, right: Fact) -> bool:
    return agree(_bare(left), _bare(right))


def _bare(fact: Fact) -> Cell:
    assert fact.value is not None
    return Cell(
        fact.disclosure_id,
        fact.measure,
        fact.aspect,
        fact.coordinates,
        fact.value,
        fact.unit,
        fact.places,
        fact.year,
        "",
        (fact,),
    )


def _cell(facts: Sequence[Fact], measure: Measure, names: Names) -> Cell:
    first = facts[0]
    label = names.label(first)
    if len(facts) > 1 and repeats(facts) == {first.table_id}:
        return _sum(facts, measure, first.coordinates, names)
    formula = first.formula if first.origin == "derived" else ""
    return replace(_bare(first), label=label, facts=tuple(facts), formula=formula)


def _merged(cells: Iterable[tuple[float, Cell]]) -> list[tuple[float, Cell]]:
    """Cells of one measure whose values agree become one; the least narrowed names it."""
    merged: list[tuple[float, Cell]] = []
    for cost, cell in cells:
        if cost >= BREAKDOWN:
            merged.append((cost, cell))
            continue
        for index, (known_cost, known) in enumerate(merged):
            same = known.measure == cell.measure and agree(known, cell)
            if same and not known.formula and not cell.formula:
                merged[index] = (known_cost, _one_of(known, cell))
                break
        else:
            merged.append((cost, cell))
    return merged


def _one_of(known: Cell, other: Cell) -> Cell:
    """Two statements of one figure: the label of the first, the more readable value first."""
    facts = tuple(sorted(known.facts + other.facts, key=_preference))
    if _preference(facts[0]) == _preference(known.facts[0]):
        return replace(known, facts=known.facts + other.facts)
    return replace(_bare(facts[0]), coordinates=known.coordinates, label=known.label, facts=facts)


def _distinct(cells: Sequence[Cell]) -> list[Cell]:
    kept: list[Cell] = []
    for cell in cells:
        if not any(agree(cell, other) for other in kept):
            kept.append(cell)
    return kept


def _sum(facts: Sequence[Fact], measure: Measure, coordinates: Coordinates, names: Names) -> Cell:
    values = [fact.value for fact in facts if fact.value is not None]
    total = sum(values, Decimal(0))
    first = facts[0]
    formula = " + ".join(format(v, ",f") for v in values) + f" = {format(total, ',f')}"
    if len(values) == 1:
        formula = ""
    return Cell(
        first.disclosure_id,
        measure,
        first.aspect,
        coordinates,
        total,
        first.unit,
        max(fact.places for fact in facts),
        first.year,
        names.phrase(coordinates, measure, first.aspect, first.year),
        tuple(facts),
        formula,
    )
