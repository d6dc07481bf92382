"""CSV for spreadsheet programs: with a byte order mark, and no cell that is run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

#: What a spreadsheet program takes for the start of a formula, full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The file line by line."""
    yield "\ufeff" + _line(header)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([harmless(cell) for cell in cells])
    return buffer.getvalue()


def harmless(cell: str) -> str:
    """The cell, quoted with an apostrophe where it would be run; a plain number is none."""
    if cell.lstrip().startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
