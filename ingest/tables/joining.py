"""Joining the pieces that page breaks made of one table: repeated headers dropped, missing ones
inherited, captions and notes collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from disclosure.document import Document, Grid, Locator, Paragraph
from ingest.tables.caption import Caption, is_noise, is_note, read_above, read_inside, read_line
from ingest.tables.cells import is_total, number
from ingest.tables.folding import fold
from ingest.tables.forms import continued, is_form
from ingest.tables.line import Line, Span
from ingest.tables.outline import read_label
from ingest.tables.pieces import Piece, take_apart
from ingest.tables.stacks import split
from ingest.tables.subjects import national
from ingest.tables.terms import read_terms

#: A line on at least this many pages is a running header, not text between two tables.
_RUNNING = 4
_LONGEST_HEADING = 40
_ENOUGH_IN_COMMON = 0.75
#: A cell this long is prose; shorter ones are names, and a name below a name is another row.
_SHORTEST_PROSE = 20


@dataclass(slots=True)
class Sheet:
    """One whole table as printed: caption, header rows with spans, body rows, notes under it.

    ``locator`` is where its first part stands, ``end`` its last. ``last_width`` is how wide the
    last part was that printed the header.
    """

    caption: Caption
    header: tuple[tuple[str, ...], ...]
    spans: dict[Span, Span]
    body: list[Line]
    locator: Locator
    end: Locator
    notes: list[str] = field(default_factory=list)
    nearest_heading: str = ""
    last_width: int = 0

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max(
            (len(row) for row in (*self.header, *(line.cells for line in self.body))), default=0
        )


def sheets(documents: Sequence[Document]) -> list[Sheet]:
    """All tables of the documents, in reading order, their page-broken pieces joined."""
    found = [sheet for document in documents for sheet in _sheets(document)]
    return [sheet for sheet in found if sheet.body or any(len(row) > 1 for row in sheet.header)]


def _sheets(document: Document) -> Iterator[Sheet]:
    running = _running_lines(document)
    between: list[str] = []
    open_sheet: Sheet | None = None
    first: Piece | None = None
    first_part: Grid | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if fold(block.text) not in running:
                between.append(block.text)
            continue
        if _is_frame(block):
            between += [cell for row in block.rows for cell in row.cells]
            continue
        for part in split(block):
            if open_sheet and first_part and _header_goes_on(open_sheet, first_part, part, between):
                first_part = Grid((*first_part.rows, *part.rows), first_part.locator)
                first = take_apart(first_part)
                heading = open_sheet.nearest_heading
                open_sheet = _opened(first, open_sheet.caption, (), end=part.locator)
                open_sheet.nearest_heading, between = heading, []
                continue
            piece = take_apart(part)
            if open_sheet and piece.head and _is_rows(piece):
                body = (*piece.head, *piece.body)
                piece = replace(piece, head=(), spans={}, body=body)
            above = piece.caption.over(read_above(between))
            if open_sheet and first and _continues(open_sheet, first, piece, above, between):
                _append(open_sheet, first, piece)
            else:
                if open_sheet:
                    yield _closed(open_sheet, between)
                open_sheet, first, first_part = _opened(piece, above, between), piece, part
            between = []
    if open_sheet:
        yield _closed(open_sheet, between)


def _is_frame(grid: Grid) -> bool:
    """A frame around text, or a caption line whose parts a tab stop sets apart: no table."""
    rows = [row.cells for row in grid.rows]
    return max(map(len, rows)) < 2 or read_inside(rows)[1] == len(rows)


def _running_lines(document: Document) -> set[str]:
    """Lines that many pages repeat and that are no part of a caption: running page headers."""
    pages: dict[str, set[int | None]] = {}
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.locator.page is not None:
            pages.setdefault(fold(block.text), set()).add(block.locator.page)
    return {
        text for text, where in pages.items() if len(where) >= _RUNNING and read_line(text) is None
    }


def _header_goes_on(sheet: Sheet, first: Grid, part: Grid, between: Sequence[str]) -> bool:
    """Whether a page break parts a header: nothing but header rows above it, and below it rows
    that name the columns on, with blanks under the names that stood above."""
    if sheet.body or not first.rows or not part.rows:
        return False
    above, below = first.rows[-1].cells, part.rows[0].cells
    return (
        len(above) == len(below)
        and bool(fold(above[0]))
        and _stand_under(above, below)
        and any(map(fold, below))
        and not any(map(number, below))
        and _next_page(sheet, part.locator)
        and not any(not is_noise(text) for text in between)
    )


def _stand_under(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether labels stand only where the row above leaves room: below a blank, or below the first
    of several columns that a label covers (科目编码 over 类 | 款 | 项), and not below all."""
    if all(fold(lower) for upper, lower in zip(above, below, strict=True) if fold(upper)):
        return False
    wide = [i + 1 < len(above) and not fold(above[i + 1]) for i in range(len(above))]
    return all(
        not fold(lower) or not fold(upper) or wide[i]
        for i, (upper, lower) in enumerate(zip(above, below, strict=True))
    )


