"""Nothing is known of one document: a changed copy gets changed answers, alone and beside it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from eval.corpus import SHIPPED
from ingest.pipeline import ingest_paths
from qa_service.answering.answer import Answer, Status
from qa_service.answering.service import open_service
from qa_service.service import AnswerService
from tests.support.variant import DEPARTMENT, FACTOR, variant

_ORIGINAL = "柳州市科学技术局"
#: What is asked, with the figure of the original in 万元.
_AMOUNTS = {
    "三公经费": "12.94",
    "公务接待费": "4.94",
    "机关运行经费": "89.87",
    "政府采购预算": "93.81",
    "项目支出预算": "6545.38",
    "人员经费": "2278.59",
    "住房公积金": "171.04",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory, shipped_text: str) -> Path:
    path = tmp_path_factory.mktemp("variant") / f"{DEPARTMENT}_2030_部门预算.txt"
    path.write_text(variant(shipped_text), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def alone(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> AnswerService:
    data = tmp_path_factory.mktemp("alone")
    ingest_paths([copy], data)
    return open_service(data)


@pytest.fixture(scope="module")
def beside(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> AnswerService:
    data = tmp_path_factory.mktemp("beside")
    ingest_paths([SHIPPED, copy], data)
    return open_service(data)


def _values(answer: Answer) -> set[Decimal]:
    return {abs(Decimal(figure.value)) for figure in answer.figures}


@pytest.mark.parametrize(("topic", "amount"), _AMOUNTS.items())
def test_the_copy_alone_gets_its_own_figures(alone: AnswerService, topic: str, amount: str) -> None:
    for question in (f"{topic}是多少", f"{DEPARTMENT}{topic}是多少"):
        values = _values(alone.ask(question))
        assert Decimal(amount) * FACTOR in values
        assert Decimal(amount) not in values


@pytest.mark.parametrize(("topic", "amount"), _AMOUNTS.items())
def test_each_department_gets_its_own_figures(
    beside: AnswerService, topic: str, amount: str
) -> None:
    original, changed = Decimal(amount), Decimal(amount) * FACTOR
    for name, own, other in (
        (_ORIGINAL, original, changed),
        (DEPARTMENT, changed, original),
    ):
        answer = beside.ask(f"{name}{topic}是多少")
        assert own in _values(answer), answer.answer
        assert other not in _values(answer)
        assert len({cited.disclosure_id for cited in answer.citations}) == 1


def test_without_a_department_the_service_asks_back(beside: AnswerService) -> None:
    answer = beside.ask("公务接待费是多少")
    assert answer.status == Status.CLARIFY
    assert answer.figures == []
    assert len(answer.options) >= 2
    for option in answer.options:
        assert beside.ask(option, answer.conversation_id).status == Status.ANSWERED
