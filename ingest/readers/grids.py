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
        indents: Sequence[Sequence[int]] | None = None,
    ) -> list[Block]:
        """Title paragraphs, the grid, note paragraphs; ``where`` is the place of the first row."""
        spans = spans or {}
        widths = [
            [spans.get((r, c), (1, 1))[1] for c in range(len(row))] for r, row in enumerate(cells)
        ]
        start = captions.leading(cells, widths)
        stop = len(cells) - captions.trailing(cells[start:])
        above = [Paragraph(text, where) for row in cells[:start] for text in row if text]
        below = [Paragraph(text, where) for row in cells[stop:] for text in row if text]
        self.made += 1
        table = replace(where, table=self.made)
        rows = []
        for number, row in enumerate(cells[start:stop], 1):
            inset = tuple(indents[start + number - 1]) if indents else ()
            rows.append(Row(tuple(row), replace(table, row=number), inset if any(inset) else ()))
        kept = {
            (r - start, c): (min(span[0], stop - r), span[1])
            for (r, c), span in spans.items()
            if start <= r < stop and span != (1, 1)
        }
        return [*above, Grid(tuple(rows), table, kept), *below]
