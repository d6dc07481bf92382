"""Units and subjects that only the narrative names; goals that only tables print."""

from __future__ import annotations

from dataclasses import replace

from disclosure.document import Locator
from disclosure.model import Aspect, Coordinates, Fact, Measure, PassageKind, Subject
from ingest.narrative.goals import goal_passages
from ingest.narrative.members import named_units, national_subjects
from ingest.sections import outline
from ingest.tables.target_facts import GOAL_CLASS
from tests.support.narration import document, narrative


def _units(*lines: str) -> list[str]:
    return [unit.name for unit in named_units(outline(document(*lines)), "临江市水务局")]


def test_units_listed_in_the_structure_section() -> None:
    assert _units(
        "二、机构设置情况",
        "下属事业单位3个，分别是：临江市水库管理中心、临江市水文监测站和临江市河道管理所。",
    ) == ["临江市水库管理中心", "临江市水文监测站", "临江市河道管理所"]


def test_units_listed_one_an_item() -> None:
    assert _units(
        "二、机构设置情况",
        "纳入部门预算编制范围的二级预算单位包括：",
        "1.临江市水务局",
        "2.临江市水库管理中心",
        "3.临江市水文监测站；",
    ) == ["临江市水库管理中心", "临江市水文监测站"]


def test_offices_of_the_bureau_are_no_units() -> None:
    assert (
        _units("二、机构设置情况", "下设内设机构3个，分别是：水资源管理处、综合计划管理处。") == []
    )


def test_subjects_that_only_sentences_give_are_named_by_the_national_list() -> None:
    facts = narrative("五、支出说明", "（一）科学技术支出（类）5万元。").facts
    assert national_subjects(facts, ()) == (Subject("subject", "206", "206", "科学技术支出", ""),)
    known = (Subject("subject", "206", "206", "科学技术支出", ""),)
    assert national_subjects(facts, known) == ()


def test_annual_goals_of_tables_become_passages_labelled_with_their_project() -> None:
    goal = Fact(
        "f1",
        "样例",
        Measure.TARGET,
        Aspect.AMOUNT,
        Coordinates(project="水库监测"),
        None,
        "",
        2026,
        "年度绩效目标",
        Locator("a.txt", line=3),
        text_value="完成全部水库监测。",
        indicator_class=GOAL_CLASS,
    )
    indicator = replace(goal, id="f2", indicator_class="数量指标")
    (passage,) = goal_passages("样例", [goal, indicator], ())
    assert (passage.kind, passage.subject_label) == (PassageKind.GOAL, "水库监测")
    assert passage.text == "完成全部水库监测。"
