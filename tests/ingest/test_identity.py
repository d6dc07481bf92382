"""Identity of a document from its content: body, year, kind, level, what is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from disclosure.document import Document, Grid, Locator, Row
from disclosure.model import Kind, Level, Region
from ingest.identity import identify
from tests.support.narration import document


def _grid(*rows: tuple[str, ...]) -> Grid:
    where = Locator("样例.txt", line=1)
    return Grid(tuple(Row(cells, where) for cells in rows), where)


def _with(paragraphs: Document, *grids: Grid) -> Document:
    return replace(paragraphs, blocks=(*paragraphs.blocks, *grids))


TABLE = _grid(
    ("部门代码", "部门名称", "合计"),
    ("777", "柳州市水务局", "900.14"),
    ("合计", "", "900.14"),
)


def test_everything_that_a_title_page_says() -> None:
    found = identify(document("777柳州市水务局2026年部门预算公开说明", "目录"))
    assert (found.department, found.code, found.year) == ("柳州市水务局", "777", 2026)
    assert (found.kind, found.level) == (Kind.BUDGET, Level.DEPARTMENT)
    assert found.region == Region("广西壮族自治区", "柳州市", "")
    assert found.title == "柳州市水务局2026年部门预算"
    assert found.missing == ()


def test_head_office_and_units_are_level_unit() -> None:
    assert identify(document("2026年柳州市水务局单位预算", "目录")).level is Level.UNIT
    head = identify(document("柳州市水务局（本级）2026年部门预算", "目录"))
    assert (head.level, head.head_office, head.department) == (Level.UNIT, True, "柳州市水务局")


def test_the_file_name_is_not_believed() -> None:
    other = replace(
        document("柳州市水务局2026年部门预算", "目录"), file="南宁市教育局2020年决算.txt"
    )
    found = identify(other)
    assert (found.department, found.year, found.kind) == ("柳州市水务局", 2026, Kind.BUDGET)


def test_tables_without_title_page_are_known_by_captions_and_cells() -> None:
    found = identify(
        _with(document("部门名称：柳州市水务局", "2026年部门收支预算总表", "单位：万元"), TABLE)
    )
    assert (found.department, found.code, found.year) == ("柳州市水务局", "777", 2026)
    assert not found.narrative
    assert Decimal("900.14") in found.totals


def test_what_is_not_said_is_missing() -> None:
    found = identify(_with(document("收支总表"), _grid(("项目", "金额"), ("合计", "900.14"))))
    assert found.missing == ("部门名称", "年度", "预算或决算")


def test_narratives_are_told_by_sentences_that_state_amounts() -> None:
    sentence = "2026年收入预算5万元，支出预算5万元。"
    assert identify(document("柳州市水务局2026年部门预算", *[sentence] * 3)).narrative
    assert not identify(document("柳州市水务局2026年部门预算", "收入预算5万元")).narrative


def test_a_tables_file_without_owner_is_of_the_unit_above_all_others() -> None:
    tables = _with(
        document("2026年部门收入总表"),
        _grid(
            ("部门（单位）代码", "部门（单位）名称", "合计"),
            ("", "合计", "30.00"),
            ("777", "临江市水务局", "30.00"),
            ("777001", "临江市水务局（本级）", "20.00"),
            ("777002", "临江市河道管理所", "10.00"),
        ),
    )
    found = identify(tables)
    assert (found.department, found.code, found.year) == ("临江市水务局", "777", 2026)
