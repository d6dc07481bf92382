"""XLSX and XLS: titles apart, numbers as printed, merged cells, what is hidden left out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment

from disclosure.document import Document
from ingest.errors import EmptyFile, TruncatedFile, UnreadableFile
from ingest.readers import read_document
from ingest.readers.number_format import printed
from tests.ingest.readers.support import grids, paragraphs, rows

DATA = Path(__file__).parent / "data"


def read(workbook: Workbook) -> Document:
    buffer = BytesIO()
    workbook.save(buffer)
    return read_document("a.xlsx", buffer.getvalue())


@pytest.fixture
def workbook() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "收入总表"
    sheet.append(["2026年部门收入总表"])
    sheet.merge_cells("A1:D1")
    sheet.append(["编制部门：甲市乙局", None, None, "单位：万元"])
    sheet.append(["科目", None, "收  入", None])
    sheet.merge_cells("A3:B3")
    sheet.merge_cells("C3:D3")
    sheet.append(["201", "一般公共服务支出", 1234.5, 0])
    sheet.append(["20101", "行政运行", 9050.139999999999, 1000])
    for row in (4, 5):
        for column in "CD":
            sheet[f"{column}{row}"].number_format = "#,##0.00"
    sheet["B5"].alignment = Alignment(indent=1)
    sheet.append(["注：本表不含上年结转。"])
    return book


def test_titles_and_notes_are_paragraphs_and_the_rest_is_the_grid(workbook: Workbook) -> None:
    document = read(workbook)
    assert paragraphs(document) == [
        "2026年部门收入总表",
        "编制部门：甲市乙局",
        "单位：万元",
        "注：本表不含上年结转。",
    ]
    (grid,) = grids(document)
    assert rows(grid) == [
        ["科目", "", "收入", ""],
        ["201", "一般公共服务支出", "1,234.50", "0.00"],
        ["20101", "行政运行", "9,050.14", "1,000.00"],
    ]
    assert grid.spans == {(0, 0): (1, 2), (0, 2): (1, 2)}
    assert grid.rows[2].indents == (0, 2, 0, 0)
    assert grid.rows[0].locator.as_dict() == {
        "file": "a.xlsx",
        "page": 1,
        "line": 3,
        "table": 1,
        "row": 1,
    }


def test_hidden_sheets_rows_and_columns_are_left_out(workbook: Workbook) -> None:
    sheet = workbook.active
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["A"].hidden = True
    hidden = workbook.create_sheet("底稿")
    hidden.append(["科目", 1])
    hidden.sheet_state = "hidden"
    (grid,) = grids(read(workbook))
    assert rows(grid) == [["科目", "收入", ""], ["行政运行", "9,050.14", "1,000.00"]]
    assert grid.spans == {(0, 1): (1, 2)}


def test_a_sheet_of_sentences_is_read_as_paragraphs() -> None:
    book = Workbook()
    for text in ["编制说明", "2026年收入预算100万元。"]:
        book.active.append([text])
    document = read(book)
    assert paragraphs(document) == ["编制说明", "2026年收入预算100万元。"]
    assert not grids(document)


def test_a_title_in_the_middle_of_a_sheet_starts_another_table(workbook: Workbook) -> None:
    sheet = workbook.active
    for row in [[None], ["2026年部门支出总表"], ["科目", "名称", "合计"], ["201", "服务", "1.00"]]:
        sheet.append(row)
    first, second = grids(read(workbook))
    assert len(first.rows) == 3
    assert rows(second) == [["科目", "名称", "合计"], ["201", "服务", "1.00"]]


def test_the_sheet_name_stands_in_for_a_missing_title() -> None:
    book = Workbook()
    book.active.title = "表1收支总表"
    book.active.append(["项目", "预算数"])
    book.active.append(["合计", 1])
    assert paragraphs(read(book)) == ["表1收支总表"]


def test_formulas_without_results_are_told_as_a_gap(workbook: Workbook) -> None:
    workbook.active["C5"] = "=C4*2"
    (gap,) = read(workbook).gaps
    assert "公式" in gap.reason


def test_xls_is_read_like_xlsx() -> None:
    document = read_document("table.xls", (DATA / "table.xls").read_bytes())
    assert paragraphs(document) == ["2026年部门收入总表", "编制部门：甲市乙局", "单位：万元"]
    (grid,) = grids(document)
    assert rows(grid) == [
        ["科目编码", "科目名称", "合计", "其中：财政拨款"],
        ["201", "一般公共服务支出", "1,234.50", "1,000.00"],
        ["20101", "行政运行", "1,234.50", "0.00"],
    ]


def test_a_damaged_xls_is_refused() -> None:
    data = (DATA / "table.xls").read_bytes().replace(b"\x09\x08\x10", bytes(3))
    with pytest.raises(UnreadableFile, match="工作簿结构损坏"):
        read_document("a.xls", data)


@pytest.mark.parametrize("cut", [600, 3000])
def test_a_cut_xls_is_refused(cut: int) -> None:
    with pytest.raises(TruncatedFile):
        read_document("a.xls", (DATA / "table.xls").read_bytes()[:cut])


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(EmptyFile):
        read(Workbook())


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, "0.00_ ", "1234.50"),
        (-3, "#,##0.00;[Red]-#,##0.00", "-3.00"),
        (-3.25, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-3.25"),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (0, "#,##0.00;-#,##0.00;", ""),
        (0.2768, "0.00%", "27.68%"),
        (9050.139999999999, "General", "9050.14"),
        (Decimal("0.1"), "General", "0.1"),
        (2050101, "General", "2050101"),
        (1e16, "General", "10000000000000000"),
        (12.5, "#,##0.##", "12.5"),
        (12, "#,##0.##", "12"),
        (0.005, "0.00", "0.01"),
        (-0.001, "0.00", "0.00"),
        (12345678, '#,##0.00,"千元"', "12,345.68千元"),
        (date(2026, 1, 31), "yyyy/m/d", "2026年1月31日"),
        ("行政运行", "@", "行政运行"),
        (True, "General", "TRUE"),
        (None, "General", ""),
    ],
)
def test_numbers_print_as_their_format_says(value: object, number_format: str, text: str) -> None:
    assert printed(value, number_format) == text
