"""PDF: ruled and aligned tables, page furniture, paragraphs over page breaks, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from ingest.errors import EncryptedFile, IngestError, ScannedFile, TruncatedFile, UnreadableFile
from ingest.readers import read_document
from tests.ingest.readers.support import FONT, Sheet, grids, paragraphs, rows

CELLS = [["项目", "预算数", "备注"], ["行政运行", "1,234.50", ""], ["", "0.00", ""]]


def draw(build: Callable[[Sheet], None], width: float = 595, height: float = 842) -> bytes:
    sheet = Sheet(width, height)
    build(sheet)
    return sheet.pdf()


def picture(sheet: Sheet) -> None:
    """A page that is one scanned picture."""
    buffer = BytesIO()
    Image.new("L", (60, 84), 200).save(buffer, "PNG")
    sheet.canvas.drawImage(ImageReader(buffer), 0, 0, 595, 842)


def test_a_ruled_table_is_a_grid_with_its_blank_cells() -> None:
    def build(sheet: Sheet) -> None:
        sheet.text(200, 60, "部门收支总表", 16)
        sheet.text(50, 90, "编制部门：甲市乙局")
        sheet.text(480, 90, "单位：万元")
        sheet.table(50, 100, [120, 80, 60], CELLS)
        sheet.text(50, 190, "注：本表无其他数据。", 10)

    document = read_document("a.pdf", draw(build))
    assert paragraphs(document) == [
        "部门收支总表",
        "编制部门：甲市乙局",
        "单位：万元",
        "注：本表无其他数据。",
    ]
    (grid,) = grids(document)
    assert rows(grid) == CELLS
    assert grid.rows[1].locator.as_dict() == {"file": "a.pdf", "page": 1, "table": 1, "row": 2}
    assert document.pages == 1


def test_merged_cells_span_and_keep_their_text_at_the_top_left() -> None:
    def build(sheet: Sheet) -> None:
        for y in (100, 140, 160):
            sheet.line(50, y, 350, y)
        sheet.line(150, 120, 350, 120)
        for x in (50, 150, 350):
            sheet.line(x, 100, x, 160)
        sheet.line(250, 120, 250, 160)
        for x, y, text in [
            (60, 124, "科目"),
            (230, 114, "支 出"),
            (160, 134, "基本"),
            (260, 134, "项目"),
            (60, 154, "运行"),
            (260, 154, "2.00"),
        ]:
            sheet.text(x, y, text, 10)

    (grid,) = grids(read_document("a.pdf", draw(build)))
    assert rows(grid) == [["科目", "支出", ""], ["", "基本", "项目"], ["运行", "", "2.00"]]
    assert grid.spans == {(0, 0): (2, 1), (0, 1): (1, 2)}


def test_open_sides_and_gaps_in_the_rules_do_not_lose_cells() -> None:
    def build(sheet: Sheet) -> None:
        for y in (100, 120, 140):
            for x in range(50, 350, 10):
                sheet.line(x, y, x + 8, y)  # dashed, with no rules at the table's two sides
        for x in (150, 250):
            sheet.line(x, 100, x, 140)
        for x, text in [(60, "科目"), (160, "合计"), (260, "1.00")]:
            sheet.text(x, 114, text, 10)
            sheet.text(x, 134, text, 10)

    (grid,) = grids(read_document("a.pdf", draw(build)))
    assert rows(grid) == [["科目", "合计", "1.00"], ["科目", "合计", "1.00"]]


def test_cells_that_page_breaks_cut_above_and_below_are_columns_of_the_table() -> None:
    def build(sheet: Sheet) -> None:
        for y in (100, 120, 140):
            sheet.line(200, y, 350, y)
        for x in (50, 120, 200, 280, 350):
            sheet.line(x, 100, x, 140)
        sheet.line(400, 90, 400, 150)  # a mark of the cutter, of another height
        for x, y, text in [
            (60, 124, "甲项目"),
            (130, 124, "9.00"),
            (210, 114, "质量"),
            (290, 114, "1.00"),
            (210, 134, "数量"),
            (290, 134, "2.00"),
        ]:
            sheet.text(x, y, text, 10)

    (grid,) = grids(read_document("a.pdf", draw(build)))
    assert rows(grid) == [["甲项目", "9.00", "质量", "1.00"], ["", "", "数量", "2.00"]]
    assert grid.spans == {(0, 0): (2, 1), (0, 1): (2, 1)}


def test_a_figure_broken_over_the_lines_of_a_narrow_cell_is_whole() -> None:
    table = [["合计", "备注"], ["1\n54,\n304\n.22", "保障机\n构运转"]]
    (grid,) = grids(read_document("a.pdf", draw(lambda s: s.table(50, 100, [26, 40], table))))
    assert rows(grid) == [["合计", "备注"], ["154,304.22", "保障机构运转"]]


def test_rows_that_no_rule_parts_are_told_by_their_amounts() -> None:
    table = [["科目", "合计", "基本"], ["行政运行\n培训支出", "10.00\n1,002.50", "7.00\n0.00"]]
    (grid,) = grids(read_document("a.pdf", draw(lambda s: s.table(50, 100, [90, 60, 60], table))))
    assert rows(grid)[1:] == [["行政运行", "10.00", "7.00"], ["培训支出", "1,002.50", "0.00"]]


def test_a_table_without_rules_is_found_by_its_columns() -> None:
    def build(sheet: Sheet) -> None:
        lines = [("指标", "上半年", "年度"), ("一、收入", "311.32", "1,891.31")]
        lines += [("二、行政事业单位", "", ""), ("", "219.35", "1261.33"), ("养老支出", "", "")]
        lines += [("三、卫生健康支出", "0.90", "6.20"), ("四、住房", "1.50", "")]
        for number, line in enumerate(lines):
            for x, text in zip((80, 260, 360), line, strict=True):
                sheet.text(x, 100 + 18 * number, text)

    (grid,) = grids(read_document("a.pdf", draw(build)))
    assert rows(grid) == [
        ["指标", "上半年", "年度"],
        ["一、收入", "311.32", "1,891.31"],
        ["二、行政事业单位养老支出", "219.35", "1261.33"],
        ["三、卫生健康支出", "0.90", "6.20"],
        ["四、住房", "1.50", ""],
    ]


def test_amounts_close_to_the_next_name_are_cells_of_their_own() -> None:
    def build(sheet: Sheet) -> None:
        for number in range(3):
            y = 100 + 18 * number
            sheet.text(80, y, "一般公共预算")
            sheet.text(200, y, f"9,05{number}.14")
            sheet.text(251, y, "公共安全支出")
            sheet.text(400, y, "0.00")

    (grid,) = grids(read_document("a.pdf", draw(build)))
    assert rows(grid)[1] == ["一般公共预算", "9,051.14", "公共安全支出", "0.00"]


def test_indents_show_the_hierarchy() -> None:
    def build(sheet: Sheet) -> None:
        sheet.table(50, 100, [150, 60], [["", "2.00"], ["", "1.00"]])
        sheet.text(52, 114, "一般公共服务支出", 10)
        sheet.text(72, 134, "行政运行", 10)

    (grid,) = grids(read_document("a.pdf", draw(build)))
    assert [row.indents for row in grid.rows] == [(), (4, 0)]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_is_read_upright(angle: int) -> None:
    def build(sheet: Sheet) -> None:
        sheet.canvas.setPageRotation(angle)
        sheet.height = 595 if angle % 180 else 842  # reportlab turns the paper, too
        sheet.table(50, 100, [120, 80, 60], CELLS)

    upright = draw(lambda sheet: sheet.table(50, 100, [120, 80, 60], CELLS))
    turned = read_document("a.pdf", draw(build))
    expected = {
        cell for row in grids(read_document("a.pdf", upright))[0].rows for cell in row.cells
    }
    assert {cell for row in grids(turned)[0].rows for cell in row.cells} == expected


def test_text_that_lies_on_its_side_is_set_upright() -> None:
    def build(sheet: Sheet) -> None:
        sheet.canvas.translate(0, 842)
        sheet.canvas.rotate(-90)
        sheet.height = 595
        sheet.table(50, 100, [120, 80, 60], CELLS)

    (grid,) = grids(read_document("a.pdf", draw(build)))
    assert rows(grid) == CELLS


def test_page_numbers_and_running_headers_are_stripped_before_lines_are_joined() -> None:
    def build(sheet: Sheet) -> None:
        for page in range(1, 6):
            sheet.text(250, 40, "甲市乙局文件")
            sheet.text(104, 100, "（一）负责拟订全市人才规划和政策并组织实施，建立健全")
            for y in range(124, 196, 24):
                sheet.text(80, y, "科技人才评价和激励机制的研究、拟订、实施与监督检查工作，")
            sheet.text(80, 196, "以及有关项目的" if page == 5 else "以及有关项目的管理。")
            sheet.text(270, 820, f"- {page} -")
            sheet.next_page()

    texts = paragraphs(read_document("a.pdf", draw(build)))
    assert len(texts) == 5
    assert all(text.startswith("（一）") and "文件" not in text for text in texts)


def test_a_paragraph_goes_on_over_a_page_break_with_the_page_it_starts_on() -> None:
    line = "（八）科学技术支出（类）科技条件与服务（款）的管理与技术创新"

    def build(sheet: Sheet) -> None:
        for y in range(100, 196, 24):
            sheet.text(104 if y == 100 else 80, y, line if y == 100 else line[4:])
        sheet.text(270, 820, "1")
        sheet.next_page()
        sheet.text(80, 100, "服务体系（项）支出35.50万元。")
        sheet.text(104, 124, "（九）住房保障支出171.04万元。")

    document = read_document("a.pdf", draw(build))
    first, second = paragraphs(document)
    assert first.endswith("技术创新服务体系（项）支出35.50万元。")
    assert second == "（九）住房保障支出171.04万元。"
    assert [block.locator.page for block in document.blocks] == [1, 2]


def test_headings_and_list_items_stay_apart() -> None:
    def build(sheet: Sheet) -> None:
        sheet.text(230, 80, "目      录", 16)
        sheet.text(104, 110, "一、部门概况")
        sheet.text(104, 134, "（一）主要职责是拟订全市科技创新和人才发展规划并组织实")
        sheet.text(80, 158, "施，监督检查。")
        sheet.text(104, 182, "（二）完成其他任务。")

    assert paragraphs(read_document("a.pdf", draw(build))) == [
        "目录",
        "一、部门概况",
        "（一）主要职责是拟订全市科技创新和人才发展规划并组织实施，监督检查。",
        "（二）完成其他任务。",
    ]


def test_clipped_text_is_not_read() -> None:
    def build(sheet: Sheet) -> None:
        sheet.text(80, 100, "项目总额100.00万元。")
        path = sheet.canvas.beginPath()
        path.rect(0, 0, 595, 700)
        sheet.canvas.saveState()
        sheet.canvas.clipPath(path, stroke=0)
        sheet.text(80, 104, "上一页的103.98万元")
        sheet.text(80, 200, "本页的正文。")
        sheet.canvas.restoreState()

    assert paragraphs(read_document("a.pdf", draw(build))) == [
        "项目总额100.00万元。",
        "本页的正文。",
    ]


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    def build(sheet: Sheet) -> None:
        for shift in (0, 0.3, 0.6):
            sheet.text(80 + shift, 100, "合计11,222.33万元")

    assert paragraphs(read_document("a.pdf", draw(build))) == ["合计11,222.33万元"]


def test_white_lines_rule_nothing() -> None:
    def build(sheet: Sheet) -> None:
        sheet.canvas.setStrokeColorRGB(1, 1, 1)
        sheet.table(50, 60, [120, 80, 60], [["部门收支总表", "", ""], ["单位：万元", "", ""]])
        sheet.canvas.setStrokeColorRGB(0, 0, 0)
        sheet.table(50, 100, [120, 80, 60], CELLS)

    document = read_document("a.pdf", draw(build))
    assert rows(grids(document)[0]) == CELLS
    assert paragraphs(document) == ["部门收支总表", "单位：万元"]


def test_a_scanned_page_inside_a_document_is_a_gap() -> None:
    def build(sheet: Sheet) -> None:
        for y in range(100, 200, 24):
            sheet.text(80, y, "2026年部门收支总预算9,050.14万元，同比减少。")
        sheet.next_page()
        picture(sheet)

    (gap,) = read_document("a.pdf", draw(build)).gaps
    assert (gap.locator.page, gap.reason) == (2, "该页是扫描图片，没有文字")


def test_text_that_a_scanner_recognised_is_not_taken() -> None:
    def build(sheet: Sheet) -> None:
        picture(sheet)
        hidden = sheet.canvas.beginText(80, 700)
        hidden.setFont(FONT, 12)
        hidden.setTextRenderMode(3)
        for _ in range(9):
            hidden.textLine("2026年部门收支总预算9,O50.l4万元，同比减少。")
        sheet.canvas.drawText(hidden)

    with pytest.raises(ScannedFile):
        read_document("a.pdf", draw(build))


def test_watermarks_and_page_numbers_printed_sideways_are_left_out() -> None:
    def build(sheet: Sheet) -> None:
        sheet.table(50, 100, [120, 80, 60], CELLS)
        for angle, x, y, text in [(45, 60, 700, "预算公开"), (90, 580, 400, "- 12 -")]:
            sheet.canvas.saveState()
            sheet.canvas.translate(x, y)
            sheet.canvas.rotate(angle)
            sheet.canvas.drawString(0, 0, text)
            sheet.canvas.restoreState()

    document = read_document("a.pdf", draw(build))
    assert rows(grids(document)[0]) == CELLS
    assert paragraphs(document) == []


def test_a_frame_around_the_page_hides_no_table() -> None:
    def build(sheet: Sheet) -> None:
        sheet.canvas.rect(20, 20, 555, 800)
        sheet.table(50, 100, [120, 80, 60], CELLS)

    assert rows(grids(read_document("a.pdf", draw(build)))[0]) == CELLS


def test_a_blank_page_is_no_gap() -> None:
    def build(sheet: Sheet) -> None:
        sheet.text(80, 100, "2026年部门预算公开说明及有关情况，收支总预算9,050.14万元。")
        sheet.text(80, 130, "2026年部门预算公开说明及有关情况，收支总预算9,050.14万元。")
        sheet.next_page()
        sheet.canvas.rect(10, 10, 20, 20)

    assert read_document("a.pdf", draw(build)).gaps == ()


def test_a_wholly_scanned_file_is_refused() -> None:
    with pytest.raises(ScannedFile, match="OCR"):
        read_document("a.pdf", draw(picture))


def test_an_encrypted_file_is_refused() -> None:
    sheet = Sheet(encrypt="secret")
    sheet.text(80, 100, "部门预算")
    with pytest.raises(EncryptedFile, match="密码"):
        read_document("a.pdf", sheet.pdf())


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (lambda data: data[: len(data) // 2], TruncatedFile),
        (lambda data: data[:20] + b"x" * 500 + b"\n%%EOF", UnreadableFile),
    ],
)
def test_a_damaged_file_is_refused(
    damage: Callable[[bytes], bytes], error: type[IngestError]
) -> None:
    with pytest.raises(error, match=r"《a\.pdf》"):
        read_document("a.pdf", damage(draw(lambda sheet: sheet.text(80, 100, "部门预算"))))
