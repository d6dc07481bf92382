"""Cells that span several rows: which text is in force beside each row, across page breaks too.

A merged cell that a page break cuts prints its text in one of its two parts only. 北京's
performance tables break so: the rows at the foot of a page belong to the project named on the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.tables.folding import fold
from ingest.tables.line import Line


@dataclass(slots=True)
class _Stretch:
    """Consecutive rows beside one merged cell."""

    start: int
    end: int
    text: str


def in_force(lines: Sequence[Line], column: int) -> list[str]:
    """The text of ``column`` that holds for each row; '' where none is known.

    Without spans (text) a blank cell repeats the one above.
    """
    spans_known = any(column in line.covered for line in lines)
    stretches: list[_Stretch] = []
    for i, line in enumerate(lines):
        text = line.cells[column].strip()
        blank = not fold(text)
        if stretches and blank and (not spans_known or column in line.covered):
            stretches[-1].end = i
        else:
            stretches.append(_Stretch(i, i, text))
    for i, stretch in enumerate(stretches):
        if stretch.text:
            continue
        before = stretches[i - 1] if i else None
        after = stretches[i + 1] if i + 1 < len(stretches) else None
        if after and after.text and _breaks(lines, stretch.end, after.start):
            stretch.text = after.text
        elif before and before.text and _breaks(lines, before.end, stretch.start):
            stretch.text = before.text
    return [stretch.text for stretch in stretches for _ in range(stretch.start, stretch.end + 1)]


def _breaks(lines: Sequence[Line], upper: int, lower: int) -> bool:
    """Whether a page break lies between two rows."""
    return lines[upper].locator.page != lines[lower].locator.page
