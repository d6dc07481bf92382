"""Charts of an answer: which of its figures are better looked at than read, and as what.

A chart repeats figures that the answer states, or the inputs of their formulas, as they stand
there: nothing is computed, no two units are mixed, and no member stands beside one that contains
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from disclosure.members import contains, holds
from disclosure.model import ALL, AXES, Aspect
from disclosure.money import MONEY_UNITS, decimal_string, half_step
from qa_service.answering.answer import Chart, ChartPoint, Figure, InputFigure
from qa_service.tools.cells import Cell, CellFinder
from qa_service.tools.groups import GROUP_NOUNS
from qa_service.tools.results import Calculated, Changed, Computed, Grouped, Looked, Result
from qa_service.understanding.plan import Difference, Group, Listing, Rank, Ratio

_MAX_POINTS = 30
#: With more members than this, those without any money are left out.
_ZEROS_SHOWN = 8
#: Axes whose members make up a whole; units and projects are compared rather than added.
_PARTS = ("subject", "economic", "gov_economic", "fund", "kind", "nature", "procurement_kind")

_Kind = Literal["composition", "comparison", "ranking", "series"]


@dataclass(frozen=True, slots=True)
class _Point:
    """A member of a chart: its cell, and its figure as the answer states it."""

    key: str
    label: str
    cell: Cell
    value: Decimal
    unit: str


def chart_of(finder: CellFinder, result: Result | None, figures: Sequence[Figure]) -> Chart | None:
    """The chart of one part's result, whose ``figures`` are those that the answer states."""
    match result:
        case Grouped(plan=Rank() | Listing()):
            return _of_group(finder, result, figures)
        case Looked():
            cells = [found.cell for found in result.found if found.cell is not None]
            names = [found.selector.name for found in result.found if found.cell is not None]
            return _of_cells(finder, cells, names, figures)
        case Calculated(plan=Difference() | Ratio()) if len(result.figures) == 1:
            plan = result.plan
            assert isinstance(plan, Difference | Ratio)
            names = [selector.name for selector in (*plan.left, *plan.right)]
            return _of_inputs(finder, result.figures[0], names, figures)
        case Changed(changes=(change,)) if isinstance(change.amount, Computed):
            names = [change.selector.name] * len(change.amount.inputs)
            return _of_inputs(finder, change.amount, names, figures)
        case Changed():
            known = [(c.now, c.selector.name) for c in result.changes if c.now is not None]
            return _of_cells(finder, [now for now, _ in known], [n for _, n in known], figures)
    return None


# -- groups ----------------------------------------------------------------------------------------


def _of_group(finder: CellFinder, result: Grouped, figures: Sequence[Figure]) -> Chart | None:
    """The members of an axis: ranked, compared, or as the parts of a whole."""
    plan = result.plan
    assert isinstance(plan, Rank | Listing)
    group = plan.group
    points = [
        _Point(member.key, member.name, member.cell, Decimal(figure.value), figure.unit)
        for member, figure in zip(result.members, figures, strict=False)
        if figure.label == member.name
    ]
    keys = [point.key for point in points]
    points = [p for p in points if not any(holds(group.axis, p.key, key) for key in keys)]
    if len(points) > _ZEROS_SHOWN:
        points = [point for point in points if point.value]
    noun, name = GROUP_NOUNS[group.axis], group.selector.name
    year = _year(points)
    if isinstance(plan, Rank) or group.axis == "project":
        if isinstance(plan, Listing):
            points.sort(key=lambda point: point.value, reverse=True)
        return _chart("ranking", f"{year}{name}：{noun}排名", points)
    if group.axis in _PARTS and plan.condition is None and _make_up(finder, group, points):
        return _chart("composition", f"{year}{name}构成", points)
    return _chart("comparison", f"{year}{name}：按{noun}", points)


def _make_up(finder: CellFinder, group: Group, points: Sequence[_Point]) -> bool:
    """Whether the points are all the parts of the whole: their sum meets it within rounding."""
    if not points or any(point.value < 0 for point in points):
        return False
    selector = group.selector
    if group.within:
        narrowed = tuple(where.narrowed({group.axis: group.within}) for where in selector.readings)
        selector = selector.model_copy(update={"readings": narrowed})
    whole = finder.resolve(selector).cell
    cells = [point.cell for point in points]
    if whole is None or not all(_comparable(cell, whole) for cell in cells):
        return False
    tolerance = sum((half_step(cell.places) * _step(cell) for cell in (whole, *cells)), Decimal(0))
    difference = whole.value * _step(whole) - sum(cell.value * _step(cell) for cell in cells)
    return abs(difference) <= tolerance


def _comparable(one: Cell, other: Cell) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= MONEY_UNITS.keys()


