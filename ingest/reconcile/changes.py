"""Rules on comparisons with last year, shares and completion: amounts, changes and rates that one
passage or one table row gives together are recomputed from each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.model import Aspect, Fact, Outcome
from disclosure.money import format_number, round_half_up
from ingest.reconcile.amounts import Figure, compare, quotient, said
from ingest.reconcile.book import Book
from ingest.reconcile.cells import Cell, Sheet
from ingest.reconcile.members import ancestors
from ingest.reconcile.rule import Check, Rule, judged, not_checked
from ingest.reconcile.wording import amount, gap, place

CHANGE = Rule(
    "增减额=本年数-上年数",
    "公开的比上年增减额等于本年数减上年数",
    "-4.00=96.00-100.00",
    "-5.00=96.00-100.00",
)
RATE = Rule(
    "增减幅度=增减额÷上年数",
    "公开的比上年增减幅度等于增减额除以上年数，上年数没有公开的按本年数减增减额推算",
    "-4.00%=-4.00÷100.00",
    "-5.00%=-4.00÷100.00",
)
SHARE = Rule(
    "占比=本项÷总额",
    "公开的占比等于本项金额除以所占的总额",
    "25.00%=25.00÷100.00",
    "26.00%=25.00÷100.00",
)
COMPLETION = Rule(
    "完成预算的比例=决算数÷预算数",
    "决算公开的完成预算比例等于决算数除以预算数",
    "96.00%=96.00÷100.00",
    "97.00%=96.00÷100.00",
)
RULES = (CHANGE, RATE, SHARE, COMPLETION)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Stated:
    """What one passage or row says of one thing; ``table`` is its table's name, '' for text."""

    table: str
    cells: Mapping[Aspect, Sequence[Cell]]

    def of(self, aspect: Aspect) -> Sequence[Cell]:
        return self.cells.get(aspect, ())


def check(book: Book) -> Iterator[Check]:
    """Every comparison that the sentences and the tables make."""
    for stated in _groups(book):
        yield from _changes(stated)
        yield from _rates(stated)
    yield from _shares(book)
    yield from _completions(book)


def _groups(book: Book) -> Iterator[_Stated]:
    by_passage: defaultdict[object, dict[Aspect, list[Cell]]] = defaultdict(dict)
    for cell in book.sentences:
        if cell.understood:
            measure, aspect, _, stage = cell.sort
            key = (cell.fact.passage_id, measure, stage, cell.at)
            by_passage[key].setdefault(aspect, []).append(cell)
    for cells in by_passage.values():
        yield _Stated("", cells)
    for sheet in book.sheets.values():
        for cells in _in_table(sheet):
            yield _Stated(sheet.table.name, cells)


def _in_table(sheet: Sheet) -> Iterator[dict[Aspect, list[Cell]]]:
    """What a table says of one thing: in one row, or in rows of years (2025年, 2026年, 增减)."""
    by_place: defaultdict[object, dict[Aspect, list[Cell]]] = defaultdict(dict)
    for cell in sheet.cells:
        measure, aspect, _, stage = cell.sort
        by_place[measure, stage, cell.at].setdefault(aspect, []).append(cell)
    for cells in by_place.values():
        if len(cells) < 2 or all(len(found) == 1 for found in cells.values()):
            yield cells
            continue
        by_row: defaultdict[object, dict[Aspect, list[Cell]]] = defaultdict(dict)
        for aspect, found in cells.items():
            for cell in found:
                by_row[cell.row].setdefault(aspect, []).append(cell)
        yield from by_row.values()


def _changes(stated: _Stated) -> Iterator[Check]:
    now, before = stated.of(Aspect.AMOUNT), stated.of(Aspect.PRIOR)
    if len(now) != 1 or len(before) != 1:
        return
    for change in stated.of(Aspect.CHANGE):
        if len(stated.of(Aspect.CHANGE)) > 1 and change.fact.base != before[0].fact.base:
            continue
        result = compare([change.figure], [now[0].figure, _negated(before[0].figure)])
        if not any(f.figure.value for f in (now[0], before[0], change)):
            continue
        unit = change.fact.unit
        message = (
            f"{place(stated.table, change.fact)}的增减额为{amount(change.figure)}，"
            f"按本年数{amount(now[0].figure)}减上年数{amount(before[0].figure)}"
            f"计算为{said(result.expected, unit)}，{gap(result, unit)}"
        )
        yield judged(CHANGE, result, message, (change, now[0], before[0]))


