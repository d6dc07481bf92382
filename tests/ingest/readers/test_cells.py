"""The text of one cell: wrapped lines, spaced-out characters, broken figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import cells


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("收   入", "收入"),
        ("合\u3000计", "合计"),
        ("政府性基金预 算", "政府性基金预算"),
        ("因公出国\n（境）费", "因公出国（境）费"),
        ("1\n54,\n304\n.22", "154,304.22"),
        ("1 234.50", "1234.50"),
        ("-\n12.50", "-12.50"),
        ("13.95\n1.40", "13.95 1.40"),
        ("20101 行政运行", "20101 行政运行"),
        ("\u200b 行政运行 ", "行政运行"),
        ("项目完成率(≥90%) 预算执行率(≥90%)", "项目完成率(≥90%) 预算执行率(≥90%)"),
        ("", ""),
    ],
)
def test_tidy(raw: str, tidied: str) -> None:
    assert cells.tidy(raw) == tidied


def test_a_figure_that_fills_its_cell_goes_on_in_the_next_line() -> None:
    assert cells.join_lines(["12345", "67.89"], wrapped=True) == "1234567.89"
    assert cells.join_lines(["12345", "67.89"], wrapped=False) == "12345 67.89"


@given(st.decimals(min_value=0, max_value=10**12, places=2), st.integers(1, 6))
def test_a_figure_broken_anywhere_inside_its_groups_is_made_whole(value: object, step: int) -> None:
    figure = f"{value:,.2f}"
    pieces = [figure[i : i + step] for i in range(0, len(figure), step)]
    assert cells.join_lines(pieces, wrapped=True) == figure


def test_indent_counts_half_width_columns() -> None:
    assert cells.indent("\u3000\u3000行政运行") == 4
    assert cells.indent("  行政运行") == 2
