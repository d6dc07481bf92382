"""Header paths: the labels above each column, outermost first.

With spans (PDF, DOCX, XLSX, HTML) a label covers what its merged cell covers. Without spans (text)
a label covers the blank cells to its right, as far as its own parent reaches.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.tables.cells import is_number_row
from ingest.tables.folding import fold
from ingest.tables.line import Span

Path = tuple[str, ...]


def paths(header: Sequence[tuple[str, ...]], spans: dict[Span, Span], width: int) -> list[Path]:
    """The header path of each of ``width`` columns; column numbers (1 2 3 …) are no labels."""
    rows = [row for row in header if not is_number_row(row)]
    numbering = [index for index, row in enumerate(header) if is_number_row(row)]
    if numbering:
        spans = {
            (row - sum(1 for n in numbering if n < row), column): size
            for (row, column), size in spans.items()
            if row not in numbering
        }
    anchors = _covered(rows, spans, width) if spans else _filled(rows, width)
    return [_path(rows, [level[column] for level in anchors]) for column in range(width)]


Anchor = tuple[int, int] | None


def _covered(
    rows: Sequence[tuple[str, ...]], spans: dict[Span, Span], width: int
) -> list[list[Anchor]]:
    grid: list[list[Anchor]] = [[None] * width for _ in rows]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if not fold(cell):
                continue
            height, breadth = spans.get((row, column), (1, 1))
            for r in range(row, min(row + height, len(rows))):
                for c in range(column, min(column + breadth, width)):
                    grid[r][c] = (row, column)
    return grid


def _filled(rows: Sequence[tuple[str, ...]], width: int) -> list[list[Anchor]]:
    grid: list[list[Anchor]] = []
    for row, cells in enumerate(rows):
        level: list[Anchor] = []
        for column in range(width):
            if column < len(cells) and fold(cells[column]):
                level.append((row, column))
                continue
            left = level[column - 1] if column else None
            same_parent = not grid or (column > 0 and grid[-1][column] == grid[-1][column - 1])
            level.append(left if left and same_parent and _may_cover(rows, row, column) else None)
        grid.append(level)
    return grid


def _may_cover(rows: Sequence[tuple[str, ...]], row: int, column: int) -> bool:
    """A label reaches over a blank only where something stands under it in that column."""
    return any(column < len(cells) and fold(cells[column]) for cells in rows[row + 1 :])


def _path(rows: Sequence[tuple[str, ...]], anchors: Sequence[Anchor]) -> Path:
    path: list[str] = []
    last: Anchor = None
    for anchor in anchors:
        if anchor is not None and anchor != last:
            path.append(rows[anchor[0]][anchor[1]].strip())
            last = anchor
    return tuple(path)
