"""Performance forms: one project (or department) to a grid, labels and values side by side.

中央, 西安, 烟台, 福州, 上海 print them: 项目名称, 资金, 目标, then indicators in rows of 一级指标,
二级指标, 三级指标 and 指标值.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from disclosure.money import MONEY_UNITS, WAN
from ingest.facts import Figure
from ingest.tables.cells import number
from ingest.tables.folding import fold
from ingest.tables.line import Line
from ingest.tables.outline import read_label
from ingest.tables.targets import Target, read_target
from ingest.tables.terms import read_terms
from ingest.tables.units import UnitNames

_PROJECT = ("项目名称", "转移支付名称", "专项名称", "专项资金名称", "政策名称")
_OWNER = ("部门名称", "部门(单位)名称", "单位名称")
_IMPLEMENTER = ("实施单位", "项目单位", "项目实施单位")
_GOAL = re.compile(
    r"^(?:年度|总体|绩效|整体绩效|年度总体|年度绩效|年度主要|年度总|项目总|实施期总|当年整体)*目标(?:[(]?\d*年?度?[)]?)$"
)
_ANNUAL_GOAL = re.compile(r"年度")
_NAME = ("三级指标", "绩效指标", "指标内容", "指标名称")
_VALUE = re.compile(r"指标值$|^目标值$|指标值[(]")
_CLASS = re.compile(r"^(?:[\u4e00-\u9fff]{2,10})(?:指标)$")
_GLUED = re.compile(r"^((?:产出|效益|成本|满意度)指标)((?:[\u4e00-\u9fff]{2,8}?)指标)(.+)$")
_MONEY = re.compile(rf"[(]({'|'.join(MONEY_UNITS)})[)]")
_FUNDS = re.compile(r"资金|拨款|结转|总额|金额|预算支出|预算数")
_TOTAL = re.compile(
    r"^(?:年度|专项|预算|项目|实施期)*(?:预算)?资金(?:申请)?总额|^资金总额|^预算资金|^年度金额"
    r"|^(?:部门)?(?:预算)?支出(?:总额|预算数)"
)
_LONGER_TERM = re.compile(r"^(?:项目|实施期)")
_WEIGHT = re.compile(r"分值|权重|执行率")
_HEADER_ROWS = 5


@dataclass(frozen=True, slots=True)
class FormAmount:
    """A sum of money in a form: where it stands, its label, coordinates and figure."""

    line: Line
    column: int
    label: str
    sets: Mapping[str, str]
    figure: Figure


@dataclass(slots=True)
class Form:
    """One performance form. ``project`` is '' in a form of the whole department."""

    project: str = ""
    owner: str = ""
    unit: str = ""
    amounts: list[FormAmount] = field(default_factory=list)
    goal: tuple[Line, int, str] | None = None
    targets: list[tuple[Line, int, str, Target]] = field(default_factory=list)


def is_form(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a grid is a form: 项目名称 or 部门名称 opens one of its first rows, a value beside
    it, and its goal or the header row of its indicators stand further down."""
    opens = None
    for position, row in enumerate(rows[:_HEADER_ROWS]):
        filled = [fold(cell) for cell in row if fold(cell)]
        if filled and filled[0] in (*_PROJECT, *_OWNER):
            opens = position
            break
    if opens is None:
        return False
    return any(
        _GOAL.match(next((fold(cell) for cell in row if fold(cell)), ""))
        or any(fold(cell) in _NAME or _VALUE.search(fold(cell)) for cell in row)
        for row in rows[opens + 1 :]
    )


def continued(
    form: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]
) -> Mapping[int, int] | None:
    """The column of ``form`` that each column of ``rows`` continues on its next page, where merged
    labels at the left may be missing; None if they hold no indicators."""
    header = next((row for row in form if "name" in _heads([fold(c) for c in row])), None)
    if header is not None and (named := _under_names(header, rows)):
        return named
    shift = _shift(form, header, rows)
    width = max(map(len, rows), default=0)
    return None if shift is None else {i: i + shift for i in range(width)}


