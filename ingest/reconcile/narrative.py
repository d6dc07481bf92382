"""Rules that hold the narrative against the tables: amounts, and the subjects that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from disclosure.model import ALL, Aspect, Fund, Kind, Measure, Outcome
from ingest.reconcile.amounts import Comparison, compare, said
from ingest.reconcile.book import Book
from ingest.reconcile.cells import CURRENT, Cell, Sort
from ingest.reconcile.index import Index, Key
from ingest.reconcile.members import (
    BOUGHT,
    CARRY,
    ECONOMIC,
    FUND,
    GOV_ECONOMIC,
    ITEM,
    MODE,
    PROJECT,
    SUBJECT,
    Place,
    narrowed,
)
from ingest.reconcile.rule import Check, Rule, judged, not_checked
from ingest.reconcile.wording import amount, gap, place

AMOUNTS = Rule(
    "文字说明的金额=报表",
    "文字说明中的金额与报表中同一口径的数一致",
    "77.22=77.22",
    "77.22=78.22",
)
REPEATED = Rule(
    "文字说明前后一致",
    "同一段文字两次说到的同一个数一致",
    "20.00=20.00",
    "20.00=19.00",
)
RULES = (AMOUNTS, REPEATED)
#: What tables of money count.
_IN_TABLES = frozenset(
    {
        Measure.REVENUE,
        Measure.EXPENDITURE,
        Measure.THREE_PUBLIC,
        Measure.CONFERENCE_TRAINING,
        Measure.OPERATING,
        Measure.PROCUREMENT,
        Measure.SERVICE_PURCHASE,
    }
)
#: The axes that say what a figure is about; the others say of which part of the money.
_ABOUT = (SUBJECT, ECONOMIC, GOV_ECONOMIC, PROJECT, BOUGHT, MODE, ITEM)

About = tuple[object, ...]


def check(book: Book) -> Iterator[Check]:
    """Every amount of money that a sentence states."""
    about: defaultdict[About, list[Cell]] = defaultdict(list)
    for sheet in book.sheets.values():
        for cell in (*sheet.amounts(), *sheet.derived):
            about[_about(cell)].append(cell)
    for stated in book.sentences:
        measure, aspect, _, _ = stated.sort
        if measure in _IN_TABLES and aspect is Aspect.AMOUNT and stated.understood:
            yield _amount(stated, book.indices, about, book.apart)
    yield from _repeated(book)


def _repeated(book: Book) -> Iterator[Check]:
    """Amounts that a passage gives again, other than before. A final account gives budget and
    outcome of one thing side by side, which are two figures."""
    if book.disclosure.kind is Kind.FINAL_ACCOUNT:
        return
    first: dict[object, Cell] = {}
    for cell in book.sentences:
        if cell.sort[1] is not Aspect.AMOUNT or cell.fact.printed == "无":
            continue
        known = first.setdefault((cell.fact.passage_id, cell.sort, cell.at), cell)
        if known is cell:
            continue
        result = compare([cell.figure], [known.figure])
        message = (
            f"{place('', cell.fact)}先说{amount(known.figure)}，后说{amount(cell.figure)}，"
            f"{gap(result, cell.fact.unit)}"
        )
        yield judged(REPEATED, result, message, (cell, known))


def _amount(
    stated: Cell,
    indices: Sequence[Index],
    about: dict[About, list[Cell]],
    apart: frozenset[Sort],
) -> Check:
    same_place = _found(indices, _places(stated, apart))
    found = [*same_place, *_found(indices, _near_places(stated))]
    if budgets := _of_budgets(indices, stated):
        found.append(budgets)
    compared = [
        (compare([stated.figure], [c.figure for c in cells]), i, cells) for i, cells in found
    ]
    for outcome in (Outcome.PASS, Outcome.ROUNDING):
        for result, index, cells in compared:
            if result.outcome is outcome:
                return _made(stated, result, index, cells)
    same = f"{place('', stated.fact)}的{amount(stated.figure)}"
    if not same_place:
        return not_checked(AMOUNTS, f"{same}：报表中没有同一口径的数", [stated.fact])
    for cell in about.get(_about(stated), ()):
        if compare([stated.figure], [cell.figure]).outcome is not Outcome.MISMATCH:
            reason = f"与报表“{cell.label}”行另一口径的数相同，文字所指的口径不明，没有判定"
            return not_checked(AMOUNTS, f"{same}：{reason}", [stated.fact, cell.fact])
    result, index, cells = compared[0]
    return _made(stated, result, index, cells)


Found = tuple[Index, Sequence[Cell]]


def _found(indices: Sequence[Index], places: Sequence[Key]) -> list[Found]:
    """What the tables say at places: a printed figure, else the sum of the rows within."""
    return [(index, cells) for at in places for index in indices if (cells := index.at(at))]


def _places(stated: Cell, apart: frozenset[Sort]) -> list[Key]:
    """Where the tables must say what a sentence says: 本年 and the whole are one where no table
    has money of other years."""
    sort, at = stated.sort, stated.at
    if sort in apart or at[CARRY] not in (ALL, CURRENT):
        return [(sort, at)]
    return [(sort, at), (sort, _swapped(at))]


def _near_places(stated: Cell) -> list[Key]:
    """Where the tables may say it: an agreement there is one, a difference proves nothing."""
    sort, at = stated.sort, stated.at
    near = [_swapped(at)] if at[CARRY] in (ALL, CURRENT) else []
    if at[FUND] == Fund.FISCAL:
        near += [narrowed(p, FUND, Fund.GENERAL) for p in (at, *near)]
    return [(sort, place) for place in near]


def _swapped(at: Place) -> Place:
    return narrowed(at, CARRY, CURRENT if at[CARRY] == ALL else ALL)


def _of_budgets(indices: Sequence[Index], stated: Cell) -> Found | None:
    """财政拨款 of a subject as the sum of the three budgets' tables."""
    if stated.at[FUND] != Fund.FISCAL:
        return None
    found: list[Found] = []
    for fund in (Fund.GENERAL, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL):
        found += _found(indices, [(stated.sort, narrowed(stated.at, FUND, fund))])[:1]
    return (found[0][0], [c for _, cells in found for c in cells]) if found else None


def _about(cell: Cell) -> About:
    return (cell.sort[0], *(cell.at[axis] for axis in _ABOUT))


def _made(stated: Cell, result: Comparison, index: Index, cells: Sequence[Cell]) -> Check:
    unit = stated.fact.unit
    name = index.sheet.table.name
    there = (
        f"{place(name, cells[0].fact)}为{amount(cells[0].figure)}"
        if len(cells) == 1
        else f"{name}中相应的{len(cells)}行之和为{said(result.expected, unit)}"
    )
    message = f"{place('', stated.fact)}为{amount(stated.figure)}，{there}，{gap(result, unit)}"
    return judged(AMOUNTS, result, message, (stated, *cells))
