"""Tokens: what stands in place of figures, and what of them the model is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa_service.answering.answer import Answer, Derivation, Figure, Operation, Status
from qa_service.llm.tokens import MASK, TokenBook, magnitude, masked_passage


def answer(text: str, *figures: tuple[str, str, str]) -> Answer:
    derivation = Derivation(operation=Operation.LOOKUP, formula="")
    return Answer(
        status=Status.ANSWERED,
        answer=text,
        figures=[
            Figure(label=label, value=value, unit=unit, derivation=derivation, citations=[])
            for label, value, unit in figures
        ],
    )


def test_a_token_carries_unit_and_direction_and_is_filled_in_again() -> None:
    book = TokenBook()
    text = "比上年减少12.30万元，下降0.99%。"
    change, rate = ("增减额", "-12.30", "万元"), ("增减率", "-0.99", "%")
    assert book.masked(answer(text, change, rate)) == "比上年{{F1}}，{{F2}}。"
    assert book.filled("{{F1}}和{{F2}}") == "减少12.30万元和下降0.99%"


def test_the_legend_tells_label_unit_sign_and_size_without_a_digit() -> None:
    book = TokenBook()
    book.masked(answer("减少12.30万元", ("2031年增减额", "-12.30", "万元")))
    (line,) = book.legend(["F1"])
    for told in ("增减额", "万元", "负数", "减少", "几十万元"):
        assert told in line
    assert not any(c.isdigit() for c in line.partition("：")[2])


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("0.78", "万元", "几千元"),
        ("9050.14", "万元", "几千万元"),
        ("1.5", "亿元", "几亿元"),
        ("0.3", "元", "不到一元"),
        ("0.31", "%", "不到百分之一"),
        ("72.32", "%", "百分之几十"),
        ("-180", "%", "超过百分之一百"),
        ("0", "万元", ""),
        ("27", "名", ""),
    ],
)
def test_the_order_of_magnitude_in_words(value: str, unit: str, words: str) -> None:
    assert magnitude(Decimal(value), unit) == words


def test_a_list_is_one_token_and_its_lines_are_shown() -> None:
    book = TokenBook()
    text = "按单位分列，共2个：\n- 甲所：1.00万元\n- 乙所：2.00万元"
    masked = book.masked(answer(text, ("甲所", "1.00", "万元"), ("乙所", "2.00", "万元")))
    assert masked.endswith("{{L1}}")
    assert "甲所：{{F" in book.tokens["L1"].shown
    assert "1.00" not in book.tokens["L1"].shown
    assert "- 乙所：2.00万元" in book.filled(masked)


def test_a_quotation_is_one_token_without_its_figures() -> None:
    book = TokenBook()
    quote = "“2031年接待费5万元，压减一成，约合五千元，见{{F1}}”"
    assert book.masked(answer(f"原因是：{quote}")) == "原因是：{{Q1}}"
    shown = book.tokens["Q1"].shown
    assert MASK in shown
    assert not any(c.isdigit() for c in shown)
    assert "五千元" not in shown
    assert "{{" not in shown
    assert book.filled("{{Q1}}") == quote


def test_full_width_digits_and_numerals_are_masked_in_passages() -> None:
    assert masked_passage("共５０.５万元和三百万元，三公经费") == f"共{MASK}万元和{MASK}，三公经费"


def test_unknown_tokens_stay_as_they_are() -> None:
    assert TokenBook().filled("{{F7}}") == "{{F7}}"


def test_names_come_back_from_their_tokens() -> None:
    book = TokenBook()
    names = ["3D打印平台", "2031年专项"]
    shown = book.names(names)
    assert not any(c.isdigit() for name in shown for c in name.split("}}")[-1])
    assert [book.filled(name) for name in shown] == names
