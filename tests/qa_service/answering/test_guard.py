"""The figure guard: which numbers of a text nothing accounts for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.answering.guard import numbers, statements, strangers, unfounded

_AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


def test_thousands_separators_and_trailing_zeros_make_no_difference() -> None:
    assert numbers("共1,234.50万元，占3%") == [Decimal("1234.5"), Decimal(3)]
    assert strangers("共1,234.5万元", ["1234.50"]) == []


def test_a_number_without_source_is_named() -> None:
    assert strangers("甲12.34万元，乙56.78万元", ["12.34", "2031年"]) == [Decimal("56.78")]


@given(st.lists(_AMOUNTS, min_size=1), _AMOUNTS)
def test_only_numbers_of_the_sources_pass(known: list[Decimal], other: Decimal) -> None:
    sources = [f"{value:,}万元" for value in known]
    assert strangers("、".join(sources), sources) == []
    expected = [] if other in known else [other]
    assert strangers(f"共{other:,}万元", sources) == expected


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("共1,234.50万元", [("12345000", "元")]),
        ("共五十万元", [("500000", "元")]),
        ("共３.５亿元", [("350000000", "元")]),
        ("增长百分之十二点五", [("12.5", "%")]),
        ("占三成", [("30", "%")]),
        ("提高2个百分点", [("2", "个百分点")]),
        ("是上年的两倍", [("2", "倍")]),
        ("二〇三一年预算", [("2031", "年")]),
        ("2031年预算", [("2031", "年")]),
        ("行政编制27名", [("27", "")]),
        ("三公经费、一般公共预算、统一安排、第一书记、组成、完成", []),
    ],
)
def test_statements_in_digits_and_numerals(text: str, stated: list[tuple[str, str]]) -> None:
    assert [(s.value, s.kind) for s in statements(text)] == [(Decimal(v), k) for v, k in stated]


@pytest.mark.parametrize(
    "said",
    [
        "1,234.50亿元",
        "1,234.50%",
        "1,234.50元",
        "12.34个百分点",
        "百分之九十",
        "三百多万元",
        "十几万元",
        "一千万元",
        "2030年",
        "二〇二九年",
        "两倍",
    ],
)
def test_a_number_with_another_unit_is_unfounded(said: str) -> None:
    source = "2031年预算为1,234.50万元，增长12.34%，共1,234.50"
    assert unfounded(f"共{said}", [source]) == [said]


def test_money_may_be_converted_and_written_otherwise() -> None:
    source = ["2031年预算为1,234.50万元，占百分之五"]
    said = "二〇三一年预算为12,345,000元，即0.12345亿元，占5%"
    assert unfounded(said, source) == []
