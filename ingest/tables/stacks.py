"""Tables stacked in one grid, as a worksheet or a careless converter leaves them.

A caption row in the middle of a grid, with a header under it, begins another table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.document import Grid
from ingest.tables.caption import read_line
from ingest.tables.folding import fold

#: A header follows its caption within so many rows (label, title, owner, unit).
_CAPTION_ROWS = 5


def split(grid: Grid) -> Iterator[Grid]:
    """The tables of a grid, top to bottom; most grids are one."""
    starts = [0, *_starts([row.cells for row in grid.rows])]
    ends = [*starts[1:], len(grid.rows)]
    for start, end in zip(starts, ends, strict=True):
        if (start, end) == (0, len(grid.rows)):
            yield grid
        elif end > start:
            spans = {
                (row - start, column): size
                for (row, column), size in grid.spans.items()
                if start <= row < end
            }
            rows = grid.rows[start:end]
            yield Grid(rows, rows[0].locator if start else grid.locator, spans)


def _starts(rows: Sequence[Sequence[str]]) -> list[int]:
    """Rows where another table's caption begins, below rows that are not a caption."""
    found: list[int] = []
    body = False
    for i, cells in enumerate(rows):
        caption = _is_caption(cells)
        if caption and body and _names_table(rows[i : i + _CAPTION_ROWS]):
            found.append(i)
            body = False
        elif not caption and len(_filled(cells)) > 1:
            body = True
    return found


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if fold(cell)]


def _is_caption(cells: Sequence[str]) -> bool:
    filled = _filled(cells)
    return 0 < len(filled) <= 2 and all(read_line(cell) is not None for cell in filled)


def _names_table(rows: Sequence[Sequence[str]]) -> bool:
    """Caption rows that give one title or label, and a row of several other cells under them.

    A list of tables (表1 收支总表, 表2 收入总表 …) is no stack of them.
    """
    titles = labels = 0
    for cells in rows:
        parts = [part for cell in _filled(cells) if (part := read_line(cell))]
        if not _is_caption(cells):
            listed = any(part.title or part.label for part in parts)
            return bool(titles or labels) and not listed and len(_filled(cells)) > 1
        titles += sum(bool(part.title) for part in parts)
        labels += sum(bool(part.label) for part in parts)
        if titles > 1 or labels > 1:
            return False
    return False
