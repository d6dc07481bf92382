"""Standard answers: for whom they are served, and what takes them out of service."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from qa_service.answering.answer import Answer
from qa_service.records.audit import Audit
from qa_service.records.database import open_records
from qa_service.records.standard_answers import StandardAnswer, StandardAnswers, StandardState
from qa_service.service import AnswerService
from qa_service.staff.console import Console
from qa_service.staff.standard import StandardServing, figures_of
from qa_service.staff.statements import UnfoundedError
from qa_service.understanding.plan import Part
from tests.support import scripted

QUESTION = "三公经费预算是多少？"
TEXT = "2026年我局“三公”经费预算合计12.94万元，请以公开文件为准。"


@pytest.fixture
def approved(console: Console) -> Iterator[StandardAnswer]:
    made = console.standards.propose(QUESTION, TEXT, "甲")
    yield console.standards.approve(made, TEXT, "乙")
    console.standards.retire(made, "乙")


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "三公经费预算是多少",
        "“三公”经费 预算是多少",
        "三公经费有多少？",
        "请问科技局的三公经费预算是多少",
    ],
)
def test_it_is_served_for_its_question_and_paraphrases(
    service: AnswerService, console: Console, approved: StandardAnswer, question: str
) -> None:
    answer = service.ask(question)
    assert answer.answer == TEXT
    assert [(f.value, f.unit) for f in answer.figures] == [("12.94", "万元")]
    assert answer.citations
    found = console.standards.standards.get(approved.id)
    assert found is not None
    assert found.uses == 1


@pytest.mark.parametrize(
    "question",
    [
        "三公经费为什么减少？",
        "公务接待费预算是多少？",
        "科技局本级的三公经费预算是多少？",
        "三公经费预算是12.94万元吗？",
        "三公经费预算是多少元？",
        "三公经费预算比去年增加了多少？",
        "三公经费占支出总预算的比例是多少？",
        "2019年三公经费预算是多少？",
        "今天天气怎么样？",
    ],
)
def test_it_is_not_served_for_any_other_question(
    service: AnswerService, approved: StandardAnswer, question: str
) -> None:
    assert TEXT not in service.ask(question).answer


def test_follow_up_that_comes_to_the_same_plan_is_a_paraphrase(
    service: AnswerService, approved: StandardAnswer
) -> None:
    first = service.ask("公务接待费预算是多少？")
    assert service.ask("那三公经费预算呢？", first.conversation_id).answer == TEXT


def test_kept_answer_is_the_one_that_was_said(
    service: AnswerService, approved: StandardAnswer, console: Console
) -> None:
    kept = console.desk.answers.get(service.ask(QUESTION).answer_id)
    assert kept is not None
    assert json.loads(kept.answer)["answer"] == TEXT
    assert service.again(QUESTION, kept.memory, kept.filters).answer == TEXT
    assert service.again(QUESTION, kept.memory, kept.filters, approved=False).answer != TEXT


def test_wording_with_another_figure_is_neither_proposed_nor_approved(console: Console) -> None:
    with pytest.raises(UnfoundedError):
        console.standards.propose(QUESTION, "三公经费为13万元。", "甲")
    made = console.standards.propose(QUESTION, TEXT, "甲")
    with pytest.raises(UnfoundedError):
        console.standards.approve(made, TEXT + "其中公务接待费99.99万元。", "乙")
    found = console.standards.standards.get(made.id)
    assert found is not None
    assert found.state is StandardState.PROPOSED
    console.standards.retire(made, "乙")


def test_proposed_and_retired_wordings_are_not_served(
    console: Console, service: AnswerService
) -> None:
    made = console.standards.propose(QUESTION, TEXT, "甲")
    assert service.ask(QUESTION).answer != TEXT
    console.standards.approve(made, TEXT, "乙")
    console.standards.retire(made, "乙")
    assert service.ask(QUESTION).answer != TEXT


# -- over releases: a composed answer that changes --------------------------

COMPOSED = scripted.ANSWERS[scripted.TOTAL]
WORDING = "2031年支出总预算3,200.50万元。"


class Release:
    """What a service composes, and how it plans: every question alike."""

    def __init__(self, folder: Path) -> None:
        self.engine = open_records(folder)
        self.standards = StandardAnswers(self.engine)
        self.now = 0.0
        self.serving = StandardServing(self.standards, Audit(self.engine), lambda: self.now)
        self.planned: list[str] = []

    def planning(self, question: str) -> Sequence[Part]:
        self.planned.append(question)
        plan = {"op": "search", "disclosure_ids": ["d1"], "words": "总预算"}
        return [Part.model_validate({"words": question, "plan": plan, "confidence": 1})]

    def said(self, composed: Answer, release: str, question: str = scripted.TOTAL) -> str:
        self.now += 3
        parts = self.planning(question)
        return self.serving.answer(question, parts, composed, release, self.planning).answer

    def approve(self) -> int:
        made = self.standards.propose(
            question=scripted.TOTAL, text=WORDING, figures=(), basis=COMPOSED, release="r1",
            author="甲",
        )  # fmt: skip
        self.standards.approve(
            made.id, text=WORDING, figures=figures_of(WORDING, COMPOSED, scripted.TOTAL),
            basis=COMPOSED, release="r1", reviewer="乙",
        )  # fmt: skip
        return made.id


@pytest.fixture
def release(tmp_path: Path) -> Release:
    return Release(tmp_path)


def with_figure(**changes: str) -> Answer:
    figure = COMPOSED.figures[0].model_copy(update=changes)
    value = f"{float(figure.value):,.2f}"
    text = COMPOSED.answer.replace("3,200.50", value)
    return COMPOSED.model_copy(update={"figures": [figure], "answer": text})


def test_nothing_is_planned_twice_where_there_is_no_standard_answer(release: Release) -> None:
    assert release.said(COMPOSED, "r1") == COMPOSED.answer
    assert release.planned == [scripted.TOTAL]


def test_new_release_with_the_same_figures_goes_on_saying_it(release: Release) -> None:
    standard_id = release.approve()
    assert release.said(COMPOSED, "r1") == WORDING
    assert release.said(with_figure(value="3200.5"), "r2") == WORDING
    found = release.standards.get(standard_id)
    assert found is not None
    assert (found.state, found.release, found.uses) == (StandardState.APPROVED, "r2", 2)


@pytest.mark.parametrize(
    ("composed", "reason"),
    [
        (with_figure(value="3200.51"), "“支出总预算”由3,200.50万元变为3,200.51万元"),
        (with_figure(label="别的数"), "不再给出“支出总预算”"),
        (scripted.ANSWERS[scripted.NOT_DISCLOSED], "not_disclosed"),
    ],
)
def test_changed_figure_withdraws_it_to_review(
    release: Release, composed: Answer, reason: str
) -> None:
    standard_id = release.approve()
    assert release.said(composed, "r2") == composed.answer
    found = release.standards.get(standard_id)
    assert found is not None
    assert found.state is StandardState.REVIEW
    assert reason in found.reason
    (noted,) = Audit(release.engine).page(action="standard.withdraw")
    assert noted.account == "系统"
    assert release.said(COMPOSED, "r3") == COMPOSED.answer


def test_review_sees_what_a_new_release_changed_before_anybody_asks(release: Release) -> None:
    standard_id = release.approve()
    changed = with_figure(value="1.00")
    assert release.serving.recheck("r1", lambda _: changed) == 0
    assert release.serving.recheck("r2", lambda _: changed) == 1
    found = release.standards.get(standard_id)
    assert found is not None
    assert found.state is StandardState.REVIEW


def test_another_worker_s_change_is_seen_within_seconds(release: Release) -> None:
    other = StandardServing(release.standards, Audit(release.engine), lambda: release.now)
    parts = release.planning(scripted.TOTAL)

    def said() -> str:
        answer = other.answer(scripted.TOTAL, parts, COMPOSED, "r1", release.planning)
        return answer.answer

    assert said() == COMPOSED.answer
    standard_id = release.approve()
    assert said() == COMPOSED.answer
    release.now += 2
    assert said() == WORDING
    release.standards.withdraw(standard_id, StandardState.RETIRED, "x")
    release.now += 2
    assert said() == COMPOSED.answer


def test_records_that_cannot_be_written_do_not_stand_in_the_way(
    release: Release, caplog: pytest.LogCaptureFixture
) -> None:
    release.approve()
    assert release.said(COMPOSED, "r1") == WORDING
    with release.engine.begin() as connection:
        connection.execute(text("DROP TABLE standard_answer"))
    assert release.said(COMPOSED, "r1") == COMPOSED.answer
    assert "标准答案没有使用" in caplog.text


def test_questions_are_planned_once_a_release(release: Release) -> None:
    release.approve()
    for named in ("r1", "r1", "r2", "r2"):
        assert release.said(COMPOSED, named) == WORDING
    # Once for each question asked, and once for the approved one in each release.
    assert len(release.planned) == 4 + 2
