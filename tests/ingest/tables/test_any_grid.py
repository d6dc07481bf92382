"""What holds for any grid, however odd: reading never fails, and a fact quotes its cell."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.document import Grid, Locator, Row
from disclosure.model import ALL
from tests.ingest.tables.build import tables

_CELLS = st.sampled_from(
    """|合计|小计|12.00|0.00|-3.5|1|2|201|2010101|20|科目编码|科目名称|类|款|项|[301]工资福利支出
    |2010101-行政运行|一般公共预算|项目支出|基本支出|收入|支出|项目|项目名称|单位代码|单位名称|某局|101001
    |三级指标|指标值|一级指标|数量指标|人数(≥3人)|年度目标|2025年预算数|增减额|上年结转|本年收入|资金性质
    |年度|序号|“三公”经费|公务接待费|注：无|表1|收支总表|单位：万元|支出项目类别|采购目录|A-货物|数量
    |其中：|一、本年收入|（一）上级补助|-|100%|(12)|**|栏次""".replace("\n", "").split("|")
)
_CAPTIONS = st.sampled_from(
    ["表1", "收支总表", "单位：元", "正文。", "注：空表", "一般公共预算支出表", "政府采购预算表"]
)


@st.composite
def _grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 7))
    page = draw(st.sampled_from([None, 1, 2]))
    cells = draw(st.lists(st.lists(_CELLS, min_size=width, max_size=width), min_size=1, max_size=7))
    rows = tuple(
        Row(tuple(cell.strip() for cell in row), Locator("f", page=page, row=number))
        for number, row in enumerate(cells, 1)
    )
    at = st.tuples(st.integers(0, len(rows) - 1), st.integers(0, width - 1))
    size = st.tuples(st.integers(1, 3), st.integers(1, 3))
    return Grid(rows, Locator("f", page=page), draw(st.dictionaries(at, size, max_size=4)))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.one_of(_CAPTIONS, _grids()), min_size=1, max_size=5))
def test_any_grid_is_read_and_facts_quote_their_cells(blocks: list[str | Grid]) -> None:
    for table, facts in tables(*blocks):
        assert 0 <= table.confidence <= 1
        assert not facts or table.confidence >= 0.5
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert len(table.rows) == len(table.row_locators)
        for fact in facts:
            if fact.origin != "cell" or not fact.printed:
                continue
            column = (fact.locator.column or 0) - 1
            rows = [
                row
                for row, where in zip(table.rows, table.row_locators, strict=True)
                if (where.page, where.row) == (fact.locator.page, fact.locator.row)
            ]
            assert any(fact.printed in row[column] for row in rows)
            assert "" not in (fact.coordinates.unit, fact.coordinates.subject, fact.label)
            assert ALL not in (fact.label,)
