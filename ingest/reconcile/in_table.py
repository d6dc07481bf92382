"""Rules inside one table: totals and their parts, along rows and down columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from disclosure.model import ALL, Fund, Measure, Outcome, TableKind
from ingest.reconcile.amounts import compare, said
from ingest.reconcile.book import Book
from ingest.reconcile.cells import Cell, Sheet
from ingest.reconcile.members import (
    BOUGHT,
    CARRY,
    CLASSIFIED,
    ECONOMIC,
    FUND,
    GOV_ECONOMIC,
    ITEM,
    KIND,
    MODE,
    NATURE,
    PROJECT,
    ROW_AXES,
    SUBJECT,
    UNIT,
)
from ingest.reconcile.rule import Check, Rule, judged, not_checked
from ingest.reconcile.sums import Summed, TableSums
from ingest.reconcile.wording import amount, gap, heading, parts_listed, place

BASIC_PROJECT = Rule(
    "合计=基本支出+项目支出",
    "同一行的支出合计等于基本支出、项目支出（以及单列的经营支出、上缴上级、补助下级、结转下年）之和",
    "100.00=60.00+40.00",
    "100.00=60.00+41.00",
)
PERSONNEL_PUBLIC = Rule(
    "基本支出=人员经费+公用经费",
    "同一行的基本支出等于人员经费与公用经费之和",
    "60.00=50.00+10.00",
    "60.00=50.00+11.00",
)
FUNDS = Rule(
    "合计=各资金来源之和",
    "同一行或同一表的合计等于各资金来源（财政拨款、财政专户、单位资金等）之和",
    "100.00=80.00+15.00+5.00",
    "100.00=80.00+15.00+6.00",
)
FISCAL = Rule(
    "财政拨款=三本预算之和",
    "财政拨款等于一般公共预算、政府性基金预算、国有资本经营预算之和",
    "80.00=70.00+8.00+2.00",
    "80.00=70.00+8.00+3.00",
)
UNIT_FUNDS = Rule(
    "单位资金=各项收入之和",
    "单位资金等于事业收入、经营收入、上级补助、附属单位上缴、其他收入之和",
    "20.00=15.00+5.00",
    "20.00=15.00+6.00",
)
CARRIED = Rule(
    "总计=本年+结转结余",
    "收入总计等于本年收入加上年结转结余；支出总计等于本年支出加结转下年",
    "105.00=100.00+5.00",
    "105.00=100.00+6.00",
)
SUBJECTS = Rule(
    "上级科目=下级科目之和",
    "类等于其下各款之和，款等于其下各项之和；下级没有全部公开时不核对",
    "30.00=20.00+10.00",
    "30.00=20.00+11.00",
)
ALL_SUBJECTS = Rule(
    "合计=各科目之和",
    "表中的合计等于最上一级各科目之和",
    "100.00=70.00+30.00",
    "100.00=70.00+31.00",
)
UNITS = Rule(
    "部门合计=各单位之和",
    "部门合计等于所属各单位之和",
    "100.00=90.00+10.00",
    "100.00=90.00+11.00",
)
THREE_PUBLIC = Rule(
    "“三公”经费=三项之和",
    "“三公”经费等于因公出国（境）费、公务用车购置及运行维护费、公务接待费之和",
    "12.00=2.00+8.00+2.00",
    "12.00=2.00+8.00+3.00",
)
CARS = Rule(
    "公务用车费=购置费+运行维护费",
    "公务用车购置及运行维护费等于购置费与运行维护费之和",
    "8.00=0.00+8.00",
    "8.00=1.00+8.00",
)
PURCHASES = Rule(
    "政府采购合计=货物+工程+服务",
    "政府采购合计等于货物类、工程类、服务类之和",
    "90.00=10.00+0.00+80.00",
    "90.00=10.00+0.00+81.00",
)
MODES = Rule(
    "政府采购合计=集中采购+分散采购",
    "政府采购合计等于集中采购与分散采购之和",
    "90.00=15.00+75.00",
    "90.00=15.00+76.00",
)
ITEMS = Rule(
    "小计=各项之和",
    "收支表中一项等于其下逐项列出的各行之和",
    "70.00=10.00+60.00",
    "70.00=10.00+61.00",
)
ROWS = Rule(
    "合计=明细行之和",
    "合计、小计行等于其下最细各行（项目、采购品目等）之和",
    "65.00=50.00+15.00",
    "65.00=50.00+16.00",
)
RESTATED = Rule(
    "合计行=部门行",
    "合计行与部门汇总行是同一个数，两行应当一致",
    "100.00=100.00",
    "100.00=101.00",
)
RULES = (
    BASIC_PROJECT,
    PERSONNEL_PUBLIC,
    FUNDS,
    FISCAL,
    UNIT_FUNDS,
    CARRIED,
    SUBJECTS,
    ALL_SUBJECTS,
    UNITS,
    THREE_PUBLIC,
    CARS,
    PURCHASES,
    MODES,
    ITEMS,
    ROWS,
    RESTATED,
)
_BY_AXIS = {
    KIND: BASIC_PROJECT,
    NATURE: PERSONNEL_PUBLIC,
    FUND: FUNDS,
    CARRY: CARRIED,
    SUBJECT: SUBJECTS,
    ECONOMIC: SUBJECTS,
    GOV_ECONOMIC: SUBJECTS,
    UNIT: UNITS,
    PROJECT: ROWS,
    ITEM: ITEMS,
    BOUGHT: PURCHASES,
    MODE: MODES,
}
#: Tables whose rows differ on several axes at once: their totals are taken over innermost rows.
LISTS = (TableKind.PROJECTS, TableKind.PROCUREMENT, TableKind.SERVICE_PURCHASE)
_ROWWISE = (
    TableKind.REVENUE,
    TableKind.EXPENDITURE,
    TableKind.GENERAL_EXPENDITURE,
    TableKind.GOVERNMENT_FUND,
    TableKind.STATE_CAPITAL,
    TableKind.BASIC_EXPENDITURE,
    TableKind.ECONOMIC,
)
#: Rules whose parts may be incomplete for a reason: what is secret is not published.
_MAY_BE_WITHHELD = (SUBJECTS, ALL_SUBJECTS, ROWS)


def check(book: Book) -> Iterator[Check]:
    """Every sum that the tables of a disclosure print."""
    for sheet in book.sheets.values():
        for rule, found in _by_rule(_sums(book, sheet)).items():
            yield from _weighed(rule, sheet, found)
        yield from _restated(sheet)


def _sums(book: Book, sheet: Sheet) -> Iterator[tuple[Rule, Summed]]:
    listing = sheet.table.kind in LISTS
    sums = TableSums(sheet)
    summed: set[int] = set()
    for axis in _BY_AXIS:
        for one in sums.of(axis):
            if listing and not one.along_row:
                continue
            if not one.along_row:
                summed.add(id(one.total))
            yield _rule(axis, one), one
    for column in book.columns(sheet):
        for total in column.totals:
            if id(total) in summed or not (listing or sheet.table.kind in _ROWWISE):
                continue
            leaves = column.under(total)
            printed = total.figure.value or any(leaf.figure.value for leaf in leaves)
            if leaves and printed:
                result = compare([total.figure], [leaf.figure for leaf in leaves])
                yield ROWS, Summed(total, tuple(leaves), result)


def _grand(total: Cell) -> bool:
    return all(total.at[axis] == ALL for axis in ROW_AXES)


def _rule(axis: int, one: Summed) -> Rule:
    member = one.total.at[axis]
    if axis == FUND and member == Fund.FISCAL:
        return FISCAL
    if axis == FUND and member == Fund.UNIT:
        return UNIT_FUNDS
    if axis == ECONOMIC and one.total.sort[0] is Measure.THREE_PUBLIC:
        return CARS if member == "公务用车" else THREE_PUBLIC
    if axis in CLASSIFIED and member == ALL:
        return ALL_SUBJECTS
    return _BY_AXIS[axis]


def _by_rule(sums: Iterable[tuple[Rule, Summed]]) -> dict[Rule, list[Summed]]:
    found: defaultdict[Rule, list[Summed]] = defaultdict(list)
    for rule, one in sums:
        found[rule].append(one)
    return found


def _weighed(rule: Rule, sheet: Sheet, found: Sequence[Summed]) -> Iterator[Check]:
    """Checks of one rule on one table. Where a relation fails more often than it holds, the table
    means something else by it: nothing is called an error then, and nothing passed."""
    broken = [one for one in found if one.result.outcome is Outcome.MISMATCH]
    if len(broken) > 1 and len(broken) * 2 > len(found):
        reason = (
            f"{sheet.table.name}有{len(found)}处可用此规则，其中{len(broken)}处不成立，"
            "表中的口径可能不同，没有判定"
        )
        yield not_checked(rule, reason, [one.total.fact for one in broken])
        found = [one for one in found if one.result.outcome is not Outcome.MISMATCH]
    for one in found:
        yield _check(rule, sheet, one)


def _check(rule: Rule, sheet: Sheet, one: Summed) -> Check:
    total, unit = one.total.fact, one.total.fact.unit
    along = all(part.row == one.total.row for part in one.parts)
    names = [(heading(p.fact).split("/")[-1] if along else p.label) or p.label for p in one.parts]
    message = (
        f"{place(sheet.table.name, total)}为{amount(one.total.figure)}，"
        f"{parts_listed([p.figure for p in one.parts], names)}，"
        f"合计{said(one.result.expected, unit)}，{gap(one.result, unit)}"
    )
    if one.result.outcome is Outcome.PASS:
        message = f"{place(sheet.table.name, total)}为{amount(one.total.figure)}，与各部分之和相符"
    if rule in _MAY_BE_WITHHELD and one.result.outcome is Outcome.MISMATCH:
        message += "；如有下级因涉密等没有公开，则不是错误" if one.result.difference > 0 else ""
    return judged(rule, one.result, message, (one.total, *one.parts))


def _restated(sheet: Sheet) -> Iterator[Check]:
    """合计 and the department's own row, both printed for the whole."""
    seen: dict[object, Cell] = {}
    for cell in sheet.amounts():
        if not (_grand(cell) and cell.at[ITEM] == ALL and cell.fact.total):
            continue
        first = seen.setdefault((cell.sort, cell.at), cell)
        if first.row == cell.row or first.label == cell.label:
            continue
        if first.figure.value or cell.figure.value:
            yield _restatement(sheet, first, cell)


def _between(sheet: Sheet, first: Cell, again: Cell) -> list[Cell]:
    """Rows of a half between its two totals (烟台: 上级补助收入 after 本年收入合计)."""
    if not sheet.of_halves:
        return []
    column = [c for c in sheet.amounts() if (c.column, c.sort) == (again.column, again.sort)]
    rows = [c.row for c in column]
    inside = column[rows.index(first.row) + 1 : rows.index(again.row)] if first.row in rows else []
    return [c for c in inside if c.figure.value and not c.of_which and not c.fact.row_path]


def _restatement(sheet: Sheet, first: Cell, again: Cell) -> Check:
    result = compare([again.figure], [first.figure])
    if result.outcome is Outcome.MISMATCH and (between := _between(sheet, first, again)):
        result = compare([again.figure], [c.figure for c in (first, *between)])
    unit = again.fact.unit
    message = (
        f"{place(sheet.table.name, again.fact)}为{amount(again.figure)}，"
        f"“{first.label}”行为{amount(first.figure)}，{gap(result, unit)}"
    )
    return judged(RESTATED, result, message, (again, first))
