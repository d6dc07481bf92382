"""Which printed lines are one paragraph, by their words alone."""

from __future__ import annotations

import pytest

from ingest.readers import lines


@pytest.mark.parametrize(
    ("previous", "following"),
    [
        ("（八）科学技术支出（类）科技条件与服务（款）技术创新", "服务体系（项）支出35.50万元。"),
        ("支出包括：科学技术支出8,215.52", "万元、社会保障和就业支出506.96万元。"),
        ("人才队伍建设规划和政策，", "建立健全评价机制。"),
        ("主要用于：保", "障事业单位在职人员医疗保险缴费。"),
        ("主要用于保障机构运转（含离退休", "人员）的支出。"),
        ("预算数为12.94万元，比上年下降0.31", "%，主要是压减经费。"),
    ],
)
def test_a_broken_sentence_goes_on(previous: str, following: str) -> None:
    long = previous if len(previous) > 8 else "2026年预算支出情况说明，" + previous
    assert lines.continues(long, following)


@pytest.mark.parametrize(
    ("previous", "following"),
    [
        ("二、机构设置情况", "我部门为市人民政府工作部门，为正处级。"),
        ("（一）内设机构（科室）的数量、名称、职能等", "根据规定，机关本级内设7个科室。"),
        ("预算公开01表", "部门收支总体情况表"),
        ("部门名称：甲市乙局", "单位：万元"),
        ("完成市委、市政府交办的其他任务", "二、机构设置情况"),
        ("1. 行政单位1个，甲市乙局；", "2. 事业单位2个。"),
        ("本部门没有政府性基金预算支出，与上年持平", "政府采购预算表"),
        ("目录", "第一部分 概况"),
        ("", "正文"),
    ],
)
def test_a_heading_an_item_or_a_caption_starts_anew(previous: str, following: str) -> None:
    assert not lines.continues(previous, following)


def test_lines_are_joined_without_a_space_unless_both_ends_are_words() -> None:
    assert lines.join("支出8,215.52", "万元") == "支出8,215.52万元"
    assert lines.join("budget of", "the bureau") == "budget of the bureau"