def _opened(
    piece: Piece, caption: Caption, between: Sequence[str], end: Locator | None = None
) -> Sheet:
    heading = next((text for text in reversed(between) if not is_noise(text)), "")
    if len(fold(heading)) > _LONGEST_HEADING or read_line(heading) is not None:
        heading = ""
    return Sheet(
        caption,
        piece.header,
        dict(piece.spans),
        list(piece.body),
        piece.locator,
        end or piece.locator,
        list(piece.notes),
        heading,
        piece.width,
    )


def _closed(sheet: Sheet, after: Sequence[str]) -> Sheet:
    """The sheet with the note lines that follow it directly."""
    for text in after:
        if is_noise(text):
            continue
        if not is_note(text):
            break
        sheet.notes.append(text)
    return sheet


def _continues(
    sheet: Sheet, first: Piece, piece: Piece, caption: Caption, between: Sequence[str]
) -> bool:
    """Whether ``piece`` is the next page's part of ``sheet``.

    A caption of its own with another title or label starts a new table; so do text between the
    two and a different header. A part without header must be as wide as the table.
    """
    known = sheet.caption
    if caption.title and fold(caption.title) != fold(known.title):
        return False
    if caption.label and known.label and fold(caption.label) != fold(known.label):
        return False
    if _is_form(piece):
        return False
    if _is_form(first):
        rows = [line.cells for line in (*piece.head, *piece.body)]
        if piece.width > first.width or not _next_page(sheet, piece.locator):
            return False
        return continued([line.cells for line in sheet.body], rows) is not None
    if piece.key:
        return _same_header(first, piece) and (bool(caption.title) or not _prose(between))
    if caption.title or _prose(between) or not _next_page(sheet, piece.locator):
        return False
    return (
        piece.width in (first.width, _filled_width(first), sheet.last_width)
        or _fits(first, piece)
        or _only_totals(first, piece)
    )


def _is_form(piece: Piece) -> bool:
    return is_form([*piece.header, *(line.cells for line in piece.body)])


def _same_header(first: Piece, piece: Piece) -> bool:
    """Equal headers, or nearly so (a cell of the page before overlaps one of them)."""
    if first.key == piece.key:
        return True
    mine = Counter(cell for row in first.key for cell in row)
    other = Counter(cell for row in piece.key for cell in row)
    common = sum((mine & other).values())
    return common >= _ENOUGH_IN_COMMON * max(mine.total(), other.total())


def _prose(between: Sequence[str]) -> bool:
    """Whether text other than captions, page numbers and notes stands between two pieces."""
    return any(not is_noise(text) and read_line(text) is None for text in between)


