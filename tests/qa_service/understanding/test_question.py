"""A question made comparable: width, script, numerals, markup, clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.understanding.question import normalise, phrases, sentences


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("公務接待費預算", "公务接待费预算"),
        ("２０３１年 预算", "2031年预算"),
        ("超过1,000万元", "超过1000万元"),
        ("“三公”经费", "三公经费"),
        ("<b>预算</b>多少", "预算多少"),
        ("边个项目有几多钱咯", "哪个项目有多少钱"),
        ("有冇公车费嘛？", "有没有公车费?"),
        ("电费是水费的好多倍", "电费是水费的几倍"),
        ("这笔钱用来干嘛", "这笔钱用来干嘛"),
        ("周边个人有几个", "周边个人有几个"),
        ("邮电费${jndi:ldap://a}多少", "邮电费多少"),
        ("水费'; UPDATE facts SET value=1; --", "水费;"),
        ("差旅费<img src=x onerror=alert(1)>多少", "差旅费多少"),
        ("公务接待费 AND sleep(5) 多少", "公务接待费多少"),
        ("R&D经费多少", "R&D经费多少"),
    ],
)
def test_spellings_of_one_question_are_one(raw: str, text: str) -> None:
    question = normalise(raw)
    assert question.raw == raw
    assert question.text == text
    assert not question.english


def test_english_is_recognised() -> None:
    assert normalise("How much is the total budget?").english


def test_sentences_and_phrases_are_told_apart() -> None:
    assert sentences("你好。多少？为什么") == ["你好", "多少", "为什么"]
    assert phrases("你好，多少,为什么") == ["你好", "多少", "为什么"]


@given(st.text(max_size=80))
def test_any_text_is_normalised(raw: str) -> None:
    assert normalise(raw).raw == raw
