"""The outline of a disclosure's narrative."""

from __future__ import annotations

from ingest.sections import Role, outline
from tests.support.narration import document


def test_headings_nest_by_their_numbering() -> None:
    nodes = outline(
        document(
            "第二部分 部门预算情况说明",
            "七、一般公共预算“三公”经费支出情况说明",
            "（一）公务接待费2026年预算5.00万元，与上年持平。",
        )
    )
    assert [node.role for node in nodes] == [Role.HEADING, Role.HEADING, Role.ITEM]
    assert nodes[2].path == ("部门预算情况说明", "一般公共预算“三公”经费支出情况说明")


def test_spaces_that_page_breaks_leave_in_titles_are_gone() -> None:
    nodes = outline(
        document("第二部分 2026年部门预算情况说 明", "一、收支 情况说明", "总预算5万元。")
    )
    assert nodes[0].title == "2026年部门预算情况说明"
    assert nodes[2].path[-1] == "收支情况说明"


def test_table_of_contents_is_left_out() -> None:
    nodes = outline(
        document(
            "目 录",
            "第一部分 概况",
            "- 一、主要职责",
            "第二部分 名词解释",
            "第一部分 概况",
            "一、主要职责",
            "（一）负责全市水务工作。",
        )
    )
    assert [node.title for node in nodes] == ["概况", "主要职责", "负责全市水务工作。"]


def test_unnumbered_headings_are_told_by_the_contents() -> None:
    nodes = outline(
        document(
            "目录",
            "一、部门主要职能",
            "二、部门预算编制说明",
            "临江市水务局是主管水务的政府部门，负责全市水资源的统一管理和监督，保障城乡居民生活、生产经营和生态环境用水"
            "，统筹水利工程建设和运行管理。",
            "部门预算编制说明",
            "2026年，临江市水务局收入预算100万元，其中：财政拨款收入100万元。",
        )
    )
    headings = [node.title for node in nodes if node.role is Role.HEADING]
    assert "部门预算编制说明" in headings
    assert nodes[-1].path == ("部门预算编制说明",)


def test_a_heading_without_number_stands_inside_its_numbered_part() -> None:
    nodes = outline(
        document(
            "第一部分 预算情况说明",
            "一、部门情况说明",
            "临江市水务局主要职责",
            "1.贯彻执行水务方面的法律、法规，拟订全市水务发展规划并组织实施。",
        )
    )
    assert nodes[3].path == ("预算情况说明", "部门情况说明", "临江市水务局主要职责")


def test_items_know_the_paragraph_that_introduces_them() -> None:
    nodes = outline(
        document(
            "五、一般公共预算支出情况说明",
            "一般公共预算支出100万元，其中：",
            "（一）科学技术支出（类）60万元。",
            "（二）教育支出（类）40万元。",
        )
    )
    assert nodes[2].lead is nodes[1]
    assert nodes[3].ancestors() == [nodes[1], nodes[0]]


def test_captions_above_tables_are_no_paragraphs() -> None:
    nodes = outline(
        document("部门名称：405临江市水务局", "单位：万元", "预算公开01表", "部门收支总体情况表")
    )
    assert nodes == ()


def test_a_sentence_broken_before_its_figure_is_joined() -> None:
    nodes = outline(
        document(
            "临江市水务局2026年机关运行经费财政拨款预算", "2,376.26万元，较上年增加222.33万元。"
        )
    )
    assert [node.text for node in nodes] == [
        "临江市水务局2026年机关运行经费财政拨款预算2,376.26万元，较上年增加222.33万元。"
    ]
