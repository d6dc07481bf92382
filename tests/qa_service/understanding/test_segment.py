"""Segmentation: known words, numbers and years are told from what nothing explains."""

from __future__ import annotations

from decimal import Decimal

from disclosure.lexicon.operations import Cue
from qa_service.understanding.plan import Where
from qa_service.understanding.segment import Binding, Word, segment

_NOUN = Word(bindings=(Binding(Where(measure="expenditure"), "渔业支出", "subject"),))
_WORDS = {"渔业": _NOUN, "渔业支出": _NOUN, "多少": Word(cues=(Cue("amount"),))}


def test_the_longest_known_word_wins() -> None:
    assert [t.text for t in segment("渔业支出多少", (_WORDS,))] == ["渔业支出", "多少"]


def test_what_no_word_explains_is_one_unknown_word() -> None:
    tokens = segment("飞船渔业支出", (_WORDS,))
    assert [t.text for t in tokens if t.unknown] == ["飞船"]


def test_years_and_amounts_are_read() -> None:
    tokens = segment("2031年渔业支出超过10万元", (_WORDS,))
    assert tokens[0].year == 2031
    (amount,) = (t.amount for t in tokens if t.amount)
    assert (amount.value, amount.unit) == (Decimal(10), "万元")


def test_tokens_cover_the_text() -> None:
    text = "2031年的渔业支出，共多少？"
    assert "".join(t.text for t in segment(text, (_WORDS,))) == text
