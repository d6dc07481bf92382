"""Scores, status precision and recall, calibration curves."""

from __future__ import annotations

from eval.cases import Case, Expectation, Part
from eval.metrics import (
    by_corpus_and_part,
    percentile,
    reliability,
    risk_coverage,
    score,
    status_scores,
)
from eval.runner import Record
from eval.verdicts import Kind, Verdict
from qa_service.answering.answer import Status
from tests.eval.answers import answer


def record(
    kind: Kind = Kind.RIGHT,
    *,
    expected: Status = Status.ANSWERED,
    given: Status = Status.ANSWERED,
    also: tuple[Status, ...] = (),
    confidence: float | None = None,
    milliseconds: float = 1.0,
    part: Part = Part.DEV,
) -> Record:
    case = Case(id="a", question="?", expect=Expectation(status=expected, also=also))
    return Record(
        "main", "t", part, case, answer(status=given), Verdict(kind), milliseconds, confidence
    )


def test_score_counts_every_kind() -> None:
    records = [record(kind) for kind in Kind] + [record()]
    result = score(records)
    assert (result.cases, result.right, result.wrong_figures) == (6, 2, 1)
    assert (result.missing, result.wrong_status, result.wrong_citations) == (1, 1, 1)
    assert result.accuracy == 2 / 6
    assert result.wrong_figure_rate == 1 / 6


def test_percentiles_are_nearest_rank() -> None:
    assert percentile([1, 2, 3, 4], 0.5) == 2
    assert percentile([1, 2, 3, 4], 0.95) == 4
    assert percentile([], 0.5) == 0


def test_groups_are_named_as_the_gate_names_them() -> None:
    groups = by_corpus_and_part([record(), record(part=Part.HELDOUT)])
    assert list(groups) == ["main.dev", "main.heldout"]


def test_refusals_have_precision_and_recall() -> None:
    scores = status_scores(
        [
            record(expected=Status.NOT_DISCLOSED, given=Status.NOT_DISCLOSED),
            record(expected=Status.NOT_DISCLOSED, given=Status.ANSWERED),
            record(expected=Status.OUT_OF_SCOPE, given=Status.NOT_DISCLOSED),
            record(expected=Status.ANSWERED, given=Status.NOT_DISCLOSED),
        ]
    )
    assert (scores["refused"].precision, scores["refused"].recall) == (2 / 3, 2 / 3)
    assert (scores["not_disclosed"].hit, scores["not_disclosed"].given) == (1, 3)
    assert scores["clarify"].precision == scores["clarify"].recall == 1.0


def test_an_accepted_status_counts_as_expected() -> None:
    also = record(also=(Status.CLARIFY,), given=Status.CLARIFY)
    assert status_scores([also])["clarify"].recall == 1.0


def test_reliability_bins_compare_confidence_with_accuracy() -> None:
    records = [
        record(confidence=1.0),
        record(confidence=0.95),
        record(Kind.MISSING, confidence=0.95),
        record(Kind.MISSING, confidence=0.05),
    ]
    low, high = reliability(records)
    assert (low.cases, low.accuracy) == (1, 0.0)
    assert (high.cases, high.accuracy) == (3, 2 / 3)


def test_risk_falls_with_coverage() -> None:
    records = [record(confidence=0.9), record(Kind.WRONG_FIGURE, confidence=0.4)]
    first, last = risk_coverage(records)
    assert (first.threshold, first.coverage, first.risk) == (0.9, 0.5, 0.0)
    assert (last.coverage, last.risk) == (1.0, 0.5)


def test_no_curve_without_confidence() -> None:
    assert reliability([record()]) == []
    assert risk_coverage([record()]) == []
