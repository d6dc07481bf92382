"""The sheets of a workbook as blocks: titles and notes as paragraphs, tables as grids.

Shared by the XLSX and XLS readers, which differ only in how they open a workbook.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from disclosure.document import Block, Grid, Locator, Paragraph
from ingest.readers import cells
from ingest.readers.grids import GridMaker, Spans

_UNNAMED = re.compile(r"^(?:sheet|工作表|表格)?\s*\d*$", re.IGNORECASE)
#: A table's title in the middle of a sheet: another table starts.
_TITLE = re.compile(r"^[^，。；]{3,40}表\s*(?:[（(][^）)]*[）)])?$")


@dataclass(slots=True)
class Sheet:
    """The visible cells of one sheet as printed: rows of texts, merged areas, left indents.

    ``numbers`` and ``columns`` are the visible rows and columns in the sheet's own counting, from
    1; locators name the row numbers.
    """

    name: str
    columns: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    spans: Spans = field(default_factory=dict)
    indents: list[list[int]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def merge(self, rows: range, columns: range, text: str) -> None:
        """Note a merged area, in the sheet's own counting; its text shows in what is visible."""
        r = [place for place, number in enumerate(self.numbers) if number in rows]
        c = [place for place, number in enumerate(self.columns) if number in columns]
        if r and c:
            self.spans[r[0], c[0]] = (len(r), len(c))
            self.rows[r[0]][c[0]] = text


def workbook_blocks(file: str, sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    """Blocks of all sheets in order; a locator's page is the sheet, its line the sheet's row."""
    grids = GridMaker()
    blocks: list[Block] = []
    for page, sheet in enumerate(sheets, 1):
        blocks += _sheet_blocks(file, page, _tidied(sheet), grids)
    return tuple(blocks)


def _sheet_blocks(file: str, page: int, sheet: Sheet, grids: GridMaker) -> list[Block]:
    blocks: list[Block] = []
    for start, stop in _regions(sheet):
        part = _region(sheet, start, stop)
        if max(sum(1 for text in row if text) for row in part.rows) <= 1:
            blocks += [
                Paragraph(text, Locator(file, page=page, line=number))
                for number, row in zip(part.numbers, part.rows, strict=True)
                for text in row
                if text
            ]
            continue
        where = Locator(file, page=page, line=part.numbers[0])
        blocks += grids.blocks(part.rows, where, part.spans, part.indents, part.numbers, sheet=True)
    if blocks and isinstance(blocks[0], Grid) and not _UNNAMED.match(sheet.name.strip()):
        blocks.insert(0, Paragraph(sheet.name.strip(), Locator(file, page=page)))
    return blocks


def _regions(sheet: Sheet) -> list[tuple[int, int]]:
    """Row ranges, each of one table with its titles; blank rows at their ends are dropped."""
    filled = [any(row) for row in sheet.rows]
    starts = [0]
    for r in range(1, len(sheet.rows)):
        texts = [text for text in sheet.rows[r] if text]
        if not filled[r - 1] and len(texts) == 1 and _TITLE.match(texts[0]):
            starts.append(r)
    regions = []
    for start, stop in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
        while start < stop and not filled[start]:
            start += 1
        while stop > start and not filled[stop - 1]:
            stop -= 1
        if start < stop:
            regions.append((start, stop))
    return regions


def _tidied(sheet: Sheet) -> Sheet:
    rows = [[cells.tidy(text) for text in row] for row in sheet.rows]
    return replace(sheet, rows=rows)


def _region(sheet: Sheet, start: int, stop: int) -> Sheet:
    """Some rows of a sheet as far right as they hold something."""
    rows = sheet.rows[start:stop]
    width = max(c + 1 for row in rows for c, text in enumerate(row) if text)
    spans = {
        (r - start, c): (min(height, stop - r), min(span, width - c))
        for (r, c), (height, span) in sheet.spans.items()
        if start <= r < stop and c < width
    }
    return Sheet(
        sheet.name,
        sheet.columns[:width],
        [row[:width] for row in rows],
        spans,
        [row[:width] for row in sheet.indents[start:stop]],
        sheet.numbers[start:stop],
    )
