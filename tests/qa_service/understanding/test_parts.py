"""Splitting a question into parts: what asks stands with what leads up to it."""

from __future__ import annotations

from disclosure.lexicon.operations import cues
from qa_service.understanding.parts import parts_of
from qa_service.understanding.segment import Word

_WORDS = {form: Word(cues=found) for form, found in cues().items()}


def test_a_lead_stands_with_what_it_leads_to() -> None:
    assert parts_of("情报所今年，经费多少，为什么", _WORDS) == ["情报所今年，经费多少", "为什么"]


def test_bare_words_are_one_part() -> None:
    assert parts_of("出差预算", _WORDS) == ["出差预算"]


def test_two_sentences_that_ask_are_two_parts() -> None:
    assert len(parts_of("接待费多少？培训费多少？", _WORDS)) == 2


def test_a_supposition_is_no_part() -> None:
    assert parts_of("假如减少一半，接待费多少", _WORDS) == ["接待费多少"]


def test_nothing_has_no_parts() -> None:
    assert parts_of("，。", _WORDS) == []
