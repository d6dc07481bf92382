"""Amounts are parsed, converted, rounded and printed exactly."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.money import (
    MONEY_UNITS,
    WAN,
    YI,
    YUAN,
    Amount,
    decimal_string,
    find_amounts,
    format_amount,
    format_number,
    half_step,
    parse_number,
    places,
    plain,
    round_half_up,
)

NUMBERS = st.decimals(-(10**13), 10**13, allow_nan=False, allow_infinity=False, places=6) | (
    st.builds(
        lambda digits, exponent: Decimal(digits).scaleb(-exponent),
        st.integers(-(10**15), 10**15),
        st.integers(0, 8),
    )
)
UNITS = st.sampled_from(sorted(MONEY_UNITS))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("9,050.14", "9050.14"),
        ("9，050．14", "9050.14"),
        ("123456,700", "123456700"),
        ("9 050.14", "9050.14"),
        ("-3", "-3"),
        ("−3.50", "-3.50"),
        ("－3", "-3"),
        ("+3", "3"),
        ("(12.5)", "-12.5"),
        ("（12.5）", "-12.5"),
        ("0", "0"),
        ("0.00", "0.00"),
        ("１２", "12"),
        (" 5\n", "5"),
    ],
)
def test_a_cell_that_is_a_number(printed: str, value: str) -> None:
    parsed = parse_number(printed)
    assert parsed == Decimal(value)
    assert str(parsed) == value


@pytest.mark.parametrize(
    "printed",
    [
        "",
        " ",
        "-",
        "—",
        "/",
        "合计",
        "9.050.14",
        "1,23",
        "12万元",
        "1,234,56",
        "2060101行政运行",
        "()",
    ],
)
def test_a_cell_that_is_no_number(printed: str) -> None:
    assert parse_number(printed) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收入9,050.14万元，增长27.68%", [("9050.14", "万元"), ("27.68", "%")]),
        ("减少-14.85 万 元", [("-14.85", "万元")]),
        ("共1.5亿元", [("1.5", "亿元")]),
        ("10万以上的项目", [("10", "万元")]),
        ("超过2亿的部门", [("2", "亿元")]),
        ("上升0.3个百分点", [("0.3", "个百分点")]),
        ("同比-5.2％", [("-5.2", "%")]),
        ("10-12万元之间", [("12", "万元")]),
        ("5万元-10万元", [("5", "万元"), ("10", "万元")]),
        ("50%-60%", [("50", "%"), ("60", "%")]),
        ("接待3万人次", []),
        ("供水2亿立方米，补助10万余户", []),
        ("1,234,56万元", []),
        ("2026年405001", []),
        ("120,000元", [("120000", "元")]),
    ],
)
def test_amounts_in_a_text(text: str, found: list[tuple[str, str]]) -> None:
    spans = list(find_amounts(text))
    assert [(str(span.value), span.unit) for span in spans] == found
    for span in spans:
        assert text[span.start : span.end] == span.printed


@given(NUMBERS)
def test_printed_number_parses_back(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value
    assert parse_number(decimal_string(value)) == value


@given(NUMBERS)
def test_accountants_brackets_are_a_minus(value: Decimal) -> None:
    assert parse_number(f"({format_number(value.copy_abs())})") == -value.copy_abs()


@given(NUMBERS, UNITS)
def test_printed_amount_is_found_in_a_sentence(value: Decimal, unit: str) -> None:
    text = f"安排{format_amount(value, unit)}，用于"
    (span,) = find_amounts(text)
    assert (span.value, span.unit) == (value, unit)
    assert span.printed == format_amount(value, unit)


@given(NUMBERS, UNITS, UNITS)
def test_conversion_is_exact_and_comes_back(value: Decimal, unit: str, other: str) -> None:
    there = Amount(value, unit).to(other)
    assert there.unit == other
    assert there.to(unit).value == value
    assert there.value * MONEY_UNITS[other] == value * MONEY_UNITS[unit]


@given(st.integers(10**35, 10**40), UNITS, UNITS)
def test_conversion_keeps_digits_beyond_the_decimal_context(value: int, a: str, b: str) -> None:
    assert Amount(Decimal(value), a).to(b).to(a).value == Decimal(value)


def test_conversion_examples() -> None:
    assert str(Amount(Decimal("9050.14"), WAN).to(YUAN)) == "90,501,400元"
    assert str(Amount(Decimal("9050.14"), WAN).to(YI)) == "0.905014亿元"
    assert str(Amount(Decimal("12000"), "千元").to(WAN)) == "1,200万元"


@pytest.mark.parametrize(("unit", "other"), [("%", WAN), (WAN, "%"), ("名", YUAN)])
def test_no_conversion_across_kinds(unit: str, other: str) -> None:
    with pytest.raises(ValueError, match="不能把"):
        Amount(Decimal(1), unit).to(other)


@given(NUMBERS)
def test_plain_keeps_the_value_and_has_no_idle_zeros(value: Decimal) -> None:
    text = decimal_string(plain(value))
    assert plain(value) == value
    assert not ("." in text and text.endswith("0"))
    assert text != "-0"


@given(NUMBERS, st.integers(0, 6))
def test_rounding_is_commercial_and_within_half_a_step(value: Decimal, digits: int) -> None:
    rounded = round_half_up(value, digits)
    assert abs(rounded - value) <= half_step(digits)
    assert rounded == value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    assert round_half_up(rounded, digits) == rounded
    assert places(format_number(rounded)) == digits


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("2.5", 0, "3"), ("-0.004", 2, "0.00")],
)
def test_halves_go_away_from_zero(value: str, digits: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), digits)) == rounded


@pytest.mark.parametrize(
    ("printed", "digits"),
    [("9,050.14", 2), ("4,074", 0), ("4,074.00", 2), ("-3.5", 1), ("-3．50", 2), ("合计", 0)],
)
def test_decimals_shown(printed: str, digits: int) -> None:
    assert places(printed) == digits


def test_a_printed_figure_stands_for_an_interval() -> None:
    assert half_step(0) == Decimal("0.5")
    assert half_step(2) == Decimal("0.005")
