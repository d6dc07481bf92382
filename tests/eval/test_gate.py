"""The gate: bars by corpus and part, and what falls below them."""

from __future__ import annotations

from eval.cases import Case, Expectation, Part
from eval.gate import read_gate, shortfalls
from eval.runner import Record
from eval.verdicts import Kind, Verdict
from qa_service.answering.answer import Status
from tests.eval.answers import answer


def records(kind: Kind, number: int, *, status: Status = Status.ANSWERED) -> list[Record]:
    case = Case(id="a", question="?", expect=Expectation(status=status))
    given = answer(status=status if kind is Kind.RIGHT else Status.ANSWERED)
    return [Record("main", "t", Part.HELDOUT, case, given, Verdict(kind), 1.0)] * number


def test_all_right_passes() -> None:
    assert shortfalls(records(Kind.RIGHT, 10), read_gate()) == []


def test_too_few_right_is_named_with_its_group() -> None:
    (line,) = shortfalls(records(Kind.RIGHT, 7) + records(Kind.MISSING, 3), read_gate())
    assert "main.heldout" in line
    assert "70.0%" in line


def test_wrong_figures_are_too_many_although_most_answers_are_right() -> None:
    lines = shortfalls(records(Kind.RIGHT, 95) + records(Kind.WRONG_FIGURE, 5), read_gate())
    assert any("错误数字" in line for line in lines)


def test_refusals_missed_are_named() -> None:
    refused = records(Kind.RIGHT, 1, status=Status.NOT_DISCLOSED)
    missed = records(Kind.WRONG_STATUS, 1, status=Status.NOT_DISCLOSED)
    lines = shortfalls(records(Kind.RIGHT, 100) + refused + missed, read_gate())
    assert any("拒答召回率" in line for line in lines)
