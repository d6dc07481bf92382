"""Merged cells over several rows and over page breaks."""

from __future__ import annotations

from disclosure.document import Locator
from ingest.tables.line import Line
from ingest.tables.merged import in_force


def _line(text: str, page: int, covered: bool = False) -> Line:
    return Line((text,), Locator(page=page), (), frozenset({0}) if covered else frozenset())


def test_merged_cell_holds_for_the_rows_it_covers() -> None:
    lines = [_line("甲", 1), _line("", 1, True), _line("乙", 1)]
    assert in_force(lines, 0) == ["甲", "甲", "乙"]


def test_cell_cut_by_a_page_break_takes_the_text_of_its_other_part() -> None:
    lines = [_line("甲", 1), _line("", 1, True), _line("", 1), _line("乙", 2), _line("", 2, True)]
    assert in_force(lines, 0) == ["甲", "甲", "乙", "乙", "乙"]


def test_blank_cell_of_its_own_within_a_page_is_unknown() -> None:
    lines = [_line("甲", 1), _line("", 1, True), _line("", 1), _line("乙", 1)]
    assert in_force(lines, 0) == ["甲", "甲", "", "乙"]


def test_without_spans_a_blank_repeats_the_cell_above() -> None:
    assert in_force([_line("甲", 1), _line("", 1), _line("", 1)], 0) == ["甲", "甲", "甲"]
