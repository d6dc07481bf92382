"""The facts of a table that was read: every figure at the coordinates of its row and column."""

from __future__ import annotations

import re

from disclosure.model import Aspect, Fact, Fund, Measure, TableKind
from disclosure.money import PERCENT
from ingest.facts import Cell, FactMaker, Figure
from ingest.tables.cells import is_total, number
from ingest.tables.derived import fiscal_sums, unnamed_sums
from ingest.tables.figures import COUNTED, Meaning, read_unit
from ingest.tables.folding import fold
from ingest.tables.reading import CONFERENCE_TRAINING, BlockReading, Reading
from ingest.tables.roles import Column, Role
from ingest.tables.row_key import RowKey
from ingest.tables.target_facts import add_targets
from ingest.tables.terms import narrows
from ingest.tables.typed import TableContext

_RATES = (Aspect.CHANGE_RATE, Aspect.SHARE, Aspect.COMPLETION)
#: In a final account these columns hold the budget as adjusted in the course of the year.
_BUDGETED = ("预算数", "全年预算数")
#: Confidence of a figure whose column has no header of its own.
_UNHEADED = 0.5
_NOUN = re.compile(r"[(（][^()（）]*(?:[(（].[)）])?[)）]$")
#: What a 合计 over 三公, 会议费 and 培训费 together is called; no axis expresses it.
_WITH_CONFERENCES = "“三公”经费、会议费和培训费合计"


def facts_of(reading: Reading, context: TableContext, table_id: str) -> tuple[Fact, ...]:
    """All facts of a table that was read with enough confidence; none below 0.5."""
    if reading.confidence < 0.5:
        return ()
    maker = FactMaker(context.disclosure_id, table_id, context.year)
    for block in reading.blocks:
        for row in block.rows:
            for column in block.block.columns:
                if column.role is Role.FIGURE:
                    _add_figure(maker, reading, block, row, column)
                elif column.role is Role.COUNT:
                    _add_count(maker, row, column)
            if reading.kind in (TableKind.PERFORMANCE, TableKind.PROJECTS):
                add_targets(maker, reading.kind, block.block, row)
    if reading.kind is TableKind.THREE_PUBLIC:
        maker.made += fiscal_sums(maker.made)
    maker.made += unnamed_sums(maker.made)
    return tuple(maker.made)


def _add_figure(
    maker: FactMaker, reading: Reading, block: BlockReading, row: RowKey, column: Column
) -> None:
    figure = number(row.line.cells[column.index])
    meaning = block.meanings.get(column.index)
    if figure is None or meaning is None:
        return
    sets = _combined(reading, row, meaning)
    measure = _measured(reading, block, sets, column)
    if "item" not in sets and measure is Measure.OTHER:
        sets["item"] = row.label
    percent = figure.percent or sets.get("aspect") in _RATES
    siblings = len(block.block.of(Role.FIGURE)) > 1
    cell = Cell(
        row.line.locator,
        column.index,
        row.label or (column.path[-1] if column.path else ""),
        column.path,
        row.path,
        row.total or (meaning.total and siblings),
        _UNHEADED if column.index in reading.layout.unheaded else 1.0,
    )
    counted = meaning.unit if meaning.unit in COUNTED else ""
    counted = counted or (unit if (unit := read_unit(row.label)) in COUNTED else "")
    if counted:
        measure = Measure.COUNT
        sets = _of_things(row, column)
    unit = PERCENT if percent else counted or meaning.unit or reading.money_unit
    maker.add(cell, measure, sets, Figure(figure.value, unit, figure.printed))


