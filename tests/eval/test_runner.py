"""Asking cases: earlier turns first, in one conversation, each case in its own."""

from __future__ import annotations

from eval import cases
from eval.cases import Case, CaseFile, Expectation
from eval.runner import run
from eval.verdicts import Kind
from qa_service.answering.answer import Status
from qa_service.understanding.plan import Part, Search
from tests.eval.answers import WrittenService, answer, figure


def case(identity: str, *questions: str, value: str = "1") -> Case:
    expect = {"status": "answered", "figures": [{"value": value, "unit": "万元"}]}
    return Case(
        id=identity,
        turns=questions[:-1],
        question=questions[-1],
        expect=Expectation.model_validate(expect),
    )


def case_file(*asked: Case) -> CaseFile:
    return CaseFile(theme="t", part=cases.Part.DEV, cases=asked)


def test_turns_share_a_conversation_and_cases_do_not() -> None:
    service = WrittenService(
        {
            ("三公经费？",): answer(figure("1")),
            ("三公经费？", "去年呢？"): answer(figure("2")),
        }
    )
    asked = case_file(case("a", "三公经费？"), case("b", "三公经费？", "去年呢？", value="2"))
    records = list(run("main", [asked], service))
    assert [record.verdict.kind for record in records] == [Kind.RIGHT, Kind.RIGHT]
    assert all(record.milliseconds >= 0 for record in records)


def test_a_wrong_answer_keeps_its_reason() -> None:
    service = WrittenService({("多少？",): answer(status=Status.CLARIFY, options=["甲？"])})
    (record,) = run("main", [case_file(case("a", "多少？"))], service)
    assert record.verdict.kind is Kind.WRONG_STATUS
    assert "answered" in record.verdict.reason


class ExplainingService(WrittenService):
    """Also says how sure it is of each part."""

    def explain(self, question: str) -> list[Part]:
        search = Search(disclosure_ids=(), words=question)
        return [Part(words=question, plan=search, confidence=c) for c in (0.75, 0.9)]


def test_confidence_is_that_of_the_least_sure_part() -> None:
    written = {("多少？",): answer(figure("1"))}
    (sure,) = run("main", [case_file(case("a", "多少？"))], ExplainingService(written))
    (silent,) = run("main", [case_file(case("a", "多少？"))], WrittenService(written))
    assert (sure.confidence, silent.confidence) == (0.75, None)
