"""Questions that take back what they began with, and follow-ups that change one thing."""

from __future__ import annotations

import pytest

from qa_service.understanding.following import as_corrected, instead


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("明年…不对,今年的三公经费是多少", "今年的三公经费是多少"),
        ("会议费…啊不是,培训费多少", "培训费多少"),
        ("去年,哦不,今年的差旅费是多少", "今年的差旅费是多少"),
        ("情报所的会议费,说错了,培训费多少", "情报所的培训费多少"),
        ("三公经费是12.94万,不对吗", "三公经费是12.94万,不对吗"),
        ("三公经费多少,对不对", "三公经费多少,对不对"),
    ],
)
def test_what_is_taken_back_is_not_asked(text: str, read: str) -> None:
    assert as_corrected(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("换成情报所呢", "情报所呢"),
        ("要是换作培训费呢", "培训费呢"),
        ("换成元呢", "换成元呢"),
        ("换成万元是多少", "换成万元是多少"),
    ],
)
def test_one_thing_stands_instead(text: str, read: str) -> None:
    assert instead(text) == read
