"""Answers as they are kept: masked, shared or forgotten, and never in the way of being given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from qa_service.answering.service import open_service
from qa_service.records.answers import Answers, KeptAnswer, new_answer_id
from qa_service.records.database import Base, open_records

DAY = 86_400


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_records(tmp_path, quick=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _given(clock: Clock, question: str = "三公经费是多少？", answer: str = "{}") -> KeptAnswer:
    return KeptAnswer(
        id=new_answer_id(),
        at=clock.now,
        question=question,
        status="answered",
        memory="{}",
        filters="",
        release="r1",
        plan="[]",
        answer=answer,
        channel="web",
    )


def test_answer_is_read_as_it_was_kept(engine: Engine, clock: Clock) -> None:
    given = _given(clock)
    answers = Answers(engine, clock=clock)
    assert answers.keep(given)
    assert answers.get(given.id) == given
    assert answers.get("nobody-has-this") is None


def test_unshared_answer_expires_and_shared_one_stays(engine: Engine, clock: Clock) -> None:
    answers = Answers(engine, days=30, clock=clock)
    private, public = _given(clock), _given(clock)
    answers.keep(private)
    answers.keep(public)
    assert answers.share(public.id)
    clock.now += 30 * DAY + 1
    assert answers.get(private.id) is None
    assert not answers.share(private.id)
    shared = answers.get(public.id)
    assert shared is not None
    assert shared.shared
    assert answers.clear() == 1
    assert answers.recent() == [shared]


def test_keeping_clears_what_has_expired(engine: Engine, clock: Clock) -> None:
    answers = Answers(engine, days=1, clock=clock)
    answers.keep(_given(clock))
    clock.now += 2 * DAY
    last = _given(clock)
    answers.keep(last)
    assert answers.clear() == 0
    assert answers.recent() == [last]


def test_recent_answers_come_newest_first_and_by_words(engine: Engine, clock: Clock) -> None:
    answers = Answers(engine, clock=clock)
    for question in ("甲100%是多少", "乙是多少", "甲1000是多少"):
        clock.now += 1
        answers.keep(_given(clock, question))
    assert [a.question for a in answers.recent()] == ["甲1000是多少", "乙是多少", "甲100%是多少"]
    assert [a.question for a in answers.recent(words="100%")] == ["甲100%是多少"]
    assert [a.question for a in answers.recent(before=clock.now, limit=1)] == ["乙是多少"]


def test_personal_numbers_are_masked_in_question_and_answer(engine: Engine, clock: Clock) -> None:
    answers = Answers(engine, clock=clock)
    given = _given(
        clock,
        "我是13812345678，三公多少",
        answer=json.dumps({"answer": "“13812345678”不是公开内容；支出13912345678元。"}),
    )
    answers.keep(given)
    kept = answers.get(given.id)
    assert kept is not None
    assert kept.question == "我是138****5678，三公多少"
    assert json.loads(kept.answer)["answer"] == "“138****5678”不是公开内容；支出13912345678元。"


def test_store_that_fails_does_not_lose_the_answer(
    shipped_data: Path, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    Base.metadata.drop_all(engine)
    service = open_service(shipped_data, answers=Answers(engine))
    answer = service.ask("三公经费预算是多少？")
    assert answer.status == "answered"
    assert answer.answer_id == ""
    assert "答案照常给出" in caplog.text


def test_answer_given_can_be_repeated_from_what_is_kept(shipped_data: Path, engine: Engine) -> None:
    answers = Answers(engine)
    service = open_service(shipped_data, answers=answers)
    first = service.ask("三公经费预算是多少？", channel="web")
    follow_up = service.ask("公务接待费呢？", first.conversation_id)
    kept = answers.get(follow_up.answer_id)
    assert kept is not None
    assert kept.channel == "api"
    assert "conversation_id" in kept.answer
    assert follow_up.conversation_id not in kept.answer
    again = service.again(kept.question, kept.memory, kept.filters)
    assert again.answer == follow_up.answer
    assert again.figures == follow_up.figures
    assert len(answers.recent()) == 2
