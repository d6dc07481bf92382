"""Questions are put in a form that splits into parts, with the same meaning."""

from __future__ import annotations

import pytest

from qa_service.understanding.rewriting import rewritten


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("最大项目和最小项目各叫什么、差多少", "最大的项目叫什么，最小的项目叫什么，两者相差多少"),
        ("预算最多的单位和最少的单位差多少", "预算最多的单位，预算最少的单位，两者相差多少"),
        ("最贵的项目是最便宜的项目的多少倍", "最贵的项目，最便宜的项目，两者相差几倍"),
        ("最大和最小的项目分别是多少", "最大的项目是多少，最小的项目是多少"),
        ("哪家单位会议费开得最多", "哪家单位会议费最多"),
        ("会议费增加得最多的单位", "会议费增加得最多的单位"),
        ("医疗3项(行政单位医疗、事业单位医疗)合计多少", "行政单位医疗、事业单位医疗合计多少"),
        ("一般公共预算拨款(上级补助不算)有多少", "一般公共预算拨款有多少，不含上级补助"),
        ("电费减水费等于几", "电费减去水费等于几"),
        ("三公经费减少多少", "三公经费减少多少"),
        ("列出情报所预算、三公和项目数", "情报所预算多少，三公多少，项目有几个"),
        ("本级财政拨款", "财政拨款"),
        ("局本级财政拨款", "局本级财政拨款"),
    ],
)
def test_a_question_is_put_in_parts(text: str, read: str) -> None:
    assert rewritten(text) == read
