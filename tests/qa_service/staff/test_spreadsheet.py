"""Files for spreadsheet programs: nothing in them is run."""

from __future__ import annotations

import csv
import io

import pytest

from qa_service.staff.spreadsheet import csv_lines, harmless


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "＝1+1", "＋1", "－1", "＠A1", "\r=1",
     "-", "=cmd|' /C calc'!A0"],
)  # fmt: skip
def test_formula_is_quoted(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "三公经费", "1=1", "-12.50", "0", "3,200.50", "a@b"])
def test_text_and_plain_numbers_stay(cell: str) -> None:
    assert harmless(cell) == cell


def test_file_is_read_back_as_it_was_written() -> None:
    rows = [["一，二", '引"号', "两\n行"], ["=x", "-1", ""]]
    text = "".join(csv_lines(["甲", "乙", "丙"], rows))
    assert text.startswith("\ufeff甲")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read == [["甲", "乙", "丙"], ["一，二", '引"号', "两\n行"], ["'=x", "-1", ""]]
