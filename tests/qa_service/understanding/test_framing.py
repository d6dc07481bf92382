"""What frames a question is taken off; what the question says of its own stays."""

from __future__ import annotations

import pytest

from qa_service.understanding.framing import numbered, unframed
from qa_service.understanding.segment import ScopeBinding, Word
from qa_service.understanding.vocabulary import general_words

_OFFICES = {
    name: Word(scopes=(ScopeBinding(name, None, name),)) for name in ("水务局", "统计局", "水务")
}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("【12345转】水务局三公经费多少", "水务局三公经费多少"),
        ("[工单20260311]会议费多少", "会议费多少"),
        ("【水务局】会议费多少", "【水务局】会议费多少"),
        ("审计底稿需要:绩效工资占比", "绩效工资占比"),
        ("想问三件事:会议费多少,培训费多少", "会议费多少,培训费多少"),
        ("请一次回答以下3个问题:会议费多少?培训费多少", "会议费多少?培训费多少"),
        ("水务局我想问:会议费多少", "水务局我想问:会议费多少"),
        ("编办同事要:行政编制几名", "行政编制几名"),
        ("我是财政局的,问下水务局三公经费", "问下水务局三公经费"),
        ("我妈在教育局上班,水务局会议费多少", "水务局会议费多少"),
        ("我是水务局的,我们局会议费多少", "我是水务局的,我们局会议费多少"),
        ("我是问财政局的,会议费多少", "我是问财政局的,会议费多少"),
        ("财政局的同志问,水务局会议费多少", "水务局会议费多少"),
        ("帮审计局的老李问一下,会议费多少", "会议费多少"),
        ("会议费多少?我们村想心里有个底", "会议费多少?"),
        ("会议费多少,好给领导汇报", "会议费多少"),
        ("会议费多少?我说的是水务局", "会议费多少?我说的是水务局"),
        ("会议费多少,不含公用经费,写报告用", "会议费多少,不含公用经费"),
        ("项目多少个?先确认是20个吗", "项目多少个?先确认是20个吗"),
    ],
)
def test_a_frame_is_taken_off(text: str, rest: str) -> None:
    assert unframed(text, (general_words(), _OFFICES)) == rest


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "统计局:①总预算②设了几个绩效目标③有几辆车",
            "统计局，总预算是多少？设了几个绩效目标？有几辆车",
        ),
        ("①三公经费②会议费③培训费各多少", "三公经费、会议费、培训费各多少"),
        ("以下几项分别是多少:①差旅费②电费", "差旅费、电费分别是多少"),
        ("1.三公经费多少2.行政编制几名", "三公经费多少？行政编制几名"),
        (
            "水务局1)总预算2)项目个数3)几个项目",
            "水务局，总预算是多少？一共有几个项目？一共几个项目",
        ),
        ("第1,三公经费多少;第2,会议费多少", "三公经费多少？会议费多少"),
        ("一、总预算是多少二、下属几家单位", "总预算是多少？下属几家单位"),
        ("表1、表2的合计数", "表1、表2的合计数"),
        ("差旅费1.5万元", "差旅费1.5万元"),
    ],
)
def test_numbered_parts_ask_for_themselves(text: str, read: str) -> None:
    assert numbered(text) == read