def _combined(reading: Reading, row: RowKey, meaning: Meaning) -> dict[str, str]:
    """The table's, the row's and the column's coordinates; the narrower fund or 三公 item wins."""
    sets = {**reading.base, **row.sets}
    for axis, member in meaning.sets.items():
        if axis == "fund" and narrows(member, sets.get("fund", "")):
            continue
        if axis == "economic" and member == "三公" and axis in row.sets:
            continue  # 2026年“三公”经费预算数 over a row of 公务接待费
        if axis == "item" and row.sets.get("item"):
            member = f"{row.sets['item']}·{member}"
        sets[axis] = member
    if reading.base.get("stage") == "final" and "stage" not in meaning.sets:
        sets["stage"] = row.sets.get("stage", "final")
    return sets


def _measured(
    reading: Reading, block: BlockReading, sets: dict[str, str], column: Column
) -> Measure:
    """The measure of a figure; what this measure does not use is taken out of ``sets``."""
    measure = Measure(sets.pop("measure", block.measure))
    if sets.get("stage") == "final" and any(fold(label) in _BUDGETED for label in column.path):
        sets["stage"] = "adjusted"
    if measure is Measure.EXPENDITURE and _is_revenue(block, sets, column):
        return Measure.REVENUE
    heads_all = any("本年" in label for label in column.path)  # 本年支出合计 over a column
    if measure is Measure.EXPENDITURE and sets.get("carry") == "current" and heads_all:
        sets.pop("carry")
    if reading.kind is not TableKind.THREE_PUBLIC:
        return measure
    if measure is Measure.OPERATING:
        sets.pop("economic", None)
        if sets.get("fund") == Fund.FISCAL:
            sets.pop("fund")
        return measure
    economic = sets.get("economic", "")
    if economic in CONFERENCE_TRAINING:
        return Measure.CONFERENCE_TRAINING
    if not economic:
        if _covers_conferences(block, column):
            sets["item"] = _WITH_CONFERENCES
            return Measure.OTHER
        sets["economic"] = "三公"
    return measure


def _is_revenue(block: BlockReading, sets: dict[str, str], column: Column) -> bool:
    """本年收入, and what was carried in beside it, in a table of revenue and expenditure by column
    (政府性基金预算财政拨款收入支出决算表)."""
    if any(fold(label) == "本年收入" for label in column.path):
        return True
    beside = any(fold(c.path[0]) == "本年收入" for c in block.block.of(Role.FIGURE) if c.path)
    return beside and sets.get("carry") == "carried_in"


def _covers_conferences(block: BlockReading, column: Column) -> bool:
    """A 合计 beside both 三公 and 会议费 is their sum, not that of 三公."""
    group = column.path[:-1]
    beside = [c.path for c in block.block.of(Role.FIGURE) if c.path[: len(group)] == group]
    words = [fold("".join(path[len(group) :])) for path in beside]
    return (
        is_total(column.path[-1] if column.path else "")
        and any(word.startswith(("会议费", "培训费")) for word in words)
        and any("三公" in word for word in words)
    )


def _of_things(row: RowKey, column: Column) -> dict[str, str]:
    """Coordinates of things counted in a table of money: the unit, and what they are."""
    sets = {k: v for k, v in row.sets.items() if k == "unit"}
    things = column.path[-1] if row.is_unit or row.total or not row.label else row.label
    return {**sets, "item": _NOUN.sub("", things)}


def _add_count(maker: FactMaker, row: RowKey, column: Column) -> None:
    """A counted quantity (采购数量, 人数); its noun is the row's label."""
    figure = number(row.line.cells[column.index])
    if figure is None or not row.label:
        return
    if (row.is_unit or row.total) and "数量" in fold(column.path[-1]):
        return  # 3台 and 2项 of what a unit buys add up to nothing
    sets = {k: v for k, v in row.sets.items() if k in ("unit", "subject", "project", "item")}
    sets.setdefault("item", _NOUN.sub("", row.label))
    unit = "人" if "人数" in fold(column.path[-1]) else read_unit(row.label)
    cell = Cell(row.line.locator, column.index, row.label, column.path, row.path, row.total)
    maker.add(cell, Measure.COUNT, sets, Figure(figure.value, unit, figure.printed))
