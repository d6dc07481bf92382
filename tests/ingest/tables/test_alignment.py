"""Headers of text tables that do not line up with their rows."""

from __future__ import annotations

from ingest.tables.alignment import align
from ingest.tables.pieces import take_apart
from ingest.tables.roles import is_key
from tests.ingest.tables.build import grid


def _columns(text: str) -> list[str]:
    piece = take_apart(grid(text))
    return [">".join(path) for path in align(piece.header, piece.body, is_key).paths]


def test_header_rows_shifted_by_one_are_read_by_their_leaves() -> None:
    # Rows 2 and 3 of the header stand one cell to the right of the first and of the figures.
    assert _columns(
        """
        单位代码 | 单位名称 | 资金类型 |  |  | 项目类型 |  |
         |  |  | 合计 | 一般公共预算 | 单位资金 | 合计 | 集中采购 |
         |  |  |  |  |  |  | 小计 | 货物类 | 服务类
        101 | 某局 | 9.00 | 7.00 | 2.00 | 9.00 | 9.00 | 4.00 | 5.00
        101001 | 甲 | 9.00 | 7.00 | 2.00 | 9.00 | 9.00 | 4.00 | 5.00
        """
    )[2:] == [
        "资金类型>合计",
        "资金类型>一般公共预算",
        "资金类型>单位资金",
        "项目类型>合计",
        "项目类型>集中采购>小计",
        "项目类型>集中采购>货物类",
        "项目类型>集中采购>服务类",
    ]


def test_displaced_last_label_is_put_where_the_sums_hold() -> None:
    # 公务用车运行维护费 was torn from its place and stands at the end of its header row.
    columns = _columns(
        """
        单位代码 | 单位名称 | “三公”经费 |  |  |  |  | 会议费 | 培训费 |  |
         |  | 合计 | 因公出国 | 公务用车购置及运行维护费 |  | 公务接待费 |  | 小计 | 本级 | 上级
         |  |  |  | 小计 | 公务用车购置费 |  |  |  |  |  | 公务用车运行维护费
        101 | 某局 | 20.00 | 3.00 | 12.00 | 5.00 | 7.00 | 5.00 | 1.00 | 9.00 | 8.00 | 1.00
        101001 | 甲 | 15.00 | 2.00 | 9.00 | 4.00 | 5.00 | 4.00 | 0.50 | 6.00 | 6.00 | 0.00
        """
    )
    assert columns[6] == "“三公”经费>公务用车购置及运行维护费>公务用车运行维护费"
    assert columns[7:9] == ["“三公”经费>公务接待费", "会议费"]


def test_column_without_label_lies_under_the_label_to_its_left() -> None:
    columns = _columns(
        """
        单位代码 | 单位名称 | 合计 | 上年结转 |  |
         |  |  | 小计 | 一般公共预算 | 单位资金
         |  | 1 | 2 | 3 | 4
        101 | 某局 | 5.00 | 5.00 | 5.00 | 0.00 | 0.00
        """
    )
    assert columns[3:] == [
        "上年结转>小计",
        "上年结转>一般公共预算",
        "上年结转>单位资金",
        "上年结转",
    ]


def test_rows_of_names_and_prose_are_read_by_position() -> None:
    piece = take_apart(
        grid(
            """
            序号 | 项目名称 | 预算数 | 年度绩效目标
            1 | 甲项目 | 3.00 | 做好工作
            2 | 乙项目 | 4.00 |
            """
        )
    )
    aligned = align(piece.header, piece.body, is_key)
    assert aligned.paths[2] == ("预算数",)
    assert [line.cells[2] for line in aligned.lines] == ["3.00", "4.00"]
