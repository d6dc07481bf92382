"""Rules on the names of subjects: the narrative's against the tables', and names against codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from disclosure.lexicon.classification import Classification, economic, functional, gov_economic
from disclosure.model import ALL, Aspect, Measure, Outcome, TableKind
from disclosure.text import fold
from ingest.reconcile.amounts import compare
from ingest.reconcile.book import Book
from ingest.reconcile.cells import Cell
from ingest.reconcile.members import (
    ECONOMIC,
    GOV_ECONOMIC,
    ITEM,
    PROJECT,
    SUBJECT,
    UNIT,
    narrowed,
)
from ingest.reconcile.rule import Check, Rule, not_checked
from ingest.reconcile.wording import amount, place
from ingest.tables.cells import split_code
from ingest.tables.outline import read_label

SUBJECTS = Rule(
    "文字说明的科目=报表科目",
    "文字说明中列明金额的科目在报表中有同一科目；金额相同而科目不同的，是文字或报表写错了科目",
    "行政运行10.00=行政运行10.00",
    "行政运行10.00=机关服务10.00",
)
CODES = Rule(
    "科目名称与编码一致",
    "报表中科目编码与名称符合国家政府收支分类科目；名称属于另一编码的，是编码或名称写错了",
    "2210201=住房公积金",
    "2210201=购房补贴",
)
RULES = (SUBJECTS, CODES)
_SHORTEST = 5
_CLASSES = {SUBJECT: functional, ECONOMIC: economic, GOV_ECONOMIC: gov_economic}
#: Tables whose rows print codes; those of others were found by name.
_CODED = (
    TableKind.REVENUE,
    TableKind.EXPENDITURE,
    TableKind.GENERAL_EXPENDITURE,
    TableKind.BASIC_EXPENDITURE,
    TableKind.GOVERNMENT_FUND,
    TableKind.STATE_CAPITAL,
    TableKind.ECONOMIC,
)


def check(book: Book) -> Iterator[Check]:
    """Each subject that the narrative names, and each pair of code and name in the tables."""
    yield from _subjects(book)
    yield from _codes(book)


def _subjects(book: Book) -> Iterator[Check]:
    cells = [
        cell
        for sheet in book.sheets.values()
        for cell in sheet.amounts()
        if cell.sort[0] is Measure.EXPENDITURE and len(cell.at[SUBJECT]) >= _SHORTEST
    ]
    by_subject: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_subject[cell.at[SUBJECT]].append(cell)
    seen: set[str] = set()
    for stated in book.sentences:
        subject = stated.at[SUBJECT]
        measure, aspect, _, _ = stated.sort
        plain = stated.at[PROJECT] == ALL and stated.at[ITEM] == ALL
        if not (subject.isdigit() and len(subject) >= _SHORTEST and plain):
            continue
        if measure is not Measure.EXPENDITURE or aspect is not Aspect.AMOUNT:
            continue
        if subject in seen or not stated.figure.value or not stated.understood:
            continue
        seen.add(subject)
        yield _subject(book, stated, by_subject)


def _subject(book: Book, stated: Cell, by_subject: dict[str, list[Cell]]) -> Check:
    subject = stated.at[SUBJECT]
    if any(code.startswith(subject) for code in by_subject):
        message = f"{place('', stated.fact)}（{subject}）在报表中有同一科目"
        return Check(SUBJECTS, Outcome.PASS, message, (stated.fact,))
    same = [
        cells[0]
        for code, found in by_subject.items()
        if len(code) == len(subject)
        for cells in _for_unit(found, stated.at[UNIT])
        if compare([stated.figure], [c.figure for c in cells]).outcome is not Outcome.MISMATCH
    ]
    what = f"{place('', stated.fact)}（{subject}）{amount(stated.figure)}"
    if len({cell.at[SUBJECT] for cell in same}) == 1:
        cell = same[0]
        there = f"{place(book.table_name(cell.fact), cell.fact)}（{cell.at[SUBJECT]}）"
        message = f"{what}，报表没有这一科目，金额相同的是{there}，科目不一致"
        return Check(SUBJECTS, Outcome.MISMATCH, message, (stated.fact, cell.fact))
    return not_checked(SUBJECTS, f"{what}：报表没有列出这一科目", [stated.fact])


def _for_unit(cells: Sequence[Cell], unit: str) -> Iterator[list[Cell]]:
    """A subject's figures for a unit; for the department also those of all units together."""
    by_place: defaultdict[object, list[Cell]] = defaultdict(list)
    for cell in cells:
        key = (cell.fact.table_id, cell.sort, narrowed(cell.at, UNIT, ALL))
        by_place[key].append(cell)
    for found in by_place.values():
        own = [cell for cell in found if cell.at[UNIT] == unit]
        if own:
            yield own[:1]
        elif unit == ALL:
            yield found


def _codes(book: Book) -> Iterator[Check]:
    seen: set[tuple[int, str, str]] = set()
    for sheet in book.sheets.values():
        if sheet.table.kind not in _CODED:
            continue
        for cell in sheet.amounts():
            axes = [axis for axis in _CLASSES if cell.at[axis] != ALL]
            plain = cell.at[PROJECT] == ALL and cell.at[ITEM] == ALL
            if len(axes) != 1 or not plain:
                continue
            (axis,) = axes
            code = cell.at[axis]
            name = split_code(read_label(cell.label).text)[1]
            known = _CLASSES[axis]()
            if not name or (axis, code, name) in seen or code not in known:
                continue
            seen.add((axis, code, name))
            yield _code(book, cell, code, name, known)


def _code(book: Book, cell: Cell, code: str, name: str, known: Classification) -> Check:
    names = known.names(code)
    where = f"{place(book.table_name(cell.fact), cell.fact)}的编码{code}"
    if fold(name) in map(fold, names):
        return Check(CODES, Outcome.PASS, f"{where}与名称“{name}”相符", (cell.fact,))
    others = [other for other in known.by_name(name) if other != code]
    if others:
        message = f"{where}是“{names[0]}”，名称“{name}”的编码是{_listed(others)}，两者不一致"
        return Check(CODES, Outcome.MISMATCH, message, (cell.fact,))
    message = f"{where}是“{names[0]}”，表中写作“{name}”，国家科目中没有这个名称，没有判定"
    return not_checked(CODES, message, [cell.fact])


def _listed(codes: Sequence[str]) -> str:
    return "、".join(codes[:3]) + ("等" if len(codes) > 3 else "")
