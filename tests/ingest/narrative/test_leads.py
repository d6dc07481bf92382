"""Figures in a sentence, and what the words before each make of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure.model import Aspect
from ingest.narrative.leads import Lead, find_figures, find_same, mask_remarks, read_lead


def _lead(text: str) -> Lead:
    """The reading of the last figure of ``text``, whose other words all stand before it."""
    figure = list(find_figures(text))[-1]
    return read_lead(text[: figure.start], figure, 2026)


def test_amounts_and_percentages_are_found_with_their_units() -> None:
    found = [(f.value, f.unit) for f in find_figures("1,234.50万元、3亿元、56元、-2%、7万，8亿。")]
    assert found == [
        (Decimal("1234.50"), "万元"),
        (Decimal(3), "亿元"),
        (Decimal(56), "元"),
        (Decimal(-2), "%"),
        (Decimal(7), "万元"),
        (Decimal(8), "亿元"),
    ]


@pytest.mark.parametrize(
    "text", ["单价100万元以上设备", "3406元/人", "20万元(含)以上", "元旦期间", "300万次", "A5元"]
)
def test_limits_rates_and_other_numbers_are_no_figures(text: str) -> None:
    assert list(find_figures(text)) == []


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("比上年增加5万元", 1),
        ("比上年减少了5万元", -1),
        ("同比净增5万元", 1),
        ("较上年压减5万元", -1),
        ("较上年增加(减少)5万元", 0),
    ],
)
def test_a_change_has_the_sign_of_its_verb(text: str, sign: int) -> None:
    lead = _lead(text)
    assert (lead.aspect, lead.sign) == (Aspect.CHANGE, sign)


def test_percentages_are_rates_shares_or_completion() -> None:
    assert _lead("同比下降3.29%").aspect is Aspect.CHANGE_RATE
    share = _lead("占支出总预算的比例为27.68%")
    assert (share.aspect, share.base) == (Aspect.SHARE, "支出总预算")
    done = _lead("完成全年预算的98.5%")
    assert (done.aspect, done.base) == (Aspect.COMPLETION, "全年预算")
    assert _lead("合格率达到95%").aspect is None


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("比上年预算数减少5万元", "上年预算数"),
        ("较2025年年初预算增加5万元", "2025年年初预算"),
        ("比2025年执行数增加5万元", "2025年执行数"),
        ("与上年相比增加5万元", "上年"),
        ("与2025年预算相比增加5万元", "2025年预算"),
        ("同比增加5万元", ""),
    ],
)
def test_the_base_of_a_change_is_quoted(text: str, base: str) -> None:
    assert _lead(text).base == base


def test_last_years_figure_after_than_is_the_years_before() -> None:
    lead = _lead("比2025年预算12.98万元")
    assert (lead.aspect, lead.base, lead.year) == (Aspect.PRIOR, "2025年预算", 2025)
    lead = _lead("2026年预算12.98万元")
    assert (lead.aspect, lead.year) == (Aspect.AMOUNT, 2026)


def test_unchanged_is_found_with_its_base_but_not_roughly_unchanged() -> None:
    assert [m["base"] for m in find_same("与上年持平；较2025年预算无变化。")] == [
        "上年",
        "2025年预算",
    ]
    assert list(find_same("与上年基本持平")) == []


def test_remarks_in_brackets_are_blanked_unless_they_state_figures() -> None:
    assert mask_remarks("收入(含上年结转，下同)5万元") == "收入" + 10 * "\0" + "5万元"
    assert mask_remarks("费用(含购置，3万元)5万元") == "费用(含购置，3万元)5万元"
