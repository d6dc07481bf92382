"""Facts of performance tables: annual goals and indicators, in rows or in forms."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure.model import Fact, Measure, TableKind
from ingest.facts import Cell, FactMaker, Figure, Indicator
from ingest.tables.blocks import Block
from ingest.tables.folding import fold
from ingest.tables.forms import Form
from ingest.tables.roles import Column, Role
from ingest.tables.row_key import RowKey
from ingest.tables.targets import Target, read_cell, read_target
from ingest.tables.typed import TableContext

#: The class of a project's annual goal, which is text.
GOAL_CLASS = "年度绩效目标"
_QUALITATIVE = "定性"


def add_targets(maker: FactMaker, kind: TableKind, block: Block, row: RowKey) -> None:
    """The annual goal and the indicators of one row of a performance or projects table."""
    cells = row.line.cells
    sets = {k: v for k, v in row.sets.items() if k in ("unit", "project", "subject")}
    if "project" not in sets and (kind is TableKind.PROJECTS or block.of(Role.PROJECT)):
        return  # indicators of a project that is not known
    for column in block.of(Role.GOAL):
        if text := cells[column.index].strip():
            goal = Target(GOAL_CLASS, text, 0, len(text))
            _add(maker, row, sets, column, goal, GOAL_CLASS)
    for column in block.of(Role.INDICATORS):
        for target in read_cell(cells[column.index]):
            _add(maker, row, sets, column, target, fold(column.path[-1]))
    levels, values = block.of(Role.LEVEL), block.of(Role.TARGET)
    if not levels or not values:
        return
    names = [cells[c.index].strip() for c in levels]
    text = cells[values[0].index].strip()
    if names[-1] and text:
        sign = _joined(row, block.of(Role.COMPARATOR)).replace(_QUALITATIVE, "")
        unit = _joined(row, block.of(Role.TARGET_UNIT))
        target = read_target(names[-1], f"{sign}{text}", 0, len(text), unit)
        kinds = [name for name in names[:-1] if name]
        _add(maker, row, sets, values[0], target, kinds[-1] if kinds else "")


def form_facts(form: Form, context: TableContext, table_id: str) -> tuple[Fact, ...]:
    """Budget, goal and indicators of one performance form."""
    maker = FactMaker(context.disclosure_id, table_id, context.year)
    place = {"unit": form.unit} if form.unit else {}
    project = {"project": form.project} if form.project else {}
    label = form.project or form.owner
    for amount in form.amounts:
        cell = Cell(amount.line.locator, amount.column, amount.label, (amount.label,), (label,))
        sets = {**place, **project, **amount.sets}
        if form.project:
            sets.setdefault("kind", "project")
        maker.add(cell, Measure.EXPENDITURE, sets, amount.figure)
    if form.goal and label:
        line, column, text = form.goal
        indicator = Indicator(GOAL_CLASS, GOAL_CLASS, text, 0, len(text))
        cell = Cell(line.locator, column, label, (GOAL_CLASS,))
        maker.add(cell, Measure.TARGET, {**place, **project}, Figure(None, "", text), indicator)
    for line, column, indicator_class, target in form.targets:
        cell = Cell(line.locator, column, target.indicator, ("指标值",), (label,))
        _add_target(maker, cell, {**place, **project}, target, indicator_class, target.text)
    return tuple(maker.made)


def _add(
    maker: FactMaker,
    row: RowKey,
    sets: Mapping[str, str],
    column: Column,
    target: Target,
    indicator_class: str,
) -> None:
    label = row.label if indicator_class == GOAL_CLASS else target.indicator
    path = (*row.path, row.label) if row.label else row.path
    cell = Cell(row.line.locator, column.index, label, column.path, path)
    printed = row.line.cells[column.index][target.start : target.end]
    _add_target(maker, cell, sets, target, indicator_class, printed)


def _add_target(
    maker: FactMaker,
    cell: Cell,
    sets: Mapping[str, str],
    target: Target,
    indicator_class: str,
    printed: str,
) -> None:
    indicator = Indicator(
        indicator_class,
        target.indicator,
        target.text,
        target.start,
        target.end,
        target.comparator,
    )
    unit = target.unit if target.value is not None else ""
    maker.add(cell, Measure.TARGET, sets, Figure(target.value, unit, printed), indicator)


def _joined(row: RowKey, columns: tuple[Column, ...]) -> str:
    return "".join(row.line.cells[c.index].strip() for c in columns)
