"""The budget language file is consistent, and its forms are recognised in questions and labels."""

from collections import Counter
from collections.abc import Mapping

import pytest

from disclosure.lexicon import Concept, lexicon
from disclosure.lexicon.classification import economic, functional
from disclosure.model import AXES, Aspect, Fund, Measure
from disclosure.text import fold


def _sets(form: str) -> Mapping[str, str]:
    (span,) = lexicon().match(fold(form), colloquial=True)
    assert (span.start, span.end) == (0, len(fold(form)))
    return span.concept.sets


@pytest.mark.parametrize(
    ("said", "sets"),
    [
        ("请客吃饭", {"economic": "30217"}),
        ("养车", {"economic": "30231"}),
        ("买车", {"economic": "31013"}),
        ("公车", {"economic": "公务用车"}),
        ("出国", {"economic": "30212"}),
        ("开会", {"economic": "30215"}),
        ("三公", {"economic": "三公"}),
        ("“三公”经费", {"economic": "三公"}),
        ("养人的钱", {"nature": "personnel"}),
        ("日常公用经费", {"nature": "public"}),
        ("去年没花完的", {"carry": "carried_in"}),
        ("财政给的钱", {"fund": "fiscal"}),
        ("基金预算", {"fund": "government_fund"}),
        ("机关运转", {"measure": "operating"}),
        ("买东西", {"measure": "procurement"}),
        ("总盘子", {"measure": "expenditure"}),
        ("本年支出合计", {"carry": "current", "measure": "expenditure"}),
        ("因公出国（境）费用", {"economic": "30212"}),
    ],
)
def test_said_so_means(said: str, sets: Mapping[str, str]) -> None:
    assert _sets(said) == sets


def test_longest_form_wins() -> None:
    (span,) = lexicon().match("公务用车运行维护费")
    assert span.concept.name == "公务用车运行维护费"
    first, second = lexicon().match("公务用车购置费和公务用车运行维护费")
    assert (first.concept.sets["economic"], second.concept.sets["economic"]) == ("31013", "30231")


def test_everyday_forms_are_for_questions_only() -> None:
    assert lexicon().match("请客吃饭") == []
    assert lexicon().named("请客吃饭") is None
    found = lexicon().named("公务接待费")
    assert found is not None
    assert found.sets == {"economic": "30217"}


def test_no_form_names_two_concepts() -> None:
    forms = Counter(
        form
        for concept in lexicon().concepts
        for form in {fold(f) for f in (concept.name, *concept.formal, *concept.colloquial)}
    )
    assert [form for form, times in forms.items() if times > 1] == []


@pytest.mark.parametrize("concept", lexicon().concepts, ids=lambda concept: concept.name)
def test_coordinates_are_of_the_model(concept: Concept) -> None:
    for axis, member in concept.sets.items():
        assert axis in (*AXES, "measure", "aspect")
        if axis == "measure":
            assert member in set(Measure)
        if axis == "aspect":
            assert member in set(Aspect)
        if axis == "fund":
            assert member in set(Fund)
        if axis == "economic" and member.isdigit():
            assert member in economic()


@pytest.mark.parametrize("concept", lexicon().concepts, ids=lambda concept: concept.name)
def test_an_everyday_form_is_no_official_name_of_a_subject(concept: Concept) -> None:
    for form in concept.colloquial:
        own = concept.sets.get("economic", "")
        assert economic().by_name(form) in ((), (own,)), form
        exact = [c for c in functional() if fold(form) in map(fold, functional().names(c))]
        assert exact == [], form
