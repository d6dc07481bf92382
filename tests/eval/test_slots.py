"""Slots read off an answer, and scored against what the case states."""

from __future__ import annotations

from eval.cases import Case, CaseFile, Expectation, Part, Slot
from eval.metrics import slot_scores
from eval.runner import run
from eval.slots import shown_slots, slot_matches
from qa_service.answering.answer import Status
from tests.eval.answers import WrittenService, answer, citation, figure


def test_operation_department_and_year_show_in_the_answer() -> None:
    shown = shown_slots(answer(figure("1")))
    assert shown[Slot.OPERATION] == "lookup"
    assert shown[Slot.YEAR] == "2031"
    assert "某局" in shown[Slot.DEPARTMENT]


def test_a_refusal_shows_none() -> None:
    assert shown_slots(answer(status=Status.NOT_DISCLOSED)) == {}


def test_a_department_is_named_by_a_part_of_the_title() -> None:
    assert slot_matches(Slot.DEPARTMENT, "某局", citation().disclosure)
    assert not slot_matches(Slot.YEAR, "203", "2031")


def test_slots_are_scored_over_the_cases_that_state_them() -> None:
    def case(identity: str, operation: str) -> Case:
        expect = {"status": "answered", "slots": {"operation": operation}}
        return Case(id=identity, question=identity, expect=Expectation.model_validate(expect))

    cases = (case("a", "lookup"), case("b", "share"), case("c", "rank"))
    written = {
        ("a",): answer(figure("1")),
        ("b",): answer(figure("1")),
        ("c",): answer(status=Status.NOT_DISCLOSED),
    }
    file = CaseFile(theme="t", part=Part.DEV, cases=cases)
    score = slot_scores(run("main", [file], WrittenService(written)))["operation"]
    assert (score.precision, score.recall) == (1 / 2, 1 / 3)
