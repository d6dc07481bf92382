"""Performance targets in cells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.tables.targets import read_cell, read_target


def test_cell_with_several_targets_is_split_with_their_spans() -> None:
    cell = "引进(含柔性)和培育G类以上人才总数(≥10人)关键技术（转化）成果(≥3项) 提供服务天数(全年)"
    found = list(read_cell(cell))
    assert [(one.indicator, one.text) for one in found] == [
        ("引进(含柔性)和培育G类以上人才总数", "≥10人"),
        ("关键技术（转化）成果", "≥3项"),
        ("提供服务天数", "全年"),
    ]
    assert [cell[one.start : one.end] for one in found][1] == "关键技术（转化）成果(≥3项)"


def test_nested_brackets_belong_to_the_target() -> None:
    (target,) = read_cell("服务对象满意度(参赛企业满意度(抽测)不小于90%)")
    assert (target.indicator, target.value, target.unit) == ("服务对象满意度", Decimal(90), "%")
    assert target.comparator == "≥"


def test_cell_without_brackets_is_one_indicator() -> None:
    (target,) = read_cell("按计划完成")
    assert (target.indicator, target.text, target.value) == ("按计划完成", "", None)


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("≥3人", "≥", "3", "人"),
        ("不超过10万元", "≤", "10", "万元"),
        ("投诉率低于5%", "<", "5", "%"),
        ("=1个", "=", "1", "个"),
        ("100%", "", "100", "%"),
        ("≥330台（套）", "≥", "330", "台（套）"),
        ("≥13459.00(平方米)", "≥", "13459.00", "平方米"),
        ("12月31日前", "", None, ""),
        ("全年", "", None, ""),
        ("不超过批复预算", "", None, ""),
        ("村党总支保持4星级党支部", "", None, ""),
    ],
)
def test_target_is_a_figure_only_if_it_states_one(
    text: str, comparator: str, value: str | None, unit: str
) -> None:
    target = read_target("指标", text, 0, len(text))
    assert target.comparator == comparator
    assert target.value == (Decimal(value) if value else None)
    assert target.unit == unit
    assert target.text == text


def test_unit_may_stand_behind_the_indicator() -> None:
    target = read_target("提交的审计建议数量（条）", "≥90", 0, 3)
    assert (target.value, target.unit) == (Decimal(90), "条")
    assert read_target("审计整改完成率（%）", "≥85%", 0, 4).unit == "%"
