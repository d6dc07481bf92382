"""Numbers over records: by theme, by status, by confidence. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from eval.cases import Slot
from eval.runner import Record
from eval.slots import slot_matches
from eval.verdicts import REFUSALS, Kind
from qa_service.answering.answer import Status


@dataclass(frozen=True, slots=True)
class Score:
    """Outcomes and times of a group of cases."""

    cases: int
    right: int
    wrong_figures: int
    missing: int
    wrong_status: int
    wrong_citations: int
    p50_ms: float
    p95_ms: float

    @property
    def accuracy(self) -> float:
        """Share of cases that are right in every respect."""
        return self.right / self.cases if self.cases else 1.0

    @property
    def wrong_figure_rate(self) -> float:
        """Share of cases answered with a wrong figure."""
        return self.wrong_figures / self.cases if self.cases else 0.0


@dataclass(frozen=True, slots=True)
class PrecisionRecall:
    """How well one outcome is recognised. 1.0 where there was nothing to get wrong."""

    expected: int
    given: int
    hit: int

    @property
    def precision(self) -> float:
        """Of the answers given so, the share that should be."""
        return self.hit / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Of the answers that should be so, the share that are."""
        return self.hit / self.expected if self.expected else 1.0


@dataclass(frozen=True, slots=True)
class Bin:
    """One bin of the reliability curve."""

    low: float
    high: float
    cases: int
    mean_confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Answering only where the confidence is at least ``threshold``: how much is answered, and
    what share of that is wrong."""

    threshold: float
    coverage: float
    risk: float


def score(records: Sequence[Record]) -> Score:
    """The score of a group."""
    kinds = Counter(record.verdict.kind for record in records)
    times = sorted(record.milliseconds for record in records)
    return Score(
        cases=len(records),
        right=kinds[Kind.RIGHT],
        wrong_figures=kinds[Kind.WRONG_FIGURE],
        missing=kinds[Kind.MISSING],
        wrong_status=kinds[Kind.WRONG_STATUS],
        wrong_citations=kinds[Kind.WRONG_CITATION],
        p50_ms=percentile(times, 0.50),
        p95_ms=percentile(times, 0.95),
    )


def percentile(ascending: Sequence[float], fraction: float) -> float:
    """Nearest-rank percentile; 0 of nothing."""
    if not ascending:
        return 0.0
    return ascending[max(0, ceil(fraction * len(ascending)) - 1)]


def by_theme(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Records grouped by theme, in alphabetical order."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.theme, []).append(record)
    return dict(sorted(groups.items()))


def by_corpus_and_part(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Records grouped as the gate names them: ``main.dev``, ``real.heldout``."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(f"{record.corpus}.{record.part.value}", []).append(record)
    return dict(sorted(groups.items()))


def status_scores(records: Sequence[Record]) -> dict[str, PrecisionRecall]:
    """Precision and recall of each status, and of refusing (not disclosed or out of scope)."""
    pairs = [(_expected(record), record.answer.status) for record in records]
    scores = {
        status.value: PrecisionRecall(
            expected=sum(want is status for want, _ in pairs),
            given=sum(got is status for _, got in pairs),
            hit=sum(want is status and got is status for want, got in pairs),
        )
        for status in Status
    }
    scores["refused"] = PrecisionRecall(
        expected=sum(want in REFUSALS for want, _ in pairs),
        given=sum(got in REFUSALS for _, got in pairs),
        hit=sum(want in REFUSALS and got in REFUSALS for want, got in pairs),
    )
    return scores


def slot_scores(records: Iterable[Record]) -> dict[str, PrecisionRecall]:
    """Precision and recall of each slot that the cases state, over the cases that state it."""
    tally: dict[Slot, Counter[str]] = {}
    for record in records:
        for slot, wanted in record.case.expect.slots.items():
            count = tally.setdefault(slot, Counter())
            count["expected"] += 1
            if (given := record.slots.get(slot)) is not None:
                count["given"] += 1
                count["hit"] += slot_matches(slot, wanted, given)
    return {
        slot.value: PrecisionRecall(count["expected"], count["given"], count["hit"])
        for slot, count in sorted(tally.items())
    }


def _expected(record: Record) -> Status:
    # A status that the case also accepts is the expected one when it was given.
    given = record.answer.status
    return given if given in record.case.expect.also else record.case.expect.status


def reliability(records: Iterable[Record], bins: int = 10) -> list[Bin]:
    """Accuracy against confidence in equal bins; empty where no confidence is exposed."""
    members: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in _confident(records):
        members.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, right))
    return [
        Bin(
            low=index / bins,
            high=(index + 1) / bins,
            cases=len(group),
            mean_confidence=sum(confidence for confidence, _ in group) / len(group),
            accuracy=sum(right for _, right in group) / len(group),
        )
        for index, group in sorted(members.items())
    ]


def risk_coverage(records: Iterable[Record]) -> list[RiskPoint]:
    """The curve from the surest case to all of them; empty where no confidence is exposed."""
    pairs = sorted(_confident(records), key=lambda pair: -pair[0])
    points: list[RiskPoint] = []
    wrong = 0
    for taken, (confidence, right) in enumerate(pairs, start=1):
        wrong += not right
        if taken == len(pairs) or pairs[taken][0] != confidence:
            points.append(RiskPoint(confidence, taken / len(pairs), wrong / taken))
    return points


def _confident(records: Iterable[Record]) -> list[tuple[float, bool]]:
    return [
        (record.confidence, record.verdict.right)
        for record in records
        if record.confidence is not None
    ]
