"""A source document as its reader saw it: headings, paragraphs and grids of cells, with locators.

Readers (``ingest.readers``) produce it, whatever the file format; nothing here interprets it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Locator:
    """Where something stands in its source. Lines, pages, tables, rows and columns count from 1."""

    file: str = ""
    page: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    start: int | None = None
    end: int | None = None

    @property
    def row_key(self) -> tuple[str, int | None, int | None, int | None, int | None]:
        """What the cells of one row of a table have in common."""
        return self.file, self.page, self.line, self.table, self.row

    def as_dict(self) -> dict[str, str | int]:
        """The keys that are set, as the API sends them."""
        return {k: v for k in self.__slots__ if (v := getattr(self, k)) not in (None, "")}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, its lines joined. ``level`` > 0 where the format itself says heading."""

    text: str
    locator: Locator
    level: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One grid row. ``indents`` gives each cell's left indent where the format shows one."""

    cells: tuple[str, ...]
    locator: Locator
    indents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """One table as printed on one page or between two paragraphs, not yet interpreted.

    A merged cell keeps its text at its top-left corner; the positions it covers are blank.
    ``spans`` maps a top-left (row, column), from 0, to its (rows, columns) where the format has it.
    """

    rows: tuple[Row, ...]
    locator: Locator
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a document that could not be read (a scanned page), told to the reader."""

    reason: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class Document:
    """All blocks of one file in reading order."""

    file: str
    media_type: str
    sha256: str
    blocks: tuple[Block, ...]
    gaps: tuple[Gap, ...] = ()
    pages: int = 0
