"""Counted nouns of the narrative."""

from __future__ import annotations

from ingest.narrative.counts import find_counts, find_sums


def _counts(text: str, *, projects: bool = False) -> list[str]:
    return [
        f"{c.measure} {c.item} {c.value}{c.unit}{' ' + c.as_of if c.as_of else ''}"
        for c in find_counts(text, projects=projects)
    ]


def _sums(text: str, *, performance: bool = False) -> list[str]:
    return [f"{c.item} {c.value}{c.unit}" for c in find_sums(text, performance=performance)]


def test_posts_staff_and_offices() -> None:
    assert _counts("机关内设7个科室，行政编制27名。设局长1名，副局长4名，科级领导职数11名。") == [
        "staff 行政编制 27名",
        "staff 局长 1名",
        "staff 副局长 4名",
        "staff 科级领导职数 11名",
        "count 科室 7个",
    ]


def test_units_by_their_kind() -> None:
    assert _counts(
        "共有直属单位4个：行政单位1个；参照公务员管理事业单位1个；全额拨款事业单位2个。"
    ) == [
        "count 直属单位 4个",
        "count 行政单位 1个",
        "count 参照公务员管理事业单位 1个",
        "count 全额拨款事业单位 2个",
    ]


def test_parts_of_the_staff_are_said_without_their_noun() -> None:
    assert _counts("实有人员119人，其中行政108人，事业11人。")[1:] == [
        "staff 实有行政人员 108人",
        "staff 实有事业人员 11人",
    ]


def test_posts_may_be_counted_in_pieces() -> None:
    assert _counts("现有编制120个，实有人数110人。其中：在职110人，离退休52人。") == [
        "staff 编制 120个",
        "staff 实有人数 110人",
        "staff 在职人员 110人",
        "staff 离退休人员 52人",
    ]


def test_vehicles_with_their_date_and_those_to_be_bought() -> None:
    assert _counts(
        "截至2025年12月31日，本部门共有车辆4辆，其中：执法执勤用车3辆。拟购置车辆1辆。"
    ) == [
        "count 车辆 4辆 2025年12月31日",
        "count 执法执勤用车 3辆 2025年12月31日",
        "count 购置车辆 1辆",
    ]


def test_dear_equipment_is_counted_in_sets() -> None:
    assert _counts("单价100万元(含)以上设备2台(套)。") == ["count 单价100万元以上设备 2台（套）"]


def test_projects_are_counted_in_sections_on_performance_only() -> None:
    text = "所有项目支出实施绩效目标管理，涉及本级项目19个，车辆3辆。"
    assert _counts(text, projects=True) == ["count 项目 19个"]
    assert _counts(text) == ["count 车辆 3辆"]


def test_sums_that_stand_outside_the_budget_lines() -> None:
    assert _sums("涉及项目19个，预算资金545.38万元。", performance=True) == [
        "绩效目标管理项目资金 545.38万元"
    ]
    whole = (
        "整体支出纳入绩效目标管理，涉及财政性资金800万元；共3个项目纳入绩效目标管理，"
        "涉及财政性资金合计700万元。"
    )
    assert _sums(whole, performance=True) == [
        "绩效目标管理整体支出资金 800万元",
        "绩效目标管理项目资金 700万元",
    ]
    assert _sums("固定资产金额312.5万元，计划购置车辆1辆、18万元。") == [
        "固定资产金额 312.5万元",
        "购置车辆预算 18万元",
    ]


def test_numbers_of_other_things_are_not_counted() -> None:
    assert _counts("开展检查12次，培训300人次，面积1200平方公里，完成3个方面工作。") == []
