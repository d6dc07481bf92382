"""Rules across tables: what one table prints, another one prints too, or adds up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.model import ALL, Fund, Measure, Outcome, TableKind
from ingest.reconcile.amounts import compare, said
from ingest.reconcile.book import Book
from ingest.reconcile.cells import CARRIED_IN, CURRENT, Cell, Sheet
from ingest.reconcile.index import Index, Key, adds_up
from ingest.reconcile.members import (
    CARRY,
    EVERYTHING,
    FUND,
    ITEM,
    KIND,
    PROJECT,
    SUBJECT,
    Place,
    narrowed,
)
from ingest.reconcile.rule import Check, Rule, judged, not_checked
from ingest.reconcile.wording import amount, gap, place

BALANCE = Rule(
    "收入总计=支出总计",
    "收支总表和财政拨款收支总表的收入总计等于支出总计",
    "100.00=100.00",
    "100.00=101.00",
)
REVENUE = Rule(
    "收支总表=收入总表",
    "收支总表的各项收入与收入总表一致",
    "100.00=100.00",
    "100.00=99.00",
)
EXPENDITURE = Rule(
    "收支总表=支出总表",
    "收支总表的各项支出与支出总表一致；支出总表只列下级科目的，按下级之和核对",
    "80.00=50.00+30.00",
    "80.00=50.00+31.00",
)
FISCAL = Rule(
    "收支总表=财政拨款收支总表",
    "收支总表、收入总表、支出总表中的财政拨款与财政拨款收支总表一致",
    "80.00=80.00",
    "80.00=81.00",
)
BUDGETS = Rule(
    "财政拨款收支总表=三本预算支出表",
    "财政拨款支出等于一般公共预算、政府性基金预算、国有资本经营预算支出表之和",
    "80.00=70.00+10.00+0.00",
    "80.00=70.00+11.00+0.00",
)
BASIC = Rule(
    "一般公共预算支出表=基本支出表",
    "一般公共预算支出表的基本支出等于基本支出表（经济分类）的合计",
    "60.00=60.00",
    "60.00=61.00",
)
PROJECTS = Rule(
    "支出表的项目支出=项目支出表",
    "支出表的项目支出等于项目支出表的合计；项目支出表只公开部分项目的，不核对",
    "40.00=40.00",
    "40.00=41.00",
)
PURCHASES = Rule(
    "政府采购各表一致",
    "政府采购、政府购买服务在各表中的同一数据一致",
    "90.00=90.00",
    "90.00=91.00",
)
SAME = Rule(
    "同一口径各表一致",
    "同一科目、同一单位、同一资金来源的数在各表中一致",
    "10.00=10.00",
    "10.00=11.00",
)
RULES = (
    BALANCE,
    REVENUE,
    EXPENDITURE,
    FISCAL,
    BUDGETS,
    BASIC,
    PROJECTS,
    PURCHASES,
    SAME,
)
_OF_BUDGETS = {
    Fund.GENERAL: TableKind.GENERAL_EXPENDITURE,
    Fund.GOVERNMENT_FUND: TableKind.GOVERNMENT_FUND,
    Fund.STATE_CAPITAL: TableKind.STATE_CAPITAL,
}
_BUDGET_TABLES = frozenset(_OF_BUDGETS.values())
_WHOLE_TABLES = frozenset({TableKind.REVENUE_EXPENDITURE, TableKind.REVENUE, TableKind.EXPENDITURE})
_PURCHASES = frozenset({TableKind.PROCUREMENT, TableKind.SERVICE_PURCHASE})
#: Tables that may list a part of the projects, or their whole term.
_PARTIAL = (TableKind.PROJECTS, TableKind.PERFORMANCE)


def check(book: Book) -> Iterator[Check]:
    """Every figure that two tables share."""
    indices = book.indices
    for index in indices:
        if index.sheet.of_halves:
            yield from _balance(index)
    yield from _same(indices)
    yield from _budgets(book, indices)


def _balance(index: Index) -> Iterator[Check]:
    sides: dict[Measure, Cell] = {}
    for (sort, at), cells in index.printed.items():
        fund = ALL if index.sheet.table.kind is TableKind.REVENUE_EXPENDITURE else Fund.FISCAL
        if narrowed(at, FUND, ALL) == EVERYTHING and at[FUND] == fund:
            sides[sort[0]] = cells[-1]
    left, right = sides.get(Measure.REVENUE), sides.get(Measure.EXPENDITURE)
    if left is not None and right is not None and (left.figure.value or right.figure.value):
        yield _compared(BALANCE, index, left, index, [right])


def _same(indices: Sequence[Index]) -> Iterator[Check]:
    """Each place in the first table that prints it against all later ones."""
    first: dict[Key, tuple[Index, Cell]] = {}
    for index in indices:
        for key in index.printed:
            cell = index.stated(key)
            if cell is None:
                continue
            known = first.setdefault(key, (index, cell))
            if known[0] is not index and (known[1].figure.value or cell.figure.value):
                yield _pair(*_this_year(key, known[0], known[1], index, cell))
    for key, (index, cell) in first.items():
        if not cell.figure.value:
            continue
        for other in indices:
            if other is not index and (below := other.summed(key)):
                yield _pair(index, cell, other, below)


def _this_year(
    key: Key, known: Index, cell: Cell, other: Index, found: Cell
) -> tuple[Index, Cell, Index, list[Cell]]:
    """The two figures; where they differ, that of 本年 for the one that counts other years too
    (收支总表 with 上年结转, 收入总表 without)."""
    if compare([cell.figure], [found.figure]).outcome is Outcome.MISMATCH:
        sort, at = key
        current = (sort, narrowed(at, CARRY, CURRENT))
        for index, figure in ((known, found), (other, cell)):
            this_year = index.stated(current) if at[CARRY] == ALL else None
            if this_year is None:
                continue
            if compare([this_year.figure], [figure.figure]).outcome is not Outcome.MISMATCH:
                pair = (this_year, figure) if index is known else (figure, this_year)
                return known, pair[0], other, [pair[1]]
    return known, cell, other, [found]


def _pair(known: Index, cell: Cell, other: Index, found: Sequence[Cell]) -> Check:
    rule = _rule(known.sheet, other.sheet, cell)
    kinds = (known.sheet.table.kind, other.sheet.table.kind)
    made = _compared(rule, known, cell, other, found)
    if made.outcome is not Outcome.MISMATCH:
        return made
    if TableKind.PERFORMANCE in kinds:
        reason = "绩效表可能列项目全周期金额，没有判定"
        return not_checked(rule, f"{made.message}；{reason}", made.facts)
    if TableKind.PROJECTS in kinds and _lists_less(kinds[0], cell, found):
        reason = "项目支出表可能只公开部分项目，没有判定"
        return not_checked(rule, f"{made.message}；{reason}", made.facts)
    if TableKind.OTHER in kinds:
        return not_checked(rule, f"{made.message}；表的口径不明，没有判定", made.facts)
    return made


def _lists_less(kind: TableKind, cell: Cell, found: Sequence[Cell]) -> bool:
    """Whether the table of projects comes to less than the spending; more it cannot be."""
    difference = compare([cell.figure], [c.figure for c in found]).difference
    return difference < 0 if kind is TableKind.PROJECTS else difference > 0


def _rule(known: Sheet, other: Sheet, cell: Cell) -> Rule:
    kinds = {known.table.kind, other.table.kind}
    if kinds & _PURCHASES:
        return PURCHASES
    if kinds & set(_PARTIAL) and (cell.at[KIND] == "project" or cell.at[PROJECT] != ALL):
        return PROJECTS
    if kinds == {TableKind.REVENUE_EXPENDITURE, TableKind.REVENUE}:
        return REVENUE
    if kinds == {TableKind.REVENUE_EXPENDITURE, TableKind.EXPENDITURE}:
        return EXPENDITURE
    if TableKind.FISCAL in kinds and kinds & _WHOLE_TABLES:
        return FISCAL
    if TableKind.FISCAL in kinds and kinds & _BUDGET_TABLES:
        return BUDGETS
    if TableKind.BASIC_EXPENDITURE in kinds and TableKind.GENERAL_EXPENDITURE in kinds:
        return BASIC
    return SAME


def _compared(rule: Rule, known: Index, cell: Cell, other: Index, found: Sequence[Cell]) -> Check:
    result = compare([cell.figure], [c.figure for c in found])
    unit = cell.fact.unit
    here = f"{place(known.sheet.table.name, cell.fact)}为{amount(cell.figure)}"
    if len(found) == 1:
        there = f"{place(other.sheet.table.name, found[0].fact)}为{amount(found[0].figure)}"
    else:
        there = f"{other.sheet.table.name}中相应的{len(found)}行之和为{said(result.expected, unit)}"
    return judged(rule, result, f"{here}，{there}，{gap(result, unit)}", (cell, *found))


def _budgets(book: Book, indices: Sequence[Index]) -> Iterator[Check]:
    """财政拨款 spending by subject against the tables of the three budgets."""
    fiscal = [i for i in indices if i.sheet.table.kind is TableKind.FISCAL]
    tables = {
        fund: [s for s in book.sheets.values() if s.table.kind is kind]
        for fund, kind in _OF_BUDGETS.items()
    }
    by_sheet = {id(i.sheet): i for i in indices}
    for index in fiscal:
        for key in index.printed:
            (sort, at), cell = key, index.stated(key)
            whole = sort[0] is Measure.EXPENDITURE and at[FUND] == Fund.FISCAL
            if cell is None or not whole or not cell.figure.value or not _by_subject(at):
                continue
            if _split(index, key):
                continue
            yield from _against_budgets(index, cell, tables, by_sheet)


def _by_subject(at: Place) -> bool:
    rest = narrowed(narrowed(at, SUBJECT, ALL), FUND, ALL)
    return rest == EVERYTHING and at[ITEM] == ALL


def _split(index: Index, key: Key) -> bool:
    """Whether the table itself gives the three budgets at a place: then they are compared one by
    one."""
    sort, at = key
    return (sort, narrowed(at, FUND, Fund.GENERAL)) in index.printed


def _against_budgets(
    index: Index,
    cell: Cell,
    tables: dict[Fund, list[Sheet]],
    by_sheet: dict[int, Index],
) -> Iterator[Check]:
    found: list[Cell] = []
    missing: list[str] = []
    general = False
    for fund, sheets in tables.items():
        key = (cell.sort, narrowed(cell.at, FUND, fund))
        cells = [c for s in sheets if (i := by_sheet.get(id(s))) for c in i.at(key)]
        found += cells
        indices = [by_sheet[id(s)] for s in sheets if id(s) in by_sheet]
        listed = bool(cells) or any(_lists_all(i, key) for i in indices)
        general = general or (fund is Fund.GENERAL and listed)
        if not sheets:
            missing.append(fund)
    result = compare([cell.figure], [c.figure for c in found])
    carried = _carried_in(index) if result.outcome is Outcome.MISMATCH else None
    if carried is not None and result.difference > 0:
        with_carried = compare([cell.figure], [c.figure for c in (*found, carried)])
        if with_carried.outcome is not Outcome.MISMATCH:
            result, found = with_carried, [*found, carried]
        elif result.difference < carried.figure.value:
            missing = [Fund.FISCAL]
    unit = cell.fact.unit
    names = "、".join(dict.fromkeys(s.table.name for ss in tables.values() for s in ss))
    message = (
        f"{place(index.sheet.table.name, cell.fact)}为{amount(cell.figure)}，"
        f"{names}中相应的数合计{said(result.expected, unit)}"
    )
    if result.outcome is Outcome.MISMATCH and (missing or not general):
        reason = (
            "含上年结转安排的支出"
            if carried is not None
            else "没有公开全部三本预算支出表"
            if missing
            else "一般公共预算支出表没有同一行"
        )
        yield not_checked(BUDGETS, f"{message}；{reason}，没有判定", [cell.fact])
        return
    yield judged(BUDGETS, result, f"{message}，{gap(result, unit)}", (cell, *found))


def _lists_all(index: Index, key: Key) -> bool:
    """Whether a table's rows of such figures make up its total: what it does not list is nil."""
    sort, at = key
    return any(
        column.sort == sort and column.leaves[0].at[KIND] == at[KIND] and adds_up(column)
        for column in index.columns
        if column.leaves
    )


def _carried_in(index: Index) -> Cell | None:
    """上年结转 that 财政拨款收支总表 counts and 一般公共预算支出表 may leave out."""
    for (sort, at), cells in index.printed.items():
        whole = narrowed(narrowed(at, FUND, ALL), CARRY, ALL) == EVERYTHING
        carried = sort[0] is Measure.REVENUE and at[CARRY] == CARRIED_IN and whole
        if carried and at[FUND] in (ALL, Fund.FISCAL) and cells[0].figure.value:
            return cells[0]
    return None
