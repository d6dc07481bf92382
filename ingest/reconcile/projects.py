"""The list of projects against the spending on projects: unit by unit, and as a whole.

A list may leave projects out (classified ones, all but the important ones). It is held against the
spending only where it is all: where the text gives the number of projects that it lists and says
that they are the whole spending, or where most units' lists come to their spending exactly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from disclosure.model import ALL, Measure, Outcome, TableKind
from disclosure.money import MONEY_UNITS
from ingest.reconcile.amounts import Comparison, compare, said
from ingest.reconcile.book import Book
from ingest.reconcile.cells import Cell, Sheet, cell_of
from ingest.reconcile.index import Index
from ingest.reconcile.members import EVERYTHING, FUND, KIND, PROJECT, UNIT, Place, narrowed
from ingest.reconcile.rule import Check, Rule, judged, not_checked
from ingest.reconcile.wording import amount, gap, place

LISTED = Rule(
    "项目支出=各项目之和",
    "各单位列出的项目金额之和等于其项目支出；只公开部分项目的，不核对",
    "40.00=30.00+10.00",
    "40.00=30.00+11.00",
)
RULES = (LISTED,)
#: Titles of lists that are a choice of the projects.
_SELECTED = re.compile(r"重点|重大|部分|主要")
_SPENDING = (TableKind.EXPENDITURE, TableKind.GENERAL_EXPENDITURE)


@dataclass(frozen=True, slots=True)
class _Listed:
    """One unit's projects and its spending on projects."""

    spending: Cell
    table: str
    projects: tuple[Cell, ...]
    result: Comparison

    @property
    def agrees(self) -> bool:
        return self.result.outcome is not Outcome.MISMATCH


def check(book: Book) -> Iterator[Check]:
    """Every list of projects without a total of its own."""
    indices = [i for i in book.indices if i.sheet.table.kind in _SPENDING]
    for name, cells in _lists(book):
        found = list(_by_unit(cells, indices))
        whole = [one for one in found if one.spending.at[UNIT] == ALL]
        units = [one for one in found if one.spending.at[UNIT] != ALL]
        complete = any(one.agrees for one in whole) or _mostly_agree(units)
        complete = complete or any(_claimed(book, one) for one in whole)
        complete = complete and not _SELECTED.search(name)
        for one in found:
            if one.agrees or complete:
                yield _made(name, one)
        left_out = [one for one in found if not one.agrees]
        if left_out and not complete:
            reason = "列出的项目可能只是一部分，没有判定"
            yield not_checked(
                LISTED, f"{_said(name, left_out[0])}；{reason}", [left_out[0].spending.fact]
            )


def _lists(book: Book) -> Iterator[tuple[str, list[Cell]]]:
    """The lists of projects: performance tables, those of one project each together, and project
    tables that print no total."""
    forms: list[Cell] = []
    for sheet in book.sheets.values():
        cells = _projects(sheet) if sheet.table.kind is TableKind.PERFORMANCE else []
        if len({(c.at[UNIT], c.at[PROJECT]) for c in cells}) > 1:
            yield sheet.table.name, cells
        else:
            forms += cells
    if forms:
        yield "各项目绩效目标表", forms
    for sheet in book.sheets.values():
        cells = _projects(sheet) if sheet.table.kind is TableKind.PROJECTS else []
        totals = [c for c in sheet.amounts() if c.at[PROJECT] == ALL and c.fact.total]
        if cells and not totals:
            yield sheet.table.name, cells


def _projects(sheet: Sheet) -> list[Cell]:
    """The amounts of whole projects: no fund or other part of one."""
    empty = narrowed(narrowed(EVERYTHING, UNIT, "*"), PROJECT, "*")
    return [
        cell
        for cell in sheet.amounts()
        if cell.sort[0] is Measure.EXPENDITURE
        and cell.at[PROJECT] != ALL
        and not cell.of_which
        and narrowed(narrowed(cell.at, UNIT, "*"), PROJECT, "*") == narrowed(empty, KIND, "project")
    ]


def _by_unit(cells: Sequence[Cell], indices: Sequence[Index]) -> Iterator[_Listed]:
    groups: defaultdict[str, dict[str, Cell]] = defaultdict(dict)
    for cell in cells:
        groups[cell.at[UNIT]].setdefault(cell.at[PROJECT], cell)
    every = {(unit, name): c for unit, found in groups.items() for name, c in found.items()}
    wholes: list[tuple[str, list[Cell]]] = [(ALL, list(every.values()))]
    if set(groups) != {ALL}:
        wholes += [(unit, list(found.values())) for unit, found in groups.items() if unit != ALL]
    for unit, projects in wholes:
        place_ = narrowed(narrowed(EVERYTHING, UNIT, unit), KIND, "project")
        for index in indices:
            spending = _spending(index, projects[0], place_)
            if spending is not None and spending.figure.value:
                result = compare([spending.figure], [c.figure for c in projects])
                yield _Listed(spending, index.sheet.table.name, tuple(projects), result)
                break


def _spending(index: Index, project: Cell, at: Place) -> Cell | None:
    for fund in (ALL, "general"):
        stated = index.stated((project.sort, narrowed(at, FUND, fund)))
        if stated is not None:
            return stated
    return None


def _mostly_agree(units: Sequence[_Listed]) -> bool:
    agreeing = sum(one.agrees for one in units)
    return agreeing > 1 and agreeing * 2 > len(units)


def _claimed(book: Book, whole: _Listed) -> bool:
    """Whether the text counts as many projects as are listed, and gives their money as the whole
    spending."""
    counted = spent = False
    for fact in book.bundle.facts:
        if fact.origin != "sentence" or "项目" not in fact.coordinates.item:
            continue
        if fact.measure is Measure.COUNT:
            counted = counted or fact.value == len(whole.projects)
        elif (cell := cell_of(fact, fact.places)) is not None and fact.unit in MONEY_UNITS:
            same = compare([cell.figure], [whole.spending.figure])
            spent = spent or same.outcome is not Outcome.MISMATCH
    return counted and spent


def _said(name: str, one: _Listed) -> str:
    unit = one.spending.fact.unit
    return (
        f"{place(one.table, one.spending.fact)}为{amount(one.spending.figure)}，"
        f"{name}列出的{len(one.projects)}个项目合计{said(one.result.expected, unit)}，"
        f"{gap(one.result, unit)}"
    )


def _made(name: str, one: _Listed) -> Check:
    return judged(LISTED, one.result, _said(name, one), (one.spending, *one.projects))
