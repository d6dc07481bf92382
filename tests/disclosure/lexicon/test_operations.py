"""Cue phrases name what a question asks for; subjects of budgets are never taken for cues."""

import pytest

from disclosure.lexicon import lexicon, read_data
from disclosure.lexicon.classification import Classification, economic, functional
from disclosure.lexicon.operations import Cue, cues
from disclosure.text import fold


@pytest.mark.parametrize(
    ("form", "cue"),
    [
        ("占比", Cue("share")),
        ("百分之几", Cue("share")),
        ("比去年", Cue("change")),
        ("多了还是少了", Cue("change")),
        ("涨了", Cue("up")),
        ("下降", Cue("down")),
        ("去年", Cue("prior")),
        ("差多少", Cue("difference")),
        ("几倍", Cue("ratio")),
        ("最多", Cue("rank", "desc")),
        ("最少", Cue("rank", "asc")),
        ("多少个", Cue("count")),
        ("有哪些", Cue("list")),
        ("什么意思", Cue("define")),
        ("为什么", Cue("why")),
        ("干什么用", Cue("purpose")),
        ("一共", Cue("total")),
        ("人均", Cue("average", "head")),
        ("每月", Cue("average", "month")),
        ("换算成元", Cue("convert", "元")),
        ("哪张表", Cue("which_table")),
        ("谁出钱", Cue("which_fund")),
        ("除了", Cue("exclude")),
        ("实际花了", Cue("execution")),
        ("手机号", Cue("private")),
        ("合理吗", Cue("opinion")),
        ("天气", Cue("small_talk")),
        ("你好", Cue("greeting")),
        ("请问", Cue("harmless")),
        ("捋一遍", Cue("harmless")),
        ("写论文用", Cue("harmless")),
        ("依次", Cue("harmless")),
        ("以上", Cue("compare", ">=")),
    ],
)
def test_cue(form: str, cue: Cue) -> None:
    assert cue in cues()[form]


def test_forms_are_folded() -> None:
    assert all(fold(form) == form for form in cues())


def test_entries_of_one_cue_and_value_stand_together() -> None:
    entries = read_data("operations.yaml")
    assert isinstance(entries, list)
    keys = [(entry["cue"], entry.get("value", "")) for entry in entries]
    assert len(set(keys)) == len(keys)


def test_no_form_is_harmless_and_telling() -> None:
    harmless = Cue("harmless")
    telling = {form for form, found in cues().items() if harmless in found and len(found) > 1}
    # 的钱, 谁 and the like may also be part of a question word; they must stay few.
    assert len(telling) <= 12, telling


def _names(classification: Classification) -> set[str]:
    return {fold(name) for code in classification for name in classification.names(code)}


def test_no_cue_is_the_name_of_a_money_item() -> None:
    assert not _names(economic()) & set(cues())
    for form in cues():
        concept = lexicon().named(form)
        assert concept is None or "aspect" in concept.sets, form


def test_refusals_never_swallow_a_subject() -> None:
    refusals = {"private", "opinion", "small_talk", "service", "greeting"}
    forms = {form for form, found in cues().items() if {cue.name for cue in found} & refusals}
    assert not forms & _names(functional())
