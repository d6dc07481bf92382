"""Sums that the narrative states in full: 基本支出 and 项目支出, the three kinds of purchases, 三公
and its three items. Parts that are not all stated are no sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from disclosure.model import ALL, THREE_PUBLIC_PARTS, Aspect, Measure, Outcome
from ingest.reconcile.amounts import compare, said
from ingest.reconcile.book import Book
from ingest.reconcile.cells import CARRIED_OUT, Cell, Sort
from ingest.reconcile.in_table import (
    BASIC_PROJECT,
    CARS,
    MODES,
    PERSONNEL_PUBLIC,
    PURCHASES,
    THREE_PUBLIC,
)
from ingest.reconcile.members import (
    BOUGHT,
    CARRY,
    ECONOMIC,
    FUND,
    KIND,
    MODE,
    NATURE,
    Place,
    narrowed,
)
from ingest.reconcile.rule import Check, Rule, judged, not_checked
from ingest.reconcile.sums import BESIDE_SUBJECTS
from ingest.reconcile.wording import amount, gap, parts_listed, place

BY_SOURCE = Rule(
    "政府采购按类别=按资金来源",
    "政府采购预算按货物、工程、服务分与按资金来源分，合计相同",
    "90.00=80.00+10.00",
    "90.00=80.00+11.00",
)
RULES = (BY_SOURCE,)
#: The whole sets of members: rule, axis, total's member, parts' members.
_SETS: tuple[tuple[Rule, int, str, tuple[str, ...]], ...] = (
    (BASIC_PROJECT, KIND, ALL, ("basic", "project")),
    (PERSONNEL_PUBLIC, NATURE, ALL, ("personnel", "public")),
    (PURCHASES, BOUGHT, ALL, ("goods", "works", "services")),
    (MODES, MODE, ALL, ("centralised", "dispersed")),
    (THREE_PUBLIC, ECONOMIC, "三公", THREE_PUBLIC_PARTS["三公"]),
    (CARS, ECONOMIC, "公务用车", THREE_PUBLIC_PARTS["公务用车"]),
)

Places = Mapping[tuple[Sort, Place], Cell]


def check(book: Book) -> Iterator[Check]:
    """Sums among the amounts that the sentences state."""
    stated = _stated(book)
    for (sort, at), total in stated.items():
        for rule, axis, whole, members in _SETS:
            if at[axis] != whole or (axis == ECONOMIC and sort[0] is not Measure.THREE_PUBLIC):
                continue
            parts = [stated.get((sort, narrowed(at, axis, member))) for member in members]
            known = [part for part in parts if part is not None]
            if len(known) == len(members) and (
                total.figure.value or any(c.figure.value for c in known)
            ):
                others = [narrowed(at, KIND, kind) for kind in BESIDE_SUBJECTS]
                others.append(narrowed(at, CARRY, CARRIED_OUT))
                beside = [
                    cell
                    for other in (others if axis == KIND else ())
                    if (cell := stated.get((sort, other))) is not None
                ]
                yield _summed(rule, total, known, beside)
    yield from _by_source(stated)


def _stated(book: Book) -> Places:
    """The amounts of the sentences by place, those left out that are stated in different ways."""
    found: defaultdict[tuple[Sort, Place], list[Cell]] = defaultdict(list)
    for cell in book.sentences:
        if cell.sort[1] is Aspect.AMOUNT and cell.understood:
            found[cell.sort, cell.at].append(cell)
    return {
        key: cells[0] for key, cells in found.items() if len({c.figure.value for c in cells}) == 1
    }


def _summed(rule: Rule, total: Cell, parts: Sequence[Cell], beside: Sequence[Cell]) -> Check:
    result = compare([total.figure], [c.figure for c in parts])
    if result.outcome is Outcome.MISMATCH and beside:
        parts = [*parts, *beside]
        result = compare([total.figure], [c.figure for c in parts])
    unit = total.fact.unit
    message = (
        f"{place('', total.fact)}为{amount(total.figure)}，"
        f"{parts_listed([c.figure for c in parts], [c.label for c in parts])}，"
        f"合计{said(result.expected, unit)}，{gap(result, unit)}"
    )
    return judged(rule, result, message, (total, *parts))


def _by_source(stated: Places) -> Iterator[Check]:
    for (sort, at), total in stated.items():
        if sort[0] is not Measure.PROCUREMENT or at[FUND] != ALL or at[BOUGHT] != ALL:
            continue
        funds = [
            cell
            for (other, place_), cell in stated.items()
            if other == sort and place_[FUND] != ALL and narrowed(place_, FUND, ALL) == at
        ]
        if not funds or at[MODE] != ALL:
            continue
        made = _summed(BY_SOURCE, total, funds, ())
        if made.outcome is Outcome.MISMATCH and made.expected < made.actual:  # type: ignore[operator]
            yield not_checked(
                BY_SOURCE, f"{made.message}；可能还有没有列出的资金来源，没有判定", made.facts
            )
        else:
            yield made
