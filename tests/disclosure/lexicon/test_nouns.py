"""Counted nouns have other names, official and spoken."""

from collections import Counter

import pytest

from disclosure.lexicon.nouns import noun_forms, nouns


@pytest.mark.parametrize(
    ("label", "form"),
    [
        ("科室", "内设机构"),
        ("内设机构", "处室"),
        ("直属单位", "下属单位"),
        ("二级预算单位", "下面的单位"),
        ("在职人员", "上班的人"),
        ("退休人员", "退休老同志"),
        ("行政编制", "公务员编制"),
        ("车辆", "公车"),
        ("副局长", "副职"),
        ("参照公务员管理事业单位", "参公单位"),
    ],
)
def test_other_names(label: str, form: str) -> None:
    assert form in noun_forms(label)


def test_a_label_that_says_more_has_no_forms_of_its_noun() -> None:
    assert noun_forms("新设事业单位") == ()
    assert noun_forms("购置特种车辆") == ()


def test_words_in_front_that_narrow_nothing_are_passed_over() -> None:
    assert "在职" in noun_forms("年末实有在职人员")


def test_unknown_noun() -> None:
    assert noun_forms("报告") == ()


def test_no_form_belongs_to_two_nouns() -> None:
    forms = Counter(form for noun in nouns() for form in {*noun.labels, *noun.spoken})
    assert [form for form, times in forms.items() if times > 1] == []
