"""The figure guard: which numbers of a text nothing accounts for."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from qa_service.answering.guard import numbers, strangers

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
