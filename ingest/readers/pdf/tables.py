"""Filling the cells of a lattice with the glyphs printed in them: one ``Table`` a ruled table."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ingest.readers.cells import is_figure, join_lines
from ingest.readers.pdf.bands import with_unruled_rows
from ingest.readers.pdf.geometry import Box, Glyph
from ingest.readers.pdf.lattice import Cell, Lattice
from ingest.readers.pdf.textlines import lines_of

#: A line that takes this share of its cell's width was broken there by the cell's edge.
_FILLS_CELL = 0.7


class Printed(NamedTuple):
    """The text of one cell and its left indent, in half-width columns."""

    text: str
    indent: int


class Table(NamedTuple):
    """A table's rows of printed cells, its spans, and where it stands on the page."""

    rows: list[list[Printed]]
    spans: dict[tuple[int, int], tuple[int, int]]
    box: Box


BLANK = Printed("", 0)


def fill(lattice: Lattice, glyphs: Sequence[Glyph]) -> tuple[Table, list[Glyph]]:
    """The table with its text, and the glyphs that stand outside it."""
    inside, outside = _placed(lattice, glyphs)
    finer = with_unruled_rows(lattice, inside)
    if finer is not None:
        lattice = finer
        inside, outside = _placed(lattice, glyphs)
    columns = len(lattice.xs) - 1
    table = [[BLANK] * columns for _ in lattice.ys[1:]]
    spans = {}
    for cell in lattice.cells:
        if cell in inside:
            table[cell.row][cell.column] = printed(inside[cell], lattice.box_of(cell))
        if cell.rows > 1 or cell.columns > 1:
            spans[cell.row, cell.column] = (cell.rows, cell.columns)
    return Table(table, spans, lattice.box), outside


def _placed(
    lattice: Lattice, glyphs: Sequence[Glyph]
) -> tuple[dict[Cell, list[Glyph]], list[Glyph]]:
    """The glyphs of each cell, by where their middles are, and those in none."""
    owner: dict[tuple[int, int], Cell] = {
        (cell.row + r, cell.column + c): cell
        for cell in lattice.cells
        for r in range(cell.rows)
        for c in range(cell.columns)
    }
    inside: dict[Cell, list[Glyph]] = defaultdict(list)
    outside: list[Glyph] = []
    xs, ys = lattice.xs, lattice.ys
    for glyph in glyphs:
        _, x0, top, x1, bottom = glyph
        row = bisect_right(ys, (top + bottom) / 2) - 1
        cell = owner.get((row, bisect_right(xs, (x0 + x1) / 2) - 1))
        if cell is None:
            outside.append(glyph)
        else:
            inside[cell].append(glyph)
    return inside, outside


def printed(glyphs: list[Glyph], box: Box) -> Printed:
    """The text of the glyphs of one cell, its lines joined, and its indent."""
    lines = lines_of(glyphs)
    wrapped = all(line.x1 - line.x0 >= _FILLS_CELL * box.width for line in lines[:-1])
    text = join_lines([line.text for line in lines], wrapped=wrapped)
    if is_figure(text):
        return Printed(text, 0)
    start = min(line.x0 for line in lines)
    size = lines[0].size or 1.0
    return Printed(text, max(0, round((start - box.x0) / size * 2)))


def is_table(table: Table) -> bool:
    """Whether a drawn grid holds a table: columns, more than one cell, and something in it.

    A frame around a title or a picture is none, nor are lines of text with rules between them.
    """
    cells = sum(len(row) for row in table.rows) - sum(r * c - 1 for r, c in table.spans.values())
    return (
        cells > 1
        and len(table.rows[0]) > 1
        and any(cell.text for row in table.rows for cell in row)
    )
