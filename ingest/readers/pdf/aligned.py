"""Tables without rules, found by what stands under what: runs of lines with aligned columns.

Only where the figures leave no doubt; prose, contents lists and captions stay lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.readers.cells import is_figure, join_lines
from ingest.readers.pdf.geometry import Box
from ingest.readers.pdf.tables import BLANK, Printed, Table
from ingest.readers.pdf.textlines import TextLine, is_cjk, split_at_gaps

#: In glyph sizes: gaps that part cells of one line; the least gap between columns; how far apart
#: the lines of one table stand at most.
_CELL_GAP = 1.2
_COLUMN_GAP = 0.1
_ROW_PITCH = 3.2
#: A run needs so many lines with figures to be a table.
_FEWEST_ROWS = 3
_AMOUNT = re.compile(r"[-－]?\d[\d,]*\.\d+%?|[-－]?\d{1,3}(?:,\d{3})+")
_LABEL = re.compile(r"[:：]")


class Parted(NamedTuple):
    """A line and the cells it falls into."""

    line: TextLine
    cells: list[TextLine]

    @property
    def has_amounts(self) -> bool:
        """Amounts stand where their column is; numbers of columns and years may stand beside."""
        return any(_AMOUNT.fullmatch(cell.text) for cell in self.cells[1:])

    @property
    def has_figures(self) -> bool:
        return len(self.cells) > 1 and any(is_figure(cell.text) for cell in self.cells[1:])


def find_aligned(lines: Sequence[TextLine]) -> tuple[list[Table], list[TextLine]]:
    """The tables among the lines of a page that rules leave over, and the other lines."""
    parted = [Parted(line, _cells_of(line)) for line in lines]
    tables: list[Table] = []
    rest: list[TextLine] = []
    start = 0
    while start < len(parted):
        stop = _run_end(parted, start)
        run = parted[start:stop]
        if _is_table(run):
            tables.append(_table(run))
        else:
            rest += [part.line for part in run]
        start = stop
    return tables, rest


def _cells_of(line: TextLine) -> list[TextLine]:
    """The cells that gaps part, and, in a line that has gaps, amounts set close to a name."""
    cells = split_at_gaps(line, _CELL_GAP)
    if len(cells) < 2:
        return cells
    return [part for cell in cells for part in _unglued(cell)]


def _unglued(cell: TextLine) -> list[TextLine]:
    """'1,234.56一、公共安全支出' as the amount of one column and the name of the next."""
    texts = [glyph.text for glyph in cell.glyphs]
    for cut in range(1, len(texts)):
        if is_cjk(texts[cut - 1]) == is_cjk(texts[cut]):
            continue
        amounts = [_AMOUNT.fullmatch("".join(part)) for part in (texts[:cut], texts[cut:])]
        if any(amounts):
            return [TextLine(cell.glyphs[:cut]), TextLine(cell.glyphs[cut:])]
    return [cell]


def _run_end(parted: Sequence[Parted], start: int) -> int:
    """Where a run of lines with several cells ends; one-cell lines may stand between two others."""
    stop = start + 1
    if len(parted[start].cells) < 2 or _is_label(parted[start]):
        return stop
    while stop < len(parted) and _near(parted[stop - 1].line, parted[stop].line):
        wrapped = stop + 1 < len(parted) and len(parted[stop + 1].cells) > 1
        if len(parted[stop].cells) < 2 and not wrapped:
            break
        stop += 1
    return stop


def _near(above: TextLine, below: TextLine) -> bool:
    return below.middle - above.middle <= _ROW_PITCH * above.size


def _is_label(part: Parted) -> bool:
    """'编制部门：…' and '单位：万元' at the two ends of a line are no row."""
    return not part.has_figures and any(_LABEL.search(cell.text) for cell in part.cells)


def _is_table(run: Sequence[Parted]) -> bool:
    """Whether enough lines name something and give an amount for it."""
    rows = [part for part in run if part.has_figures]
    amounts = sum(bool(_AMOUNT.fullmatch(cell.text)) for part in rows for cell in part.cells[1:])
    named = sum(any(is_cjk(char) for char in part.line.text) for part in rows)
    enough = len(rows) >= _FEWEST_ROWS or (len(rows) == len(run) and amounts >= 2 * len(rows) > 2)
    return (
        enough
        and len(rows) * 2 >= len(run)
        and amounts >= len(rows)
        and named * 2 >= len(rows)
        and len(_columns([part for part in rows if part.has_amounts])) > 1
    )


def _columns(rows: Sequence[Parted]) -> list[tuple[float, float]]:
    """Extents of the columns: where no cell of any row with figures reaches across."""
    extents = sorted((cell.x0, cell.x1) for part in rows for cell in part.cells)
    gap = _COLUMN_GAP * rows[0].line.size
    columns: list[tuple[float, float]] = []
    for x0, x1 in extents:
        if columns and x0 - columns[-1][1] < gap:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _table(run: Sequence[Parted]) -> Table:
    columns = _columns([part for part in run if part.has_amounts])
    rows: list[list[Printed]] = []
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for r, part in enumerate(run):
        row = [BLANK] * len(columns)
        for cell in part.cells:
            under = [c for c, (x0, x1) in enumerate(columns) if cell.x0 < x1 and cell.x1 > x0]
            place = under[0] if under else _nearest(columns, cell)
            texts = [text for text in (row[place].text, cell.text) if text]
            indent = round((cell.x0 - columns[place][0]) / cell.size * 2)
            named = not is_figure(cell.text)
            row[place] = Printed(
                join_lines([" ".join(texts)], wrapped=False), max(0, indent) if named else 0
            )
            if len(under) > 1:
                spans[r, place] = (1, len(under))
        rows.append(row)
    rows, spans = _with_whole_names(rows, spans)
    box = Box(
        min(part.line.x0 for part in run),
        run[0].line.top,
        max(part.line.x1 for part in run),
        run[-1].line.bottom,
    )
    return Table(rows, spans, box)


def _with_whole_names(
    rows: list[list[Printed]], spans: dict[tuple[int, int], tuple[int, int]]
) -> tuple[list[list[Printed]], dict[tuple[int, int], tuple[int, int]]]:
    """A name wrapped around its figures, its halves above and below them, put in their row."""
    whole: list[list[Printed]] = []
    moved: dict[int, int] = {}
    skip = False
    for r, row in enumerate(rows):
        if skip:
            skip = False
            continue
        if not row[0].text and any(is_figure(cell.text) for cell in row):
            halves = []
            if whole and _is_bare_name(rows[r - 1]):
                halves.append(whole.pop()[0])
            if r + 1 < len(rows) and _is_bare_name(rows[r + 1]):
                halves.append(rows[r + 1][0])
                skip = True
            if halves:
                text = join_lines([half.text for half in halves], wrapped=True)
                row = [Printed(text, halves[0].indent), *row[1:]]
        moved[r] = len(whole)
        whole.append(row)
    kept = {(moved[r], c): span for (r, c), span in spans.items() if r in moved}
    return whole, kept


def _is_bare_name(row: list[Printed]) -> bool:
    return bool(row[0].text) and not any(cell.text for cell in row[1:])


def _nearest(columns: Sequence[tuple[float, float]], cell: TextLine) -> int:
    centre = (cell.x0 + cell.x1) / 2
    return min(range(len(columns)), key=lambda c: abs(sum(columns[c]) / 2 - centre))