def _is_rows(piece: Piece) -> bool:
    """Whether what looks like a header are rows without figures that a page break put on top:
    上年结转结余 | | 结转下年支出 |."""
    return all(_is_row_label(cell) for row in piece.header for cell in row if fold(cell))


def _is_row_label(cell: str) -> bool:
    label = read_label(cell)
    if label.style or is_total(label.text):
        return True
    carried = read_terms(label.text).get("carry") in ("carried_in", "carried_out")
    return carried or any(national(axis).by_name(label.text) for axis in ("subject", "economic"))


def _next_page(sheet: Sheet, at: Locator) -> bool:
    last = sheet.end
    if last.page is None or at.page is None:
        return last.file == at.file
    return 0 <= at.page - last.page <= 1


def _filled_columns(piece: Piece) -> list[int]:
    rows = [*piece.header, *(line.cells for line in piece.body)]
    return [
        column
        for column in range(piece.width)
        if any(column < len(row) and fold(row[column]) for row in rows)
    ]


def _filled_width(piece: Piece) -> int:
    return len(_filled_columns(piece))


def _fits(first: Piece, piece: Piece) -> bool:
    return _filled_width(piece) == _filled_width(first)


def _mend_cut_row(sheet: Sheet, piece: Piece) -> int:
    """Join a row whose prose the page break cut: its rest is a row of text under text only. The
    number of rows taken."""
    if not sheet.body or not piece.body:
        return 0
    upper, rest = sheet.body[-1].cells, piece.body[0].cells
    filled = [i for i, cell in enumerate(rest) if fold(cell)]
    cut = (
        len(upper) == len(rest)
        and 0 not in filled
        and len(filled) <= 2
        and all(len(upper[i]) >= _SHORTEST_PROSE and not number(rest[i]) for i in filled)
    )
    if not cut:
        return 0
    joined = [text + rest[i] if i in filled else text for i, text in enumerate(upper)]
    sheet.body[-1] = sheet.body[-1].with_cells(joined)
    return 1


def _moved(cells: Sequence[str], columns: Mapping[int, int]) -> list[str]:
    moved = [""] * (1 + max((columns.get(i, i) for i in range(len(cells))), default=0))
    for i, cell in enumerate(cells):
        if fold(cell):
            moved[columns.get(i, i)] = cell
    return moved


def _right(cells: Sequence[str], width: int) -> list[str]:
    return [*[""] * (width - len(cells)), *cells]


def _only_totals(first: Piece, piece: Piece) -> bool:
    """The last page holds the 合计 row only, its key cells merged into one."""
    return 1 < piece.width < first.width and all(is_total(line.cells[0]) for line in piece.body)


def _append(sheet: Sheet, first: Piece, piece: Piece) -> None:
    """Add a part's rows, its columns brought to those of the first part."""
    sheet.notes += piece.notes
    sheet.end = piece.locator
    if piece.key:
        sheet.last_width = piece.width
    if _is_form(first):  # a form's merged labels at the left are lost on its next page
        rows = (*piece.head, *piece.body)
        texts = [line.cells for line in rows]
        columns = continued([line.cells for line in sheet.body], texts) or {}
        sheet.body += [line.with_cells(_moved(line.cells, columns)) for line in rows]
        return
    if piece.width == first.width or not first.spans:
        sheet.body += piece.body[_mend_cut_row(sheet, piece) :]
        return
    if _only_totals(first, piece):
        for line in piece.body:
            figures = _right(line.cells[1:], first.width - 1)
            sheet.body.append(line.with_cells([line.cells[0], *figures]))
        return
    target = _filled_columns(first)
    source = _filled_columns(piece)
    if len(source) != len(target):
        source = list(range(piece.width))
    for line in piece.body:
        cells = [""] * first.width
        for at, column in zip(target, source, strict=False):
            cells[at] = line.cells[column] if column < len(line.cells) else ""
        sheet.body.append(line.with_cells(cells))
