"""Labels of figures: what each noun phrase comes to in a scope."""

from __future__ import annotations

import pytest

from disclosure.model import Measure, OrgUnit, Subject
from ingest.narrative.labels import project_part, read_label
from ingest.narrative.readings import Reading, Scope
from ingest.narrative.vocabulary import Vocabulary

UNITS = (
    OrgUnit("777001", "777001", "临江市水务局（本级）", head_office=True),
    OrgUnit("777002", "777002", "临江市水库管理中心"),
)
VOCABULARY = Vocabulary(UNITS, (), ("水库监测",), ("临江市水务局", "市水务局"))


def _read(label: str, scope: Scope | None = None) -> tuple[str, dict[str, str]] | None:
    reading = read_label(label, VOCABULARY, scope or Scope())
    if reading is None:
        return None
    return "+".join(reading.measures), {axis: str(key) for axis, key in reading.axes.items()}


@pytest.mark.parametrize(
    ("label", "measure", "axes"),
    [
        ("2026年部门收入总预算", "revenue", {}),
        ("支出总计", "expenditure", {}),
        ("部门收支总预算", "revenue+expenditure", {}),
        ("一般公共预算拨款收入", "revenue", {"fund": "general"}),
        ("财政拨款支出", "expenditure", {"fund": "fiscal"}),
        ("基本支出预算", "expenditure", {"kind": "basic"}),
        ("项目支出", "expenditure", {"kind": "project"}),
        ("人员经费", "expenditure", {"kind": "basic", "nature": "personnel"}),
        ("机关运行经费", "operating", {}),
        ("政府采购预算", "procurement", {}),
        ("货物类采购预算", "procurement", {"procurement_kind": "goods"}),
        ("纳入政府购买服务预算支出", "service_purchase", {}),
        ("上年结转", "revenue", {"carry": "carried_in"}),
        ("本年收入合计", "revenue", {"carry": "current"}),
        ("科学技术支出", "expenditure", {"subject": "206"}),
        ("临江市水库管理中心支出预算", "expenditure", {"unit": "777002"}),
        ("市水务局2026年支出预算", "expenditure", {}),
        ("水库监测项目", "expenditure", {"project": "水库监测"}),
    ],
)
def test_labels_come_to_measures_and_axes(label: str, measure: str, axes: dict[str, str]) -> None:
    assert _read(label) == (measure, axes)


def test_a_label_with_an_unknown_word_is_not_read() -> None:
    assert _read("中央基建支出预算") is None
    assert _read("扣除一次性因素后支出") is None


def test_filler_alone_names_nothing_and_says_so() -> None:
    reading = read_label("2026年预算安排", VOCABULARY, Scope())
    assert reading is not None
    assert reading.empty


def test_three_public_items_are_over_fiscal_funds() -> None:
    assert _read("“三公”经费支出预算") == ("three_public", {"economic": "三公", "fund": "fiscal"})
    public = Scope(three_public=True)
    assert _read("公务接待费", public) == ("three_public", {"economic": "30217", "fund": "fiscal"})
    assert _read("公务用车购置及运行维护费", public) == (
        "three_public",
        {"economic": "公务用车", "fund": "fiscal"},
    )
    assert _read("会议费", public) == (
        "conference_training",
        {"economic": "30215", "fund": "fiscal"},
    )


def test_outside_three_public_its_items_are_plain_economic_subjects() -> None:
    assert _read("公务接待费", Scope(axis="economic")) == ("expenditure", {"economic": "30217"})


def test_a_name_of_two_classifications_needs_the_scope_to_choose() -> None:
    assert _read("住房公积金") is None
    assert _read("住房公积金", Scope(axis="economic")) == ("expenditure", {"economic": "30113"})
    assert _read("住房公积金", Scope(axis="subject")) == ("expenditure", {"subject": "2210201"})


def test_parts_inherit_what_their_whole_is_narrowed_to() -> None:
    whole = Reading((Measure.EXPENDITURE,), {"fund": "general"}, "一般公共预算拨款支出")
    inside = Scope().inside(whole)
    assert _read("基本支出", inside) == ("expenditure", {"fund": "general", "kind": "basic"})
    assert _read("国有资本经营预算支出", inside) == ("expenditure", {"fund": "state_capital"})


def test_stages_of_final_accounts_are_told_by_their_words() -> None:
    stages = [
        reading.stage if (reading := read_label(label, VOCABULARY, Scope())) else None
        for label in ("支出年初预算", "支出全年预算", "支出决算")
    ]
    assert stages == ["initial", "adjusted", "final"]


def test_short_labels_keep_the_telling_words() -> None:
    reading = read_label("2026年临江市水务局一般公共预算安排的支出", VOCABULARY, Scope())
    assert reading is not None
    assert reading.label == "一般公共预算安排的支出"


def test_in_a_list_of_projects_a_label_is_a_projects_name() -> None:
    listed = Scope(axes={"kind": "project"}, projects=True)
    part = project_part("1.2亿元防汛专项", listed)
    assert part is not None
    assert part.axes["project"] == "1.2亿元防汛专项"
    inside = project_part("编外人员", Scope(axes={"project": "防汛", "kind": "project"}))
    assert inside is not None
    assert inside.axes == {"project": "防汛", "kind": "project", "item": "编外人员"}
    assert project_part("共计", listed) is None


def test_subjects_that_the_disclosure_publishes_win_over_namesakes() -> None:
    own = Vocabulary((), (Subject("subject", "2060501", "2060501", "机构运行", "20605"),))
    reading = read_label("机构运行", own, Scope(axis="subject"))
    assert reading is not None
    assert reading.axes == {"subject": "2060501"}
    unknown = Vocabulary()
    assert read_label("机构运行", unknown, Scope(axis="subject")) is None
