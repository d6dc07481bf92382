"""Words of the national classification name subjects as people say them."""

from __future__ import annotations

import pytest

from qa_service.understanding.segment import segment
from qa_service.understanding.vocabulary import general_words, national_words


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("机关服务支出", "机关服务"),  # no 服务支出 of procurement
        ("教育支出", "教育支出"),
    ],
)
def test_a_subject_is_named_with_or_without_spending(said: str, subject: str) -> None:
    first = segment(f"{said}多少钱", (general_words(), national_words()))[0]
    assert first.word is not None
    assert subject in {binding.name for binding in first.word.bindings}
