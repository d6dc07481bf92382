"""Chinese numerals in questions: numbers become digits, words stay words."""

from __future__ import annotations

import pytest

from qa_service.understanding.numerals import digits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十万元以上的项目", "10万元以上的项目"),
        ("一百二十万元", "120万元"),
        ("二〇三一年预算", "2031年预算"),
        ("前三名", "前3名"),
        ("排第二的是", "排第2的是"),
        ("下降百分之五", "下降5%"),
        ("两个项目", "2个项目"),
    ],
)
def test_numbers_become_digits(text: str, expected: str) -> None:
    assert digits(text) == expected


@pytest.mark.parametrize(
    "text", ["三公经费", "一般公共预算", "第一书记", "统一项目", "哪一个项目", "我想问一下", ""]
)
def test_numerals_inside_words_stay(text: str) -> None:
    assert digits(text) == text
