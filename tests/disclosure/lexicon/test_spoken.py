"""Everyday forms of subjects name real codes and never contradict an official name."""

from collections import Counter

import pytest

from disclosure.lexicon import read_data
from disclosure.lexicon.classification import economic, functional, gov_economic
from disclosure.lexicon.spoken import spoken_forms, sums
from disclosure.model import THREE_PUBLIC_PARTS
from disclosure.text import fold

CLASSIFICATIONS = {"subject": functional(), "economic": economic(), "gov_economic": gov_economic()}


@pytest.mark.parametrize(
    ("axis", "code", "form"),
    [
        ("economic", "30211", "出差预算"),
        ("economic", "30201", "买办公用品"),
        ("economic", "30302", "给退休老同志的钱"),
        ("economic", "30207", "电话费"),
        ("economic", "31002", "买电脑"),
        ("subject", "205", "花在教育上的钱"),
        ("subject", "208", "社保就业"),
        ("subject", "2210201", "公积金"),
        ("economic", "30113", "公积金"),
    ],
)
def test_people_say(axis: str, code: str, form: str) -> None:
    assert form in spoken_forms(axis, code)


def test_subject_without_everyday_form() -> None:
    assert spoken_forms("subject", "2150299") == ()
    assert spoken_forms("project", "2150299") == ()


@pytest.mark.parametrize("name", ["spoken_economic.yaml", "spoken_functional.yaml"])
def test_every_code_is_national(name: str) -> None:
    entries = read_data(name)
    assert isinstance(entries, dict)
    for code in entries:
        assert any(code in c for c in CLASSIFICATIONS.values()), code


@pytest.mark.parametrize("axis", CLASSIFICATIONS)
def test_a_form_never_is_the_official_name_of_another_code(axis: str) -> None:
    classification = CLASSIFICATIONS[axis]
    for code in classification:
        for form in spoken_forms(axis, code):
            # 援助其他地区支出 (219) names its 款 like other classes: 教育, 医疗卫生 …
            named = [c for c in classification.by_name(form) if not c.startswith("219")]
            assert not named or code in named, (code, form, named)


@pytest.mark.parametrize("axis", CLASSIFICATIONS)
def test_a_form_names_one_code_of_an_axis(axis: str) -> None:
    forms = Counter(
        fold(form) for code in CLASSIFICATIONS[axis] for form in spoken_forms(axis, code)
    )
    assert [form for form, times in forms.items() if times > 1] == []


def test_forms_are_words_not_characters() -> None:
    for axis, classification in CLASSIFICATIONS.items():
        for code in classification:
            assert all(len(fold(form)) >= 2 for form in spoken_forms(axis, code)), code


def test_a_sum_adds_items_that_do_not_contain_each_other() -> None:
    for word, codes in sums().items():
        assert len(codes) >= 2
        for code in codes:
            assert code in economic() or code in THREE_PUBLIC_PARTS, (word, code)
            assert not any(code != other and other.startswith(code) for other in codes), word


def test_a_sum_is_no_single_item() -> None:
    for word in sums():
        assert economic().by_name(word) == ()
        assert not any(word in spoken_forms("economic", code) for code in economic())
