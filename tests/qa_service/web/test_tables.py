"""Published tables as HTML."""

from __future__ import annotations

from disclosure.document import Locator
from disclosure.model import PublishedTable, TableKind
from qa_service.web.tables import HeaderCell, Place, header_rows, table_html


def _table(columns: tuple[tuple[str, ...], ...], *rows: tuple[str, ...]) -> PublishedTable:
    return PublishedTable(
        id="x1",
        disclosure_id="d",
        ordinal=3,
        label="表3",
        title="收支表",
        kind=TableKind.OTHER,
        unit="万元",
        columns=columns,
        rows=rows,
        row_locators=tuple(Locator(row=n + 1) for n in range(len(rows))),
    )


def test_equal_neighbours_under_equal_parents_are_one_header() -> None:
    columns = (("名称",), ("本年", "小计"), ("本年", "基本"), ("结转", "小计"))
    assert header_rows(columns) == [
        [HeaderCell("名称", 1, 2), HeaderCell("本年", 2, 1), HeaderCell("结转", 1, 1)],
        [HeaderCell("小计", 1, 1), HeaderCell("基本", 1, 1), HeaderCell("小计", 1, 1)],
    ]


def test_equal_headers_of_two_columns_stay_two() -> None:
    assert header_rows((("项目",), ("预算数",), ("预算数",))) == [
        [HeaderCell("项目", 1, 1), HeaderCell("预算数", 1, 1), HeaderCell("预算数", 1, 1)]
    ]


def test_column_without_a_header_keeps_its_place() -> None:
    assert header_rows(((), ("甲", "乙"))) == [
        [HeaderCell("", 1, 2), HeaderCell("甲", 1, 1)],
        [HeaderCell("乙", 1, 1)],
    ]


def test_rows_and_cells_have_ids_and_the_marked_cell_is_marked() -> None:
    table = _table((("名称",), ("金额",)), ("合计", "1.00"), ("", "2.00"))
    html = table_html(table, Place(1, 1))
    assert '<tr id="t3r1" class="sum"><td id="t3r1c1" class="c">合计</td>' in html
    assert '<tr id="t3r2" class="hit"><td></td>' in html
    assert '<td id="t3r2c2" class="n"><mark id="fact" tabindex="-1">2.00</mark></td>' in html
    assert html.count("<mark") == 1


def test_text_of_a_document_is_never_markup() -> None:
    table = _table((("<b>名</b>",),), ("<script>alert(1)</script>",))
    html = table_html(table)
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html
