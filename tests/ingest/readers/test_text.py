"""Plain text and Markdown: tab and pipe tables, broken paragraphs, encodings, bad input."""

from __future__ import annotations

import pytest

from disclosure.document import Paragraph
from ingest.errors import EmptyFile, TruncatedFile, UnreadableFile
from ingest.readers import read_document
from tests.ingest.readers.support import grids, paragraphs, rows

SOURCE = """甲市乙局2026年部门预算

一、主要职责

（一）拟订人才规划和政策，

建立健全激励机制。

部门收支总体情况表
单位：万元
项目\t预算数\t\t备注
\t行政运行\t10.00\t
合计\t\t10.00\t

注：本表无其他数据。
"""


def test_a_run_of_tab_lines_is_one_grid_with_blank_cells_and_line_numbers() -> None:
    (grid,) = grids(read_document("a.txt", SOURCE.encode()))
    assert rows(grid) == [
        ["项目", "预算数", "", "备注"],
        ["", "行政运行", "10.00", ""],
        ["合计", "", "10.00", ""],
    ]
    assert [row.locator.line for row in grid.rows] == [11, 12, 13]
    assert grid.rows[1].locator.as_dict() == {"file": "a.txt", "line": 12, "table": 1, "row": 2}


def test_a_blank_line_ends_a_grid() -> None:
    first, second = grids(read_document("a.txt", b"a\tb\nc\td\n\ne\tf\n"))
    assert len(first.rows) == 2
    assert second.locator.table == 2


def test_a_sentence_that_a_page_break_cut_is_joined() -> None:
    texts = paragraphs(read_document("a.txt", SOURCE.encode()))
    assert "（一）拟订人才规划和政策，建立健全激励机制。" in texts


def test_headings_captions_and_labels_are_not_joined() -> None:
    texts = paragraphs(read_document("a.txt", SOURCE.encode()))
    assert texts[:2] == ["甲市乙局2026年部门预算", "一、主要职责"]
    assert texts[3:] == ["部门收支总体情况表", "单位：万元", "注：本表无其他数据。"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_give_the_same_blocks(encoding: str) -> None:
    read = read_document("a.txt", SOURCE.encode(encoding))
    assert read.blocks == read_document("a.txt", SOURCE.encode()).blocks


def test_windows_line_ends_do_not_matter() -> None:
    read = read_document("a.txt", SOURCE.replace("\n", "\r\n").encode())
    assert read.blocks == read_document("a.txt", SOURCE.encode()).blocks


def test_markdown_headings_and_pipe_tables() -> None:
    source = (
        "# 部门预算\n\n## 表1\n\n| 科目 | 合计 |\n|---|--:|\n| 行政运行 | 1.00 |\n|  | 2.00 |\n"
    )
    document = read_document("a.md", source.encode())
    headings = [b for b in document.blocks if isinstance(b, Paragraph)]
    assert [(h.text, h.level) for h in headings] == [("部门预算", 1), ("表1", 2)]
    assert rows(grids(document)[0]) == [["科目", "合计"], ["行政运行", "1.00"], ["", "2.00"]]
    assert document.media_type == "text/markdown"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\ufeff\n".encode()])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(EmptyFile, match=r"《a\.txt》.*空"):
        read_document("a.txt", data)


def test_binary_content_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match="第2行：这是二进制内容"):
        read_document("a.txt", "第一行\n".encode() + b"\x00\x01\x02")


def test_a_damaged_byte_in_utf8_is_refused_with_its_line() -> None:
    text = SOURCE * 3
    data = text.encode()
    place = data.index("建立健全".encode())
    with pytest.raises(UnreadableFile, match="第7行：UTF-8 文本中有损坏的字节"):
        read_document("a.txt", data[:place] + b"\xff" + data[place:])


def test_a_text_in_neither_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match="第2行：文字编码既不是 UTF-8 也不是 GB18030"):
        read_document("a.txt", b"line\n" + bytes([0xFF, 0x41, 0xFF, 0x42]) * 9 + b"\nend\n")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_inside_a_character_is_truncated(encoding: str) -> None:
    with pytest.raises(TruncatedFile, match="第2行"):
        read_document("a.txt", "第一行\n第二行在这里断开".encode(encoding)[:-1])


@pytest.mark.parametrize(
    "source",
    [
        "科目\t合计\t基本\n行政\t1.0\t1.0\n运行\t2",
        "2026年部门收支总预算9,050.14万元，同比减少309.61万元，同比下",
    ],
)
def test_a_file_cut_inside_a_row_or_a_sentence_is_truncated(source: str) -> None:
    with pytest.raises(TruncatedFile, match="处理办法：请重新取得完整的文件"):
        read_document("a.txt", source.encode())


@pytest.mark.parametrize("source", ["科目\t合计\n行政\t1.0", "甲市乙局\n2026年3月1日"])
def test_a_file_without_a_last_line_break_may_be_whole(source: str) -> None:
    assert read_document("a.txt", source.encode()).blocks
