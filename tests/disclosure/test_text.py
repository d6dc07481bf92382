"""Spellings of one word fold together; bigrams are what lexical search compares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.text import bigrams, fold, to_half_width

TEXT = st.text(
    alphabet=st.sampled_from("三公经费（）()“”\"'《》〈〉「」 　\n\tＡａ１2.．%％，,：:柳州")
    | st.characters()
)


@pytest.mark.parametrize(
    ("spelling", "folded"),
    [
        ("“三公”经费", "三公经费"),
        ("因公出国（境）费", "因公出国(境)费"),
        ("２０２６ 年", "2026年"),
        ("《部门收支\n总表》", "部门收支总表"),
        ("一般　公共预算", "一般公共预算"),
    ],
)
def test_spellings_fold_together(spelling: str, folded: str) -> None:
    assert fold(spelling) == folded


@given(TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_folding_leaves_no_space_quotation_or_full_width_mark(text: str) -> None:
    folded = fold(text)
    assert not any(c.isspace() for c in folded)
    assert not set(folded) & set("“”\"'‘’「」『』《》〈〉（）％，：１")


@given(TEXT, TEXT)
def test_folding_goes_letter_by_letter(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


@given(TEXT)
def test_half_width_keeps_the_length(text: str) -> None:
    assert len(to_half_width(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("三公经费", ["三公", "公经", "经费"]),
        ("三", ["三"]),
        ("ABC 3.5万元", ["abc", "3.5", "万元"]),
        ("2060101行政", ["2060101", "行政"]),
        ("", []),
    ],
)
def test_bigrams(text: str, tokens: list[str]) -> None:
    assert bigrams(text) == tokens


@given(TEXT)
def test_bigrams_do_not_depend_on_the_spelling(text: str) -> None:
    assert bigrams(text) == bigrams(fold(text))
