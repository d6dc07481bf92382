"""Last year's figures that follow from this year's and the stated change."""

from __future__ import annotations

from decimal import Decimal

from disclosure.model import Aspect, Fact
from ingest.narrative.derived import derive_prior
from tests.support.narration import narrative


def _derived(*lines: str) -> list[Fact]:
    return list(derive_prior(narrative(*lines).facts))


def test_a_decrease_is_added_back_with_its_formula_and_inputs() -> None:
    facts = narrative("2026年部门收入总预算9,000.14万元，比上年预算数减少309.61万元。").facts
    (prior,) = derive_prior(facts)
    assert prior.aspect is Aspect.PRIOR
    assert (prior.value, prior.year, prior.base) == (Decimal("9309.75"), 2025, "上年预算数")
    assert prior.formula == "9,000.14 - (-309.61) = 9,309.75"
    assert prior.origin == "derived"
    assert prior.inputs == (facts[0].id, facts[1].id)
    assert prior.coordinates == facts[0].coordinates


def test_unchanged_means_the_same_as_last_year() -> None:
    (prior,) = _derived("一、“三公”经费", "公务接待费2026年预算5.00万元，与上年持平。")
    assert (prior.value, prior.formula) == (Decimal("5.00"), "5.00 - 0 = 5.00")


def test_amounts_of_another_unit_are_converted_exactly() -> None:
    (prior,) = _derived("2026年收入总预算1.2亿元，比上年增加500万元。")
    assert (prior.value, prior.unit) == (Decimal(11500), "万元")


def test_what_the_disclosure_states_itself_is_not_derived() -> None:
    assert _derived("“三公”经费预算12.94万元，比2025年预算12.98万元，同比减少0.04万元。") == []


def test_amount_and_rate_alone_derive_nothing() -> None:
    assert _derived("2026年收入总预算90万元，同比下降3.29%。") == []


def test_no_figure_below_zero_is_derived() -> None:
    assert _derived("2026年收入总预算90万元，比上年增加100万元。") == []


def test_a_comparison_with_this_same_year_derives_nothing() -> None:
    assert _derived("2026年收入总预算90万元，比2026年预算增加10万元。") == []
