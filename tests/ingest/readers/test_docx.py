"""DOCX: body order, merged and nested tables, automatic numbers, revisions."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.document import Document as Docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from disclosure.document import Document, Grid, Paragraph
from ingest.errors import EmptyFile
from ingest.readers import read_document
from tests.ingest.readers.support import grids, paragraphs, rows


def read(package: Docx) -> Document:
    buffer = BytesIO()
    package.save(buffer)
    return read_document("a.docx", buffer.getvalue())


def test_paragraphs_and_tables_come_in_body_order() -> None:
    package = docx.Document()
    package.add_heading("第一部分 概况", level=1)
    package.add_paragraph("部门预算收支总体情况如下。")
    table = package.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["项目", "预算数", "合  计", "1,234.50"], strict=True):
        cell.text = text
    package.add_paragraph("注：无。")
    heading, before, grid, after = read(package).blocks
    assert isinstance(heading, Paragraph)
    assert (heading.text, heading.level) == ("第一部分 概况", 1)
    assert isinstance(before, Paragraph)
    assert isinstance(grid, Grid)
    assert rows(grid) == [["项目", "预算数"], ["合计", "1,234.50"]]
    assert isinstance(after, Paragraph)
    assert [block.locator.line for block in (heading, before, grid, after)] == [1, 2, 3, 5]


def test_merged_cells_keep_their_text_at_the_top_left() -> None:
    package = docx.Document()
    table = package.add_table(rows=3, cols=3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "支出"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "科目"
    table.cell(1, 1).text, table.cell(1, 2).text = "基本", "项目"
    table.cell(2, 0).text, table.cell(2, 2).text = "行政运行", "2.00"
    (grid,) = grids(read(package))
    assert rows(grid) == [
        ["科目", "支出", ""],
        ["", "基本", "项目"],
        ["行政运行", "", "2.00"],
    ]
    assert grid.spans == {(0, 0): (2, 1), (0, 1): (1, 2)}


def test_a_table_in_a_frame_is_read_as_the_table() -> None:
    package = docx.Document()
    frame = package.add_table(rows=1, cols=1).cell(0, 0)
    inner = frame.add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "合计", "1.00"
    assert rows(grids(read(package))[0]) == [["合计", "1.00"]]


def test_automatic_numbers_are_part_of_the_text() -> None:
    package = docx.Document()
    numbering = package.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0">'
            '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>'
            '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
            '<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>')
    )
    for text, level in [("主要职责", 0), ("拟订规划。", 1), ("组织实施。", 1), ("机构设置", 0)]:
        numbers = package.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        numbers.get_or_add_ilvl().val = level
        numbers.get_or_add_numId().val = 91
    assert paragraphs(read(package)) == [
        "一、主要职责",
        "（一）拟订规划。",
        "（二）组织实施。",
        "二、机构设置",
    ]


def test_deleted_text_is_out_and_inserted_text_is_in() -> None:
    package = docx.Document()
    paragraph = package.add_paragraph("预算")
    for tag, text_tag, text in [("w:del", "w:delText", "旧数"), ("w:ins", "w:t", "新数。")]:
        change, run = OxmlElement(tag), OxmlElement("w:r")
        content = OxmlElement(text_tag)
        content.text = text
        run.append(content)
        change.append(run)
        paragraph._p.append(change)
    assert paragraphs(read(package)) == ["预算新数。"]


def test_indents_of_the_first_column_are_kept() -> None:
    package = docx.Document()
    table = package.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "一般公共服务支出", "2.00"
    table.cell(1, 0).text, table.cell(1, 1).text = "\u3000行政运行", "1.00"
    place = table.cell(1, 0).paragraphs[0]._p.get_or_add_pPr().get_or_add_ind()
    place.set(qn("w:left"), "210")
    (grid,) = grids(read(package))
    assert grid.rows[0].indents == ()
    assert grid.rows[1].indents == (4, 0)


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(EmptyFile, match="没有任何文字"):
        read(docx.Document())
