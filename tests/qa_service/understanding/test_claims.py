"""Assertions of questions are put in words that are planned for; other questions stay."""

from __future__ import annotations

import pytest

from qa_service.understanding.claims import asserted_in_words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("80%以上的钱都是项目支出,对不对", "项目支出占80%以上,对不对"),
        ("三公84.8%都是出国费,对吗", "三公里出国费占84.8%,对吗"),
        ("三公里近40%是接待费,是吗", "三公里接待费占近40%,是吗"),
        ("一半以上的钱花在项目上,真的吗", "项目占50%以上,真的吗"),
        ("加起来对得上12.94吗", "加起来对得上12.94万元吗"),
        ("占30%的是哪个项目", "占30%的是哪个项目"),
        ("预算涨了3.31%是真的吗", "预算涨了3.31%是真的吗"),
        ("80%以上的钱都是项目支出", "80%以上的钱都是项目支出"),
    ],
)
def test_an_assertion_is_a_share(text: str, read: str) -> None:
    assert asserted_in_words(text) == read
