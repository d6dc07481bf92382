"""Subjects named by 类, 款 and 项, or by code."""

from __future__ import annotations

import pytest

from disclosure.text import fold
from ingest.narrative.subjects import find_subject
from ingest.narrative.vocabulary import Vocabulary

VOCABULARY = Vocabulary()


def _key(label: str) -> str | None:
    found = find_subject(fold(label), VOCABULARY)
    return found.key if found else None


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("科学技术支出（类）应用研究（款）机构运行（项）支出", "2060301"),
        ("科学技术支出（类）科技条件与服务（款）机构运行（项）", "2060501"),
        ("科学技术支出（类）", "206"),
        ("社会保障和就业支出（类）行政事业单位养老支出（款）", "20805"),
        ("住房保障支出（221类）住房改革支出（02款）住房公积金（01项）", "2210201"),
        ("社会保障和就业（类）行政事业单位养老支出（款）行政单位离退休（项）", "2080501"),
        ("行政运行（2060101）", "2060101"),
        ("2060101行政运行", "2060101"),
        ("[2210201]住房公积金", "2210201"),
        ("办公费（30201）", "30201"),
    ],
)
def test_the_code_follows_from_the_names_around(label: str, code: str) -> None:
    assert _key(label) == code


def test_a_subject_that_no_list_knows_keeps_its_name() -> None:
    assert _key("科学技术支出（类）应用研究（款）月球研究（项）") == "月球研究"


def test_a_name_without_the_levels_that_tell_it_apart_is_not_guessed() -> None:
    assert _key("机构运行（项）") is None


def test_words_around_the_subject_are_left_for_the_label() -> None:
    found = find_subject(fold("一般公共预算科学技术支出（类）基本支出"), VOCABULARY)
    assert found is not None
    assert (found.key, found.rest) == ("206", "一般公共预算基本支出")


def test_a_name_that_contradicts_its_code_is_refused() -> None:
    assert _key("行政运行（2060102）") is None
