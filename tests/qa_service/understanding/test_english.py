"""English questions are turned and put in the Chinese words that the planner reads."""

from __future__ import annotations

import pytest

from qa_service.understanding.question import normalise


@pytest.mark.parametrize(
    ("english", "read"),
    [
        ("What about the information institute?", "情报研究所呢"),
        ("and for Shenzhen Justice Bureau?", "深圳司法局呢"),
        ("electricity bill budget pls", "电费预算"),
        ("Which is higher, the conference fee or the training fee?", "会议费和培训费哪个多?"),
        ("Is the training fee higher than the conference fee?", "培训费比会议费多吗?"),
        ("How much more is the training fee than the meeting fee?", "培训费比会议费多多少?"),
        ("Is the total budget lower than last year?", "总预算更少比上年?"),
        ("What is the total budget and how many units are there?", "总预算是多少?一共有几个单位?"),
        ("List the top 3 projects by budget", "预算最多的前3个项目"),
        ("How many cars does Shenzhen Water Affairs Bureau own?", "深圳水务局有几辆车?"),
        ("How much of the total budget is personnel?", "人员经费占总预算的比例?"),
        (
            "Compare the three-public expenses of Wuxi Audit Bureau and Wuxi Justice Bureau",
            "无锡审计局和无锡司法局的三公经费相差多少",
        ),
        (
            "What's Guangzhou Health Commission's budget vs Shenzhen Health Commission's?",
            "广州卫生健康委员会预算和深圳卫生健康委员会?",
        ),
        (
            "What kind of unit is the Science and Technology Information Institute?",
            "科学技术情报研究所是什么性质的单位?",
        ),
        ("How many projects cost more than 5 million yuan?", "几个项目超过500万元?"),
    ],
)
def test_english_is_read(english: str, read: str) -> None:
    assert normalise(english).text == read
