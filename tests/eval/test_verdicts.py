"""What counts as right, and the kind of error otherwise."""

from __future__ import annotations

import pytest

from eval.cases import Expectation
from eval.verdicts import Kind, judge
from qa_service.answering.answer import (
    Answer,
    Derivation,
    InputFigure,
    Operation,
    Status,
)
from tests.eval.answers import answer, citation, figure


def expect(*figures: str, status: str = "answered", **rest: object) -> Expectation:
    """An expectation; a figure is written ``12.94万元``."""
    return Expectation.model_validate(
        {"status": status, "figures": [_figure(text) for text in figures], **rest}
    )


def _figure(text: str) -> dict[str, str]:
    value = text.rstrip("万亿元%个名")
    return {"value": value, "unit": text[len(value) :]}


def kind(expectation: Expectation, given: Answer) -> Kind:
    return judge(expectation, given).kind


def test_equal_value_in_the_unit_asked_is_right() -> None:
    assert kind(expect("12.94万元"), answer(figure("12.940"))) is Kind.RIGHT


def test_same_money_in_another_unit_is_a_wrong_figure() -> None:
    assert kind(expect("129400元"), answer(figure("12.94"))) is Kind.WRONG_FIGURE


def test_counted_things_may_have_another_classifier() -> None:
    assert kind(expect("27名"), answer(figure("27", "人"))) is Kind.RIGHT


def test_a_count_is_no_percentage() -> None:
    assert kind(expect("27名"), answer(figure("27", "%"))) is Kind.WRONG_FIGURE


def test_sign_matters() -> None:
    assert kind(expect("-0.04万元"), answer(figure("0.04"))) is Kind.WRONG_FIGURE


def test_no_figure_at_all_is_missing_not_wrong() -> None:
    assert kind(expect("12.94万元"), answer(text="见表5")) is Kind.MISSING


def test_a_pointed_question_is_answered_by_the_first_figure() -> None:
    given = answer(figure("9.00"), figure("12.94"))
    assert kind(expect("12.94万元"), given) is Kind.WRONG_FIGURE
    assert kind(expect("12.94万元"), answer(figure("12.94"), figure("9.00"))) is Kind.RIGHT


def test_a_comparison_may_open_with_what_it_compares() -> None:
    compared = figure("9.00").model_copy(
        update={
            "derivation": Derivation(
                operation=Operation.DIFFERENCE,
                formula="12.00 − 3.00",
                inputs=[InputFigure(label="甲", value="12.00", unit="万元")],
            )
        }
    )
    assert kind(expect("9.00万元"), answer(figure("12.00"), compared)) is Kind.RIGHT
    assert kind(expect("9.00万元"), answer(figure("3.50"), compared)) is Kind.WRONG_FIGURE


def test_more_decimals_than_asked_are_as_right() -> None:
    wanted = expect("51036.22万元")
    assert kind(wanted, answer(figure("51036.219169"))) is Kind.RIGHT
    assert kind(wanted, answer(figure("51036.2"))) is Kind.WRONG_FIGURE
    assert kind(expect("7个"), answer(figure("7.2", "个"))) is Kind.WRONG_FIGURE


def test_a_list_may_open_with_its_total() -> None:
    given = answer(figure("6"), figure("1"), figure("2"), figure("3"))
    assert kind(expect("3万元", "2万元", "1万元"), given) is Kind.RIGHT


def test_exact_figures_allow_no_other() -> None:
    exact = expect("12.94万元", exact_figures=True)
    assert kind(exact, answer(figure("12.94"), figure("9.00"))) is Kind.WRONG_FIGURE


def test_order_counts_where_asked_for() -> None:
    ranked = expect("3万元", "2万元", ordered=True)
    assert kind(ranked, answer(figure("3"), figure("2"))) is Kind.RIGHT
    assert kind(ranked, answer(figure("2"), figure("3"))) is Kind.WRONG_FIGURE


def test_any_alternative_set_is_right() -> None:
    either = expect("1万元", alternatives=[[_figure("2万元"), _figure("3万元")]])
    assert kind(either, answer(figure("2"), figure("3"))) is Kind.RIGHT
    assert kind(either, answer(figure("2"))) is Kind.WRONG_FIGURE


def test_a_figure_where_none_is_published_is_a_wrong_figure() -> None:
    refused = expect(status="not_disclosed")
    assert kind(refused, answer(figure("1"))) is Kind.WRONG_FIGURE
    assert kind(refused, answer(text="没有公布")) is Kind.WRONG_STATUS
    shown = answer(figure("1"), status=Status.NOT_DISCLOSED)
    assert kind(refused, shown) is Kind.WRONG_FIGURE


def test_refusing_an_answerable_question_is_a_wrong_status() -> None:
    assert kind(expect("1万元"), answer(status=Status.NOT_DISCLOSED)) is Kind.WRONG_STATUS


def test_another_accepted_status_is_right_without_the_figures() -> None:
    either = expect("1万元", also=["not_disclosed"])
    assert kind(either, answer(status=Status.NOT_DISCLOSED)) is Kind.RIGHT


def test_asking_back_needs_options() -> None:
    asked = expect(status="clarify")
    assert kind(asked, answer(status=Status.CLARIFY)) is Kind.MISSING
    assert kind(asked, answer(status=Status.CLARIFY, options=["哪一年？"])) is Kind.RIGHT


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("减少|下降", "同比下降3.31%", True),
        ("减少|增加", "与上年持平", False),
        ("“三公”经费", "三公 经费", True),
        ("7个", "共有17个科室", False),
        ("表1", "见表10", False),
        ("（境）", "因公出国(境)费", True),
    ],
)
def test_wordings_are_found_whatever_width_and_quotes(wording: str, text: str, found: bool) -> None:
    wanted = expect(contains=[wording])
    assert (kind(wanted, answer(text=text)) is Kind.RIGHT) is found


def test_a_forbidden_wording_is_a_wrong_figure() -> None:
    assert kind(expect(excludes=["9,050.14"]), answer(text="9,050.14万元")) is Kind.WRONG_FIGURE


def test_an_answer_without_a_citation_is_not_right() -> None:
    assert kind(expect(), answer(citations=[])) is Kind.WRONG_CITATION
    assert kind(expect("1万元"), answer(figure("1", citations=[7]))) is Kind.WRONG_CITATION


def test_the_expected_place_must_be_cited() -> None:
    wanted = expect("1万元", cites=["表5|收入表"])
    assert kind(wanted, answer(figure("1"))) is Kind.RIGHT
    elsewhere = answer(figure("1"), citations=[citation(table="表6")])
    assert kind(wanted, elsewhere) is Kind.WRONG_CITATION
