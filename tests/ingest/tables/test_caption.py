"""Captions: label, title, owner and money unit."""

from __future__ import annotations

import pytest

from ingest.tables.caption import Caption, is_noise, is_note, read_above, read_inside, read_line


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("表1", Caption(label="表1")),
        ("表一", Caption(label="表一")),
        ("预算公开01表", Caption(label="预算公开01表")),
        ("公开 01 表", Caption(label="公开01表")),
        ("公开表1-1", Caption(label="公开表1-1")),
        ("预算01表 收支总表", Caption("预算01表", "收支总表")),
        ("预算表12 项目支出绩效目标表", Caption("预算表12", "项目支出绩效目标表")),
        ("表11：2026年市级部门项目支出绩效表", Caption("表11", "2026年市级部门项目支出绩效表")),
        ("（一）收支总表", Caption(title="收支总表")),
        ("一般公共预算支出表（按功能分类）", Caption(title="一般公共预算支出表（按功能分类）")),
        ("部门名称：某局（本级） 单位：万元", Caption(owner="某局（本级）", money_unit="万元")),
        ("单位：某局（本级） 单位：元", Caption(owner="某局（本级）", money_unit="元")),
        ("金额单位：万元", Caption(money_unit="万元")),
        ("（2026年度）", Caption()),
        ("2026年部门收支总预算9,050.14万元，同比减少。", None),
        ("详见表12", None),
        ("支出功能分类科目", None),
        ("注：本表无数据。", None),
    ],
)
def test_line_gives_its_part_of_a_caption(line: str, caption: Caption | None) -> None:
    assert read_line(line) == caption


def test_caption_above_a_grid_ends_at_other_text() -> None:
    lines = ["三、支出总表（表3）", "这是正文。", "表2", "收入总表", "- 15 -", "单位：万元"]
    assert read_above(lines) == Caption("表2", "收入总表", "", "万元")


def test_caption_in_the_first_rows_of_a_grid() -> None:
    rows = [
        ("公开02表", "", ""),
        ("收入总表", "", ""),
        ("单位：某局", "", "单位：万元"),
        ("单位代码", "单位名称", "合计"),
    ]
    assert read_inside(rows) == (Caption("公开02表", "收入总表", "某局", "万元"), 3)


def test_header_of_a_table_is_no_caption() -> None:
    assert read_inside([("收入", "", "支出", ""), ("项目", "预算数", "项目", "预算数")])[1] == 0


def test_page_numbers_and_notes_are_told() -> None:
    assert all(is_noise(text) for text in ("- 15 -", "— 8 —", "12", "第3页", " "))
    assert not is_noise("表12")
    assert is_note("（注：本表无数据）")
