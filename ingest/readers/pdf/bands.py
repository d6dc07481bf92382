"""Rows that a table's rules do not part: several amounts under each other in one ruled row.

A table may be ruled around and between its columns only. Where whole amounts stand on lines of
their own in a cell, the row is cut between those lines; a figure broken over lines is no such case.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.readers.pdf.geometry import Glyph
from ingest.readers.pdf.lattice import Cell, Lattice
from ingest.readers.pdf.textlines import TextLine, lines_of

_AMOUNT = re.compile(r"[-－]?\d[\d,]*\.\d+")
#: Lines of one row stand at one height within this share of their size.
_LEVEL = 0.6


def with_unruled_rows(lattice: Lattice, inside: Mapping[Cell, Sequence[Glyph]]) -> Lattice | None:
    """The lattice with such rows cut; ``None`` where there are none."""
    cuts: dict[int, list[float]] = {}
    for row, cells in _single_row_cells(lattice).items():
        stacks = [lines_of(inside[cell]) for cell in cells if _is_stacked(inside.get(cell, ()))]
        amounts = [lines for lines in stacks if len(lines) > 1 and _all_amounts(lines)]
        heights = _levels([line for lines in amounts for line in lines])
        if len(heights) > 1:
            cuts[row] = [(above + below) / 2 for above, below in pairwise(heights)]
    return _cut(lattice, cuts) if cuts else None


def _single_row_cells(lattice: Lattice) -> dict[int, list[Cell]]:
    by_row: dict[int, list[Cell]] = defaultdict(list)
    for cell in lattice.cells:
        if cell.rows == 1:
            by_row[cell.row].append(cell)
    return by_row


def _is_stacked(glyphs: Sequence[Glyph]) -> bool:
    """Whether glyphs stand below one another: a cheap look before lines are made."""
    return bool(glyphs) and max(g.top for g in glyphs) > min(g.bottom for g in glyphs)


def _all_amounts(lines: Sequence[TextLine]) -> bool:
    return all(_AMOUNT.fullmatch(line.text) for line in lines)


def _levels(lines: Sequence[TextLine]) -> list[float]:
    """The different heights at which amounts stand."""
    heights: list[float] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if not heights or line.middle - heights[-1] > _LEVEL * line.size:
            heights.append(line.middle)
    return heights


def _cut(lattice: Lattice, cuts: Mapping[int, Sequence[float]]) -> Lattice:
    ys: list[float] = []
    new_row: list[int] = []
    for row, top in enumerate(lattice.ys):
        new_row.append(len(ys))
        ys += [top, *cuts.get(row, ())]
    cells: list[Cell] = []
    for cell in lattice.cells:
        start, stop = new_row[cell.row], new_row[cell.row + cell.rows]
        if cell.rows == 1 and cell.row in cuts:
            cells += [Cell(row, cell.column, 1, cell.columns) for row in range(start, stop)]
        else:
            cells.append(Cell(start, cell.column, stop - start, cell.columns))
    return Lattice(lattice.xs, tuple(ys), tuple(cells))
