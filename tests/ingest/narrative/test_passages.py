"""Passages: what they are, what they explain, and that each stands alone."""

from __future__ import annotations

from disclosure.document import Locator
from disclosure.model import PassageKind
from ingest.narrative import NarrativeContext
from ingest.narrative.passages import Passages, split_items
from tests.support.narration import budget, narrative


def _passages(*lines: str, context: NarrativeContext | None = None) -> list[tuple[str, str, str]]:
    found = narrative(*lines, context=context).passages
    return [(p.kind.value, p.subject_label, p.text) for p in found]


def test_every_duty_is_a_passage_of_its_own() -> None:
    assert _passages(
        "第一部分 概况", "一、主要职责", "（一）拟订全市水务规划。", "（二）负责防汛抗旱工作。"
    ) == [("duty", "", "（一）拟订全市水务规划。"), ("duty", "", "（二）负责防汛抗旱工作。")]


def test_duties_printed_in_one_paragraph_are_parted() -> None:
    assert [
        text
        for _, _, text in _passages(
            "一、主要职责", "主要职责是：1.拟订全市水务规划。2.负责防汛抗旱工作。3.管理水库。"
        )
    ] == ["主要职责是：", "1.拟订全市水务规划。", "2.负责防汛抗旱工作。", "3.管理水库。"]


def test_terms_are_labelled_with_what_they_define() -> None:
    assert _passages("第四部分 名词解释", "一、财政拨款收入：指财政部门当年拨付的资金。") == [
        ("term", "财政拨款收入", "一、财政拨款收入：指财政部门当年拨付的资金。")
    ]


def test_terms_of_subjects_are_labelled_with_the_innermost_name() -> None:
    term = "五、教育支出（类）进修及培训（款）培训支出（项）：指对工作人员进行培训的支出。"
    assert _passages("第四部分 名词解释", term) == [("term", "培训支出", term)]


def test_a_short_definition_is_no_heading() -> None:
    term = "（八）机关运行经费：指一般公共预算安排的日常公用经费支出。"
    assert _passages("名词解释", term, "2026年部门预算编制说明")[0] == (
        "term",
        "机关运行经费",
        term,
    )


def test_a_short_sentence_with_its_purpose_is_a_purpose() -> None:
    sentence = "（一）科学技术支出（类）应用研究（款）机构运行（项）支出7万元。主要用于：人员经费。"
    assert _passages("五、一般公共预算支出情况说明", sentence) == [
        ("purpose", "机构运行", sentence)
    ]


def test_a_reason_names_what_it_explains() -> None:
    assert _passages(
        "三、支出说明", "住房保障支出7万元，同比增加1万元，增加的主要原因是：调标。"
    ) == [("reason", "住房保障支出", "住房保障支出7万元，同比增加1万元，增加的主要原因是：调标。")]


def test_several_reasons_of_one_paragraph_also_stand_alone() -> None:
    found = _passages(
        "三、支出说明",
        "基本支出7万元，同比增加1万元，增加的主要原因是调标。项目支出9万元，同比减少1万元，减少的主要原因是压减。",
    )
    assert [(kind, label) for kind, label, _ in found] == [
        ("paragraph", "基本支出"),
        ("reason", "基本支出"),
        ("reason", "项目支出"),
    ]
    assert found[2][2] == "项目支出9万元，同比减少1万元，减少的主要原因是压减。"


def test_goals_of_a_projects_account_carry_the_projects_name() -> None:
    found = _passages(
        "十二、项目预算情况", "项目名称：水库监测", "年度绩效目标：完成全部水库监测。"
    )
    assert found[-1] == ("goal", "水库监测", "年度绩效目标：完成全部水库监测。")


def test_a_note_stands_under_the_table_that_it_was_printed_below() -> None:
    note = "注：本部门无国有资本经营预算支出。"
    context = budget()
    context = NarrativeContext(
        context.disclosure_id,
        context.year,
        context.kind,
        context.own_names,
        notes={note.replace("：", ":"): "表9《国有资本经营预算支出表》"},
    )
    found = narrative("一、说明", note, context=context).passages
    assert [(p.kind, p.section) for p in found] == [
        (PassageKind.NOTE, ("表9《国有资本经营预算支出表》",))
    ]


def test_rests_of_tables_and_title_lines_are_no_passages() -> None:
    assert _passages("临江市水务局", "1 2 3 4 5 6 7 8 9", "12.00 13.00 合计") == []


def test_ids_come_from_content_and_repeated_content_is_numbered() -> None:
    def ids() -> list[str]:
        passages = Passages("样例")
        for _ in range(2):
            passages.add(PassageKind.DUTY, ("职责",), "负责防汛。", Locator("a.txt", line=1))
        return [p.id for p in passages.found]

    assert ids() == ids()
    assert len(set(ids())) == 2


def test_items_of_one_paragraph_must_count_up() -> None:
    assert split_items("职责：1.甲。2.乙。3.丙。") == ["职责：", "1.甲。", "2.乙。", "3.丙。"]
    assert split_items("比例为1.5。2.5倍。") == ["比例为1.5。2.5倍。"]