def _rates(stated: _Stated) -> Iterator[Check]:
    now, before = stated.of(Aspect.AMOUNT), stated.of(Aspect.PRIOR)
    changes, rates = stated.of(Aspect.CHANGE), stated.of(Aspect.CHANGE_RATE)
    for rate in rates:
        paired = [c for c in changes if c.fact.base == rate.fact.base] or list(changes)
        prior = [p for p in before if p.fact.base == rate.fact.base] or list(before)
        if len(paired) > 1 or len(prior) > 1 or len(now) > 1 or (len(rates) > 1 and not paired):
            yield not_checked(RATE, f"{_of(stated, rate)}：同一处有几个可比的数", [rate.fact])
            continue
        options = list(_ways(now, prior, paired))
        if not options:
            yield not_checked(RATE, f"{_of(stated, rate)}：没有同时公开增减额和上年数", [rate.fact])
            continue
        yield _rate(RATE, stated.table, rate, options)


@dataclass(frozen=True, slots=True)
class _Division:
    """One way to a rate: ``above`` ÷ ``below``, with the words that say so."""

    above: Figure
    below: Figure
    words: str
    facts: tuple[Fact, ...]


def _ways(
    now: Sequence[Cell], prior: Sequence[Cell], changes: Sequence[Cell]
) -> Iterator[_Division]:
    """The ways to recompute a change rate from what is stated, the most direct first."""
    if changes and prior:
        c, p = changes[0], prior[0]
        words = f"增减额{amount(c.figure)}÷上年数{amount(p.figure)}"
        yield _Division(c.figure, p.figure, words, (c.fact, p.fact))
    if changes and now:
        c, a = changes[0], now[0]
        p_figure = _difference(a.figure, c.figure)
        words = f"增减额{amount(c.figure)}÷（本年数{amount(a.figure)}-增减额）"
        yield _Division(c.figure, p_figure, words, (c.fact, a.fact))
    if now and prior:
        a, p = now[0], prior[0]
        words = f"（本年数{amount(a.figure)}-上年数{amount(p.figure)}）÷上年数"
        yield _Division(_difference(a.figure, p.figure), p.figure, words, (a.fact, p.fact))


def _rate(rule: Rule, table: str, rate: Cell, ways: Iterable[_Division]) -> Check:
    """A rate against every way to recompute it; the first way's numbers if none agrees."""
    first: Check | None = None
    for way in ways:
        made = _one_way(rule, table, rate, way)
        if made.outcome in (Outcome.PASS, Outcome.ROUNDING):
            return made
        first = first or made
    assert first is not None
    return first


def _one_way(rule: Rule, table: str, rate: Cell, way: _Division) -> Check:
    facts = (rate.fact, *way.facts)
    interval = quotient(way.above.low * _HUNDRED, way.above.high * _HUNDRED, way.below)
    where = f"{place(table, rate.fact)}为{_percent(rate.figure.value)}"
    if interval is None or not way.below.value:
        return not_checked(rule, f"{where}：除数为零或过小，不能核对", facts)
    exact = way.above.value * _HUNDRED / way.below.value
    places = rate.fact.places
    recomputed = round_half_up(exact, places)
    low, high = interval
    if recomputed == rate.figure.value:
        outcome = Outcome.PASS
    elif low <= rate.figure.high and rate.figure.low <= high:
        outcome = Outcome.ROUNDING
    else:
        outcome = Outcome.MISMATCH
    side = "多" if rate.figure.value > recomputed else "少"
    tail = {
        Outcome.PASS: "相符",
        Outcome.ROUNDING: "在四舍五入范围内",
    }.get(outcome, f"{side}{_percent(abs(rate.figure.value - recomputed), '个百分点')}")
    message = f"{where}，按{way.words}计算为{_percent(recomputed)}，{tail}"
    return Check(rule, outcome, message, facts, recomputed, rate.figure.value, "%")


def _of(stated: _Stated, cell: Cell) -> str:
    return f"{place(stated.table, cell.fact)}为{_percent(cell.figure.value)}"


