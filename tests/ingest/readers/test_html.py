"""HTML: the article without the page's furniture, tables with spans, charsets."""

from __future__ import annotations

import pytest

from disclosure.document import Paragraph
from ingest.errors import EmptyFile
from ingest.readers import read_document
from tests.ingest.readers.support import grids, paragraphs, rows

PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>x</title><style>p {{}}</style></head><body>
<nav><ul><li><a href="/">首页</a></li></ul></nav>
<div class="breadcrumb">当前位置：首页</div>
<div class="TRS_Editor"><h2>第一部分 概况</h2>
<p>&nbsp;&nbsp;部门收支总预算
100.00万元。</p><p>第一行<br>第二行</p>
<table><tr><td rowspan="2">科目</td><td colspan="2">支 出</td></tr>
<tr><td>基本</td><td>项目</td></tr>
<tr><td>&nbsp;&nbsp;行政<br>运行</td><td></td><td>2.00</td></tr></table>
<div>注：<span>无</span>。</div></div>
<footer>版权所有</footer><script>var a = "部门预算";</script></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_article_paragraphs_and_headings_without_furniture(charset: str) -> None:
    data = PAGE.format(charset=charset).encode("utf-8" if charset == "utf-8" else "gbk")
    document = read_document("a.html", data)
    assert paragraphs(document) == [
        "第一部分 概况",
        "部门收支总预算 100.00万元。",
        "第一行",
        "第二行",
        "注：无。",
    ]
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.level == 2


def test_spans_are_laid_out_and_blank_cells_kept() -> None:
    (grid,) = grids(read_document("a.html", PAGE.format(charset="utf-8").encode()))
    assert rows(grid) == [
        ["科目", "支出", ""],
        ["", "基本", "项目"],
        ["行政运行", "", "2.00"],
    ]
    assert grid.spans == {(0, 0): (2, 1), (0, 1): (1, 2)}
    assert grid.rows[2].indents == (2, 0, 0)


def test_a_layout_table_is_not_a_grid() -> None:
    inner = "<table><tr><td>合计</td><td>1.00</td></tr></table>"
    page = f"<table><tr><td>菜单</td><td><p>正文。</p>{inner}</td></tr></table>"
    document = read_document("a.html", page.encode())
    assert [rows(grid) for grid in grids(document)] == [[["合计", "1.00"]]]
    assert "正文。" in paragraphs(document)


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(EmptyFile):
        read_document("a.html", b"<html><body><script>1</script></body></html>")
