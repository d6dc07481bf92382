"""Personal numbers are masked; figures, codes and years are not."""

from __future__ import annotations

import pytest

from qa_service.records.masking import masked, personal_numbers, without


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("我的电话13812345678，三公经费多少", "我的电话138****5678，三公经费多少"),
        ("138-1234-5678问的", "138****5678问的"),
        ("+86 138 1234 5678", "138****5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("0772-2825513", "0772-****5513"),
        ("(010)62345678", "(010)-****5678"),
        ("请回电2825513", "请回电****"),
        ("身份证45020319900101123X", "身份证450203********123X"),
        ("450203900101123", "450203******123"),
        ("幺三八零零一三八零零零", "****"),
    ],
)
def test_personal_number_is_masked(written: str, kept: str) -> None:
    assert masked(written) == kept


@pytest.mark.parametrize(
    "text",
    [
        "预算13812345678元",
        "13812345678.12",
        "总额13912345678 万元",
        "1,381,234.56万元",
        "2060301 机构运行 2026年",
        "45020319901301123X",  # no month 13: nobody's identity number
        "项目编码45020020260101123456",
    ],
)
def test_figure_or_code_stays(text: str) -> None:
    assert masked(text) == text
    assert personal_numbers(text) == ()


def test_text_that_repeats_a_question_loses_its_numbers_only() -> None:
    numbers = personal_numbers("我是13812345678，座机2825513不通，电话2825513")
    told = without("没有找到“13812345678”“2825513”，合计13912345678元。", numbers)
    assert told == "没有找到“138****5678”“****”，合计13912345678元。"