def _percent(value: Decimal, unit: str = "%") -> str:
    return f"{format_number(value)}{unit}"


def _negated(figure: Figure) -> Figure:
    return Figure(figure.fact, -figure.value, figure.slack)


def _difference(one: Figure, other: Figure) -> Figure:
    return Figure(one.fact, one.value - other.value, one.slack + other.slack)


def _shares(book: Book) -> Iterator[Check]:
    """Shares against the amounts of the same passage, else of the passages before it."""
    amounts = [c for c in book.sentences if c.sort[1] is Aspect.AMOUNT and c.understood]
    for sheet in book.sheets.values():
        amounts += sheet.amounts()
    for share in book.sentences:
        if share.sort[1] is not Aspect.SHARE or not share.understood:
            continue
        own = _own_amount(share, amounts)
        if own is None:
            yield not_checked(SHARE, f"{_share_said(share)}：没有公开本项金额", [share.fact])
            continue
        wholes = list(_wholes(share, own, amounts))
        if not wholes:
            yield not_checked(SHARE, f"{_share_said(share)}：没有公开所占的总额", [share.fact])
            continue
        ways = [
            _Division(
                own.figure,
                whole.figure,
                f"{amount(own.figure)}÷“{whole.label}”{amount(whole.figure)}",
                (own.fact, whole.fact),
            )
            for whole in wholes
        ]
        yield _rate(SHARE, "", share, ways)


def _share_said(share: Cell) -> str:
    return f"{place('', share.fact)}占{share.fact.base or '总额'}{_percent(share.figure.value)}"


def _own_amount(share: Cell, amounts: Sequence[Cell]) -> Cell | None:
    alike = [
        c
        for c in amounts
        if (c.sort[0], c.sort[3], c.at) == (share.sort[0], share.sort[3], share.at)
    ]
    near = [c for c in alike if c.fact.passage_id and c.fact.passage_id == share.fact.passage_id]
    return next(iter(near or alike), None)


def _wholes(share: Cell, own: Cell, amounts: Sequence[Cell]) -> Iterator[Cell]:
    """Figures that contain the share's own on every axis: those of the same passage first, the
    nearest containers first."""
    inside = [c for c in amounts if c.sort[0] is own.sort[0] and c.sort[3] == own.sort[3]]
    holding = [c for c in inside if c.at != own.at and _contains(c, own)]
    seen: set[tuple[object, object]] = set()
    here = share.fact.passage_id
    for cell in sorted(holding, key=lambda c: c.fact.passage_id != here or not here):
        key = (cell.at, cell.figure.value)
        if key not in seen:
            seen.add(key)
            yield cell


def _contains(outer: Cell, inner: Cell) -> bool:
    return all(
        o == i or o in ancestors(axis, i, True)
        for axis, (o, i) in enumerate(zip(outer.at, inner.at, strict=True))
    )


def _completions(book: Book) -> Iterator[Check]:
    cells = [c for c in book.sentences if c.understood]
    for sheet in book.sheets.values():
        cells += sheet.cells
    amounts: defaultdict[object, dict[str, Cell]] = defaultdict(dict)
    for cell in cells:
        measure, aspect, _, stage = cell.sort
        if aspect is Aspect.AMOUNT:
            place_ = (cell.fact.passage_id or cell.row, measure, cell.at)
            amounts[place_].setdefault(stage, cell)
    for cell in cells:
        if cell.sort[1] is not Aspect.COMPLETION:
            continue
        stages = amounts[cell.fact.passage_id or cell.row, cell.sort[0], cell.at]
        table = book.table_name(cell.fact)
        final = stages.get("final")
        ways = [
            _Division(
                final.figure,
                budget.figure,
                f"决算数{amount(final.figure)}÷预算数{amount(budget.figure)}",
                (final.fact, budget.fact),
            )
            for stage in ("initial", "adjusted")
            if final is not None and (budget := stages.get(stage)) is not None
        ]
        if ways:
            yield _rate(COMPLETION, table, cell, ways)
        else:
            reason = "没有同时公开决算数和预算数"
            yield not_checked(
                COMPLETION,
                f"{place(table, cell.fact)}为{_percent(cell.figure.value)}：{reason}",
                [cell.fact],
            )