def _under_names(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping[int, int] | None:
    """The columns in their order under the names of the form's header, where its next page is
    parted into fewer columns and prints each class in one cell with its indicator; None where one
    of them would stand under no name."""
    indicators = [row for row in rows if any(_GLUED.match(fold(cell)) for cell in row)]
    glued = {i for row in indicators for i, cell in enumerate(row) if _GLUED.match(fold(cell))}
    named, used = _filled([header]), _filled(indicators)
    if len(glued) != 1 or len(named) != len(used):
        return None
    (name,) = glued
    beside = range(min(named[0], used[0]))
    columns = {**{i: i for i in beside}, **dict(zip(used, named, strict=True))}
    alike = columns[name] == _heads([fold(cell) for cell in header])["name"]
    return columns if alike and set(_filled(rows)) <= columns.keys() else None


def _filled(rows: Sequence[Sequence[str]]) -> list[int]:
    return sorted({i for row in rows for i, cell in enumerate(row) if fold(cell)})


def _shift(
    form: Sequence[Sequence[str]], header: Sequence[str] | None, rows: Sequence[Sequence[str]]
) -> int | None:
    """How far the columns of ``rows`` must move right to continue ``form``."""
    classes = [i for row in rows for i, cell in enumerate(row) if _CLASS.match(fold(cell))]
    if header is None:
        return 0 if classes else None
    width = max(map(len, form))
    if not classes:
        narrower = width - max(map(len, rows), default=0)
        return narrower if all(len([c for c in row if fold(c)]) > 1 for row in rows) else None
    return max(_heads([fold(cell) for cell in header])["name"] - 1 - max(classes), 0)


def read_form(lines: Sequence[Line], units: UnitNames, money_unit: str = WAN) -> Form:
    """Read a form's rows from top to bottom."""
    form = Form()
    money = money_unit
    heads: dict[str, int] = {}
    classes: list[str] = []
    goal_columns: list[int] = []
    width = max((len(line.cells) for line in lines), default=0)
    for printed in lines:
        line = printed.with_cells([*printed.cells, *[""] * (width - len(printed.cells))])
        cells = line.cells
        folded = [fold(cell) for cell in cells]
        filled = [(i, text) for i, text in enumerate(folded) if text]
        if not filled:
            continue
        if any(text in _NAME for text in folded) and any(_VALUE.search(t) for t in folded):
            heads = _heads(folded)
            continue
        if heads:
            _read_target(form, line, heads, classes)
            continue
        if match := _MONEY.search(folded[filled[0][0]]):
            money = match[1]
        goal_columns = _read_goal(form, line, goal_columns)
        _read_identity(form, line, units)
        _read_amounts(form, line, money)
    _settle_totals(form)
    return form


def _read_identity(form: Form, line: Line, units: UnitNames) -> None:
    for label, _, value in _pairs(line):
        if label in _PROJECT and not form.project:
            form.project = value
        elif label in _OWNER and not form.owner:
            form.owner = value
        elif label in _IMPLEMENTER and units.knows(value) and len(units.units()) > 1:
            form.unit = units.key("", value)


def _pairs(line: Line) -> list[tuple[str, int, str]]:
    """Neighbouring filled cells of a row: the folded left one, the right one's column and text."""
    filled = [(i, cell) for i, cell in enumerate(line.cells) if fold(cell)]
    return [
        (fold(left), column, right.strip())
        for (_, left), (column, right) in itertools.pairwise(filled)
    ]


def _read_amounts(form: Form, line: Line, money: str) -> None:
    for label, column, value in _pairs(line):
        figure = number(value)
        if figure is None or not _FUNDS.search(label) or _WEIGHT.search(label):
            continue
        words = read_label(label).text.rstrip(":：")
        terms = {k: v for k, v in read_terms(words).items() if k in ("fund", "carry", "kind")}
        if not terms and not _TOTAL.match(words):
            terms = {"item": words}
        printed = Figure(figure.value, money, figure.printed)
        form.amounts.append(FormAmount(line, column, words, terms, printed))


def _settle_totals(form: Form) -> None:
    """Where a form gives both a whole-term and an annual total, the whole-term one is an item."""
    totals = [amount for amount in form.amounts if not amount.sets]
    if len(totals) < 2:
        return
    for amount in totals:
        if _LONGER_TERM.match(amount.label):
            at = form.amounts.index(amount)
            form.amounts[at] = FormAmount(
                amount.line, amount.column, amount.label, {"item": amount.label}, amount.figure
            )


def _read_goal(form: Form, line: Line, columns: list[int]) -> list[int]:
    """The annual goal: beside its label, or below it in the same column."""
    texts = [(i, cell.strip()) for i, cell in enumerate(line.cells) if fold(cell)]
    if columns:
        below = [(i, text) for i, text in texts if i == columns[-1]]
        if below and form.goal is None:
            form.goal = (line, *below[0])
        return []
    labels = [i for i, text in texts if _GOAL.match(fold(text))]
    values = [(i, text) for i, text in texts if i not in labels and i > min(labels, default=0)]
    if labels and values and form.goal is None:
        form.goal = (line, *max(values, key=lambda value: len(value[1])))
        return []
    annual = [i for i in labels if _ANNUAL_GOAL.search(fold(line.cells[i]))]
    return annual if labels and not values else []


def _heads(folded: Sequence[str]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for i, text in enumerate(folded):
        if text in _NAME:
            heads["name"] = i
        elif _VALUE.search(text):
            heads.setdefault("value", i)
        elif "性质" in text:
            heads["sign"] = i
        elif "单位" in text:
            heads["unit"] = i
        elif _WEIGHT.search(text):
            heads["weight"] = i
    return heads


def _read_target(form: Form, line: Line, heads: Mapping[str, int], classes: list[str]) -> None:
    cells = line.cells
    name, value = cells[heads["name"]].strip(), cells[heads["value"]].strip()
    for cell in cells[: heads["name"]]:
        if _CLASS.match(fold(cell)):
            classes[:] = [*classes[-1:], fold(cell)]
    if match := _GLUED.match(fold(name)):
        classes[:] = [match[1], match[2]]
        name = match[3]
    if not name or not value or _CLASS.match(fold(name)):
        return
    sign = cells[heads["sign"]].strip().replace("定性", "") if "sign" in heads else ""
    unit = cells[heads["unit"]].strip() if "unit" in heads else ""
    target = read_target(name, f"{sign}{value}", 0, len(value), unit)
    form.targets.append((line, heads["value"], classes[-1] if classes else "", target))
