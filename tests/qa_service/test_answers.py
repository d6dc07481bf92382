"""Answers on the shipped disclosure: outcome, figures and citation of questions read from it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

from qa_service.answering.answer import Answer, Status
from qa_service.service import AnswerService

_FILE = Path(__file__).resolve().parents[1] / "data" / "answers.yaml"


class Expected(BaseModel):
    """The last of ``ask`` is what is judged; those before it open the conversation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ask: list[str]
    status: str = "answered"
    figures: list[str] = []
    quote: str = ""


_CASES = [Expected.model_validate(case) for case in yaml.safe_load(_FILE.read_text("utf-8"))]


def _told(service: AnswerService, questions: list[str]) -> Answer:
    conversation = None
    for question in questions:
        answer = service.ask(question, conversation)
        conversation = answer.conversation_id
    return answer


def _figures(answer: Answer) -> set[tuple[Decimal, str]]:
    return {(abs(Decimal(figure.value)), figure.unit) for figure in answer.figures}


def _figure(text: str) -> tuple[Decimal, str]:
    value, unit = text.split()
    return Decimal(value), unit


@pytest.mark.parametrize("case", _CASES, ids=lambda case: " > ".join(case.ask))
def test_answers_what_the_document_states(case: Expected, shipped_service: AnswerService) -> None:
    answer = _told(shipped_service, case.ask)
    assert answer.status.value in case.status.split(" or "), answer.answer
    assert {_figure(f) for f in case.figures} <= _figures(answer), answer.answer
    if case.status == "answered":
        assert answer.citations
        assert any(case.quote in cited.quote for cited in answer.citations)
    else:
        assert answer.figures == []


def test_every_starter_is_answered(shipped_service: AnswerService) -> None:
    starters = shipped_service.starters()
    assert len(starters) >= 3
    assert _unanswered(shipped_service, starters) == []


def test_every_suggestion_is_answered(shipped_service: AnswerService) -> None:
    failed = []
    for case in _CASES:
        answer = _told(shipped_service, case.ask)
        failed += [
            (case.ask, follow_up)
            for follow_up in answer.follow_ups
            if shipped_service.ask(follow_up, answer.conversation_id).status != Status.ANSWERED
        ]
    assert failed == []


def _unanswered(service: AnswerService, questions: list[str]) -> list[str]:
    return [q for q in questions if service.ask(q).status != Status.ANSWERED]
