"""Making ``Grid`` blocks from rows of cells: titles and notes apart, locators set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from disclosure.document import Block, Grid, Locator, Paragraph, Row
from ingest.readers import captions

Spans = dict[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class GridMaker:
    """Numbers the grids of one document in reading order."""

    made: int = 0

    def blocks(
        self,
        cells: Sequence[Sequence[str]],
        where: Locator,
        spans: Spans | None = None,
        indents: Sequence[Sequence[int]] = (),
        lines: Sequence[int] = (),
        *,
        sheet: bool = False,
    ) -> list[Block]:
        """Title paragraphs, the grid, note paragraphs.

        ``where`` is the place of the table, ``lines`` the lines of its rows where they have any;
        ``sheet`` says that the rows are a spreadsheet's, with all that stands above the table.
        """
        spans = spans or {}
        widths = [
            [spans.get((r, c), (1, 1))[1] for c in range(len(row))] for r, row in enumerate(cells)
        ]
        start = captions.leading(cells, widths, sheet=sheet)
        stop = len(cells) - captions.trailing(cells[start:])
        self.made += 1
        table = replace(where, table=self.made, line=lines[start] if lines else where.line)

        def place(row: int) -> Locator:
            return replace(where, line=lines[row]) if lines else where

        rows = []
        for r in range(start, stop):
            inset = tuple(indents[r]) if indents else ()
            spot = replace(place(r), table=self.made, row=r - start + 1)
            rows.append(Row(tuple(cells[r]), spot, inset if any(inset) else ()))
        kept = {
            (r - start, c): (min(span[0], stop - r), span[1])
            for (r, c), span in spans.items()
            if start <= r < stop and span != (1, 1)
        }
        around = [
            [Paragraph(text, place(r)) for r in part for text in cells[r] if text]
            for part in (range(start), range(stop, len(cells)))
        ]
        return [*around[0], Grid(tuple(rows), table, kept), *around[1]]
