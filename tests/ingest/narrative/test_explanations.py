"""Reasons and purposes: where they begin and end, and what they explain."""

from __future__ import annotations

from disclosure.model import PassageKind
from ingest.narrative.explanations import find_zones


def _zones(text: str) -> list[tuple[str, str, str]]:
    return [(z.kind.value, z.label, text[z.start : z.end]) for z in find_zones(text)]


def test_a_reason_runs_to_the_end_of_its_sentence() -> None:
    text = "支出5万元，同比减少3万元，减少的主要原因是：人员减少，厉行节约。其他收入2万元。"
    assert _zones(text) == [("reason", "", "减少的主要原因是：人员减少，厉行节约。")]


def test_what_a_reason_explains_may_stand_before_it() -> None:
    assert _zones("公用经费减少的主要原因是人员减少。") == [
        ("reason", "公用经费", "减少的主要原因是人员减少。")
    ]


def test_numbered_reasons_are_one_reason() -> None:
    text = "增长5%，主要原因是：一是工资调整；二是新增项目3万元。三是物价上涨。项目支出3万元。"
    assert _zones(text) == [
        ("reason", "", "主要原因是：一是工资调整；二是新增项目3万元。三是物价上涨。")
    ]


def test_a_reason_ends_where_the_next_figure_is_named() -> None:
    text = "比上年减少1万元，主要原因是压减项目；支出预算9万元，比上年减少1万元。"
    assert _zones(text) == [("reason", "", "主要原因是压减项目；")]


def test_a_purpose_ends_at_the_comparison_with_last_year() -> None:
    text = "机关运行经费9万元，主要用于办公、印刷，比上年减少1万元。"
    assert _zones(text) == [("purpose", "", "主要用于办公、印刷，")]


def test_mainly_is_a_reason_after_a_change_and_a_purpose_after_an_amount() -> None:
    kinds = [
        z.kind for z in find_zones("比上年增加3万元，主要是新增项目。水务经费5万元，主要是巡河。")
    ]
    assert kinds == [PassageKind.REASON, PassageKind.PURPOSE]


def test_a_list_of_figures_is_no_purpose() -> None:
    assert _zones("项目支出9万元，主要包括：甲项目5万元；乙项目4万元。") == []
    assert _zones("人员经费9万元，主要包括：基本工资、津贴补贴。") == [
        ("purpose", "", "主要包括：基本工资、津贴补贴。")
    ]


def test_the_law_on_purposes_is_no_purpose() -> None:
    assert _zones("根据《预算法》，政府性基金预算是指专项用于特定公共事业发展的收支预算。") == []
