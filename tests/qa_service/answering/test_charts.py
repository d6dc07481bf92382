"""Charts repeat what an answer states, and show it as what it is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pytest

from disclosure.embedding import Matrix, Vector
from disclosure.store.provider import LibraryProvider
from ingest.pipeline import ingest_paths
from qa_service.answering.answer import Answer
from qa_service.answering.service import EmbeddedService
from qa_service.conversations import Conversations
from qa_service.service import AnswerService
from tests.support.variant import Variation

DEPARTMENT = "柳州市科学技术局"
OTHER = "柳州市水利局"


class _Alike:
    """Finds all texts alike: figures are found by what they are called."""

    identity = "alike"
    dimension = 2

    def embed_query(self, text: str) -> Vector:
        return np.array([1, 0], dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        return np.array([[1, 0]] * len(texts), dtype=np.float32).reshape(-1, 2)


@pytest.fixture(scope="module")
def service(shipped_text: str, tmp_path_factory: pytest.TempPathFactory) -> AnswerService:
    """The shipped disclosure, that of the year before, and another department's."""
    folder = tmp_path_factory.mktemp("years")
    earlier = Variation(names={"在柳": "在柳"}, codes={}, years=-1, factor=2)
    other = Variation(names={"科学技术局": "水利局"}, codes={"405": "618"}, factor=3)
    for name, text in (
        ("a.txt", shipped_text),
        ("b.txt", earlier.apply(shipped_text)),
        ("c.txt", other.apply(shipped_text)),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    data = folder / "data"
    ingest_paths([folder / name for name in ("a.txt", "b.txt", "c.txt")], data, embedder=_Alike())
    return EmbeddedService(
        LibraryProvider(data, _Alike()), Conversations(data / "conversations.sqlite")
    )


CASES = [
    (f"{DEPARTMENT}2026年三公经费由哪些构成？", "composition", 3),
    (f"{DEPARTMENT}2026年支出构成是什么？", "composition", 4),
    (f"{DEPARTMENT}2026年各单位支出分别是多少？", "comparison", 4),
    (f"{DEPARTMENT}2026年基本支出和项目支出分别是多少？", "comparison", 2),
    (f"{DEPARTMENT}2026年公务接待费和公务用车运行维护费差多少？", "comparison", 2),
    (f"{DEPARTMENT}2026年金额最大的五个项目是哪些？", "ranking", 6),
    (f"{DEPARTMENT}2026年有哪些项目，各多少钱？", "ranking", 19),
    (f"{DEPARTMENT}2025年和2026年的三公经费分别是多少？", "series", 2),
    (f"2026年{DEPARTMENT}和{OTHER}的支出总预算分别是多少？", "comparison", 2),
]


@pytest.mark.parametrize(("question", "kind", "size"), CASES)
def test_chart_is_of_its_kind_and_of_the_answers_own_figures(
    service: AnswerService, question: str, kind: str, size: int
) -> None:
    answer = service.ask(question)
    assert answer.chart is not None
    assert (answer.chart.kind, len(answer.chart.points)) == (kind, size)
    assert _repeats(answer)


def _repeats(answer: Answer) -> bool:
    assert answer.chart is not None
    inputs = [given for figure in answer.figures for given in figure.derivation.inputs]
    stated = {(one.value, one.unit) for one in (*answer.figures, *inputs)}
    return {(point.value, answer.chart.unit) for point in answer.chart.points} <= stated


def test_years_stand_in_order(service: AnswerService) -> None:
    chart = service.ask(f"{DEPARTMENT}2026年和2025年的三公经费分别是多少？").chart
    assert chart is not None
    assert [(point.label, point.value) for point in chart.points] == [
        ("2025年", "25.88"),
        ("2026年", "12.94"),
    ]


def test_departments_are_told_apart(service: AnswerService) -> None:
    chart = service.ask(f"2026年{DEPARTMENT}和{OTHER}的支出总预算分别是多少？").chart
    assert chart is not None
    assert {point.label.removesuffix("（部门整体）") for point in chart.points} == {
        DEPARTMENT,
        OTHER,
    }


def test_projects_are_ranked_even_when_listed(service: AnswerService) -> None:
    chart = service.ask(f"{DEPARTMENT}2026年有哪些项目，各多少钱？").chart
    assert chart is not None
    values = [Decimal(point.value) for point in chart.points]
    assert values == sorted(values, reverse=True)


def test_unit_asked_for_is_the_charts_unit(service: AnswerService) -> None:
    answer = service.ask(f"{DEPARTMENT}2026年各单位支出分别是多少元？")
    assert answer.chart is not None
    assert answer.chart.unit == "元"
    assert _repeats(answer)


def test_parts_of_a_composition_make_up_the_whole(service: AnswerService) -> None:
    whole = service.ask(f"{DEPARTMENT}2026年三公经费是多少？").figures[0]
    chart = service.ask(f"{DEPARTMENT}2026年三公经费由哪些构成？").chart
    assert chart is not None
    assert sum(Decimal(point.value) for point in chart.points) == Decimal(whole.value)


@pytest.mark.parametrize(
    "question",
    [
        f"{DEPARTMENT}2026年支出总预算和基本支出分别是多少？",  # a whole beside its part
        f"{DEPARTMENT}2026年三公经费和支出总预算相差多少？",
        f"{DEPARTMENT}2026年公务接待费占三公经费的比重是多少？",
        f"{DEPARTMENT}2026年三公经费是多少？",
        f"{DEPARTMENT}2026年金额最大的项目是哪个？",
        f"{DEPARTMENT}2026年三公经费减少的原因是什么？",
    ],
)
def test_nothing_to_compare_has_no_chart(service: AnswerService, question: str) -> None:
    answer = service.ask(question)
    assert answer.status == "answered"
    assert answer.chart is None
