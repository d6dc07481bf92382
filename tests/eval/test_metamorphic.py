"""The relations themselves: that they accept what holds and name what does not."""

from __future__ import annotations

from eval.metamorphic import (
    SumRelation,
    paraphrases_agree,
    parts_add_up,
    read_relations,
    renamed,
    scaled,
    unchanged,
)
from qa_service.answering.answer import Answer, Status
from tests.eval.answers import WrittenService, answer, figure


def service(**answers: Answer) -> WrittenService:
    return WrittenService({(question,): given for question, given in answers.items()})


def test_relations_are_readable() -> None:
    relations = read_relations()
    assert len(relations.paraphrases) >= 10
    assert len(relations.sums) >= 5
    assert len(relations.named) >= 15
    assert len(relations.scaled) >= 15


def test_paraphrases_agree_in_figures_whatever_the_wording() -> None:
    same = service(a=answer(figure("12.94"), text="甲"), b=answer(figure("12.940"), text="乙"))
    other = service(a=answer(figure("12.94")), b=answer(figure("9")))
    assert paraphrases_agree(same, ["a", "b"]) == []
    (violation,) = paraphrases_agree(other, ["a", "b"])
    assert violation.question == "b"


def test_parts_add_up_within_rounding() -> None:
    parts = {"p": answer(figure("1.11")), "q": answer(figure("2.22"))}
    relation = SumRelation(total="t", parts=("p", "q"))
    assert parts_add_up(service(t=answer(figure("3.34")), **parts), relation) == []
    assert parts_add_up(service(t=answer(figure("3.36")), **parts), relation) != []
    assert parts_add_up(service(t=answer(figure("3.33", "元")), **parts), relation) != []
    assert parts_add_up(service(t=answer(status=Status.CLARIFY), **parts), relation) != []


def test_another_disclosure_must_change_nothing_not_even_a_word() -> None:
    before = service(a=answer(figure("1"), text="甲"))
    assert unchanged(before, service(a=answer(figure("1"), text="甲")), ["a"]) == []
    assert unchanged(before, service(a=answer(figure("1"), text="乙")), ["a"]) != []


def test_a_refusal_may_name_what_else_is_held() -> None:
    before = service(a=answer(status=Status.NOT_DISCLOSED, text="现有：甲"))
    after = service(a=answer(status=Status.NOT_DISCLOSED, text="现有：甲、乙"))
    assert unchanged(before, after, ["a"]) == []
    assert unchanged(before, service(a=answer(status=Status.CLARIFY)), ["a"]) != []


def test_money_is_scaled_and_shares_stay() -> None:
    before = service(a=answer(figure("1.08"), figure("27.68", "%")))
    assert scaled(before, service(a=answer(figure("3.23"), figure("27.68", "%"))), ["a"], 3) == []
    assert scaled(before, service(a=answer(figure("1.08"), figure("27.68", "%"))), ["a"], 3) != []
    assert scaled(before, service(a=answer(figure("3.24"), figure("83.04", "%"))), ["a"], 3) != []
    assert scaled(before, service(a=answer(figure("3.24"))), ["a"], 3) != []


def test_only_the_name_changes() -> None:
    before = service(甲所预算=answer(figure("1"), text="甲所1万元"))
    after = service(乙所预算=answer(figure("1"), text="乙所1万元"))
    assert renamed(before, after, ["甲所预算"], ("甲所", "乙所")) == []
    wrong = service(乙所预算=answer(figure("1"), text="甲所1万元"))
    assert renamed(before, wrong, ["甲所预算"], ("甲所", "乙所")) != []