def _step(cell: Cell) -> Decimal:
    """Yuan in one unit of the cell: a table in 元 may part a whole that another prints in 万元."""
    return MONEY_UNITS.get(cell.unit, Decimal(1))


# -- figures asked for one by one ------------------------------------------------------------------


def _of_inputs(
    finder: CellFinder, computed: Computed, names: Sequence[str], figures: Sequence[Figure]
) -> Chart | None:
    """What a formula sets against each other."""
    inputs = [given for figure in figures for given in figure.derivation.inputs]
    if len(names) != len(computed.inputs):
        return None
    return _of_cells(finder, computed.inputs, names, inputs)


def _of_cells(
    finder: CellFinder,
    cells: Sequence[Cell],
    names: Sequence[str],
    stated: Sequence[Figure | InputFigure],
) -> Chart | None:
    """Cells that differ in one respect only: the year, the department, or one axis."""
    points = []
    for cell, name in zip(cells, names, strict=True):
        figure = next((figure for figure in stated if figure.label == cell.label), None)
        if figure is None:
            return None
        points.append(_Point(name, name, cell, Decimal(figure.value), figure.unit))
    if len(points) < 2 or len({cell.measure for cell in cells}) > 1:
        return None
    if any(_contains(one.cell, other.cell) for one in points for other in points):
        return None
    return _over_years(finder, points) or _side_by_side(finder, points)


def _over_years(finder: CellFinder, points: Sequence[_Point]) -> Chart | None:
    """One figure of one department in several years."""
    series = {_series(finder, point.cell) for point in points}
    coordinates = {point.cell.coordinates for point in points}
    years = {point.cell.year for point in points}
    aspects = {point.cell.aspect for point in points}
    if len(series) > 1 or len(coordinates) > 1 or len(years) < len(points):
        return None
    if not aspects <= {Aspect.AMOUNT, Aspect.PRIOR}:
        return None
    labelled = [
        _Point(point.key, f"{point.cell.year}年", point.cell, point.value, point.unit)
        for point in sorted(points, key=lambda point: point.cell.year)
    ]
    return _chart("series", points[0].label, labelled)


def _side_by_side(finder: CellFinder, points: Sequence[_Point]) -> Chart | None:
    """One year's figures of several departments, or of several members of one axis."""
    if any(point.cell.aspect is not Aspect.AMOUNT for point in points):
        return None
    if len({point.cell.year for point in points}) > 1:
        return None
    ids = {point.cell.disclosure_id for point in points}
    axes = {axis for axis in AXES if len({getattr(p.cell.coordinates, axis) for p in points}) > 1}
    if len(ids) == len(points) and not axes:
        labels = [finder.names(point.cell.disclosure_id).department() for point in points]
        title = points[0].label
    elif len(ids) == 1 and len(axes) == 1:
        (axis,) = axes
        names = finder.names(points[0].cell.disclosure_id)
        keys = [getattr(point.cell.coordinates, axis) for point in points]
        labels = [
            point.label if key == ALL or axis == "item" else names.member(axis, key)
            for point, key in zip(points, keys, strict=True)
        ]
        title = points[0].label if axis == "unit" else "、".join(labels)
    else:
        return None
    if len(set(labels)) < len(labels):
        return None
    labelled = [
        _Point(point.key, label, point.cell, point.value, point.unit)
        for point, label in zip(points, labels, strict=True)
    ]
    return _chart("comparison", f"{_year(points)}{title}", labelled)


# -- containment and the specification -------------------------------------------------------------


def _contains(one: Cell, other: Cell) -> bool:
    """Whether a cell counts what another counts, and more."""
    same = one.disclosure_id == other.disclosure_id
    return same and contains(one.coordinates, other.coordinates)


def _series(finder: CellFinder, cell: Cell) -> tuple[str, str]:
    """What may stand in one series: a department's budgets, or its final accounts."""
    disclosure = finder.disclosure(cell.disclosure_id)
    return disclosure.department, disclosure.kind.value


def _year(points: Sequence[_Point]) -> str:
    years = {point.cell.year for point in points}
    return f"{years.pop()}年" if len(years) == 1 else ""


def _chart(kind: _Kind, title: str, points: Sequence[_Point]) -> Chart | None:
    """The specification; None where there is nothing to look at, or no common unit."""
    units = {point.unit for point in points}
    if len(points) < 2 or len(units) != 1 or not any(point.value for point in points):
        return None
    return Chart(
        kind=kind,
        title=title,
        unit=units.pop(),
        points=[
            ChartPoint(label=point.label, value=decimal_string(point.value))
            for point in points[:_MAX_POINTS]
        ],
    )
