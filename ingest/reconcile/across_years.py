"""Rules across disclosures: last year's figure as this year states it against last year's own, and
the budget that a final account states against the budget of that year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from disclosure.model import ALL, Aspect, Bundle, Fact, Finding, Kind, Outcome
from disclosure.money import MONEY_UNITS
from ingest.reconcile.amounts import compare
from ingest.reconcile.book import Book
from ingest.reconcile.cells import CURRENT, Cell, cell_of
from ingest.reconcile.members import CARRY, Place, narrowed
from ingest.reconcile.rule import Check, Rule, judged, not_checked
from ingest.reconcile.wording import amount, gap, place

LAST_YEAR = Rule(
    "上年数=上年公开",
    "公开的上年数（或由增减额推出的上年数）与同一部门上一年公开文件中的数一致",
    "100.00=100.00",
    "100.00=101.00",
)
BUDGETED = Rule(
    "决算的年初预算=当年预算公开",
    "决算中的年初预算数与同一部门当年预算公开文件中的数一致",
    "100.00=100.00",
    "100.00=101.00",
)
RULES = (LAST_YEAR, BUDGETED)
_EXECUTED = re.compile(r"执行|决算|完成|支出数")
_BUDGET = re.compile(r"预算")
_YEAR = re.compile(r"20\d\d")
_NAMES = {Kind.BUDGET: "预算", Kind.FINAL_ACCOUNT: "决算"}


def reconcile_years(bundle: Bundle, held: Sequence[Bundle]) -> tuple[Finding, ...]:
    """A disclosure against others of its department and level: ``held`` are those of the year
    before and, for a final account, the budget of its own year."""
    checks = [*_last_year(bundle, held)]
    if bundle.disclosure.kind is Kind.FINAL_ACCOUNT:
        checks += _budgeted(bundle, held)
    return tuple(check.finding(bundle.disclosure.id) for check in checks)


def _last_year(bundle: Bundle, held: Sequence[Bundle]) -> Iterator[Check]:
    year = bundle.disclosure.year - 1
    stated = [f for f in bundle.facts if f.aspect is Aspect.PRIOR and f.unit in MONEY_UNITS]
    earlier = {b.disclosure.kind: b for b in held if b.disclosure.year == year}
    if not stated:
        yield not_checked(LAST_YEAR, "没有公开上年数或增减额")
    elif not earlier:
        name = f"{bundle.disclosure.department}{year}年的公开文件"
        yield not_checked(LAST_YEAR, f"没有载入{name}，{len(stated)}个上年数没有核对")
    else:
        yield from _compared(bundle, LAST_YEAR, stated, earlier)


def _budgeted(bundle: Bundle, held: Sequence[Bundle]) -> Iterator[Check]:
    year = bundle.disclosure.year
    stated = [
        f
        for f in bundle.facts
        if f.aspect is Aspect.AMOUNT and f.stage == "initial" and f.unit in MONEY_UNITS
    ]
    same = {b.disclosure.kind: b for b in held if b.disclosure.year == year}
    if not stated:
        yield not_checked(BUDGETED, "决算没有公开年初预算数")
    elif Kind.BUDGET not in same:
        yield not_checked(BUDGETED, f"没有载入{bundle.disclosure.department}{year}年的预算公开文件")
    else:
        yield from _compared(bundle, BUDGETED, stated, {Kind.BUDGET: same[Kind.BUDGET]})


def _compared(
    bundle: Bundle, rule: Rule, stated: Sequence[Fact], others: Mapping[Kind, Bundle]
) -> Iterator[Check]:
    known = {kind: _amounts(other) for kind, other in others.items()}
    book = Book(bundle)
    absent = 0
    seen: set[tuple[object, ...]] = set()
    for fact in stated:
        cell = cell_of(fact, fact.places)
        if cell is None or (key := (cell.sort, cell.at, cell.figure.value)) in seen:
            continue
        seen.add(key)
        meant = _kinds(fact, bundle, rule)
        found = [(k, c) for k in meant if k in known for c in _at(known[k], cell)]
        if not found:
            absent += 1
        elif cell.figure.value or any(c.figure.value for _, c in found):
            yield _check(book, rule, cell, found, others, certain=len(meant) == 1)
    if absent:
        reason = f"有{absent}个数在所比的公开文件中没有同一口径的数，没有核对"
        yield not_checked(rule, reason)


def _kinds(fact: Fact, bundle: Bundle, rule: Rule) -> tuple[Kind, ...]:
    """Which disclosure of last year a figure speaks of, by the words of its base; both kinds, the
    likelier first, where it only says 上年."""
    if rule is BUDGETED:
        return (Kind.BUDGET,)
    named = _YEAR.search(fact.base)
    if named and int(named[0]) != bundle.disclosure.year - 1:
        return ()
    if _EXECUTED.search(fact.base):
        return (Kind.FINAL_ACCOUNT,)
    if _BUDGET.search(fact.base):
        return (Kind.BUDGET,)
    own = bundle.disclosure.kind
    return (own, Kind.BUDGET if own is Kind.FINAL_ACCOUNT else Kind.FINAL_ACCOUNT)


Amounts = Mapping[tuple[object, Place], list[Cell]]


def _amounts(bundle: Bundle) -> Amounts:
    stage = "final" if bundle.disclosure.kind is Kind.FINAL_ACCOUNT else "initial"
    found: defaultdict[tuple[object, Place], list[Cell]] = defaultdict(list)
    for fact in bundle.facts:
        amount_of_stage = fact.aspect is Aspect.AMOUNT and fact.stage == stage
        cell = cell_of(fact, fact.places) if amount_of_stage else None
        if cell is not None and fact.unit in MONEY_UNITS:
            found[fact.measure, cell.at].append(cell)
    return found


def _at(known: Amounts, cell: Cell) -> list[Cell]:
    swapped = {ALL: CURRENT, CURRENT: ALL}.get(cell.at[CARRY], cell.at[CARRY])
    measure = cell.sort[0]
    return [
        *known.get((measure, cell.at), ()),
        *known.get((measure, narrowed(cell.at, CARRY, swapped)), ()),
    ]


def _check(
    book: Book,
    rule: Rule,
    cell: Cell,
    found: Sequence[tuple[Kind, Cell]],
    others: Mapping[Kind, Bundle],
    certain: bool,
) -> Check:
    compared = [(compare([cell.figure], [c.figure]), kind, c) for kind, c in found]
    order = (Outcome.PASS, Outcome.ROUNDING, Outcome.MISMATCH)
    result, kind, other = min(compared, key=lambda one: order.index(one[0].outcome))
    unit = cell.fact.unit
    disclosure = others[kind].disclosure
    name = f"{disclosure.year}年{_NAMES[kind]}公开"
    derived = "推出的上年数" if cell.fact.origin == "derived" else ""
    where = place(book.table_name(cell.fact), cell.fact)
    message = (
        f"{where}{derived}{cell.fact.base and f'（{cell.fact.base}）'}为{amount(cell.figure)}，"
        f"{name}的“{other.label}”为{amount(other.figure)}，{gap(result, unit)}"
    )
    if result.outcome is Outcome.MISMATCH and not certain:
        reason = "没有说明所比的是上年预算还是执行数，没有判定"
        return not_checked(rule, f"{message}；{reason}", [cell.fact])
    return judged(rule, result, message, (cell,))
