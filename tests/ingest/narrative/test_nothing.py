"""Zeros that a disclosure states in words."""

from __future__ import annotations

import pytest

from tests.support.narration import figures, narrative

FUND = "expenditure amount fund=government_fund 0万元"
CAPITAL = "expenditure amount fund=state_capital 0万元"


@pytest.mark.parametrize(
    "sentence",
    [
        "2026年我部门无政府性基金预算支出安排。",
        "本部门没有政府性基金预算支出。",
        "临江市水务局2026年没有使用政府性基金预算拨款安排的支出。",
        "2026年本单位未安排政府性基金预算支出，故本表无数据。",
        "我局当年不涉及政府性基金预算支出。",
    ],
)
def test_none_said_outright_is_zero(sentence: str) -> None:
    assert figures(sentence) == [FUND]


def test_none_under_a_heading_that_names_the_noun() -> None:
    assert figures(
        "八、政府性基金预算支出情况", "临江市水务局2026年无使用政府性基金预算拨款安排的支出。"
    ) == [FUND]


def test_the_kind_of_body_may_be_given_as_the_reason() -> None:
    assert figures("本单位为事业单位，无机关运行经费。") == ["operating amount 0万元"]


def test_several_nouns_are_several_zeros() -> None:
    assert figures("2026年我部门无政府性基金预算支出、国有资本经营预算支出。") == [FUND, CAPITAL]


def test_revenue_and_expenditure_are_two_sides_of_one_noun() -> None:
    assert figures("2026年没有政府性基金预算收入和支出。") == [
        "revenue amount fund=government_fund 0万元",
        FUND,
    ]


def test_a_zero_in_words_is_printed_as_the_word() -> None:
    (fact,) = narrative("2026年我部门无政府性基金预算支出安排。").facts
    assert (fact.printed, fact.unit, fact.origin) == ("无", "万元", "sentence")


@pytest.mark.parametrize(
    "sentence",
    [
        "无政府性基金预算支出的，仍保留该表格式。",
        "2026年我部门没有安排新的出访团组。",
        "没有发生重大变化。",
        "本部门无基层单位。",
    ],
)
def test_other_negations_state_no_amount(sentence: str) -> None:
    assert figures(sentence) == []


def test_notes_under_tables_state_zeros_too() -> None:
    found = narrative("一、收支说明", "总预算5万元。", "注：本部门无国有资本经营预算支出。").facts
    assert [f.coordinates.fund for f in found if f.printed == "无"] == ["state_capital"]
