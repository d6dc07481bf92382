"""What the reader tests share: short views of a document, and PDFs drawn with reportlab."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from disclosure.document import Document, Grid, Paragraph

FONT = "STSong-Light"


def paragraphs(document: Document) -> list[str]:
    """Texts of all paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grids(document: Document) -> list[Grid]:
    """All grids."""
    return [block for block in document.blocks if isinstance(block, Grid)]


def rows(grid: Grid) -> list[list[str]]:
    """A grid's cells."""
    return [list(row.cells) for row in grid.rows]


class Sheet:
    """A PDF under construction, in top-left coordinates and points."""

    def __init__(self, width: float = 595, height: float = 842, encrypt: str = "") -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._buffer = BytesIO()
        self.height = height
        self.canvas = Canvas(
            self._buffer, pagesize=(width, height), encrypt=encrypt or None, invariant=1
        )

    def text(self, x: float, y: float, text: str, size: float = 12) -> None:
        """Print one line with its baseline ``y`` below the top."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a rule."""
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def table(
        self, x: float, y: float, widths: Sequence[float], cells: Sequence[Sequence[str]]
    ) -> None:
        """A fully ruled table of 20-point rows; a cell's lines are parted by line breaks."""
        heights = [20 + 12 * max(cell.count("\n") for cell in row) for row in cells]
        right, bottom = x + sum(widths), y + sum(heights)
        top = y
        for row, height in zip(cells, heights, strict=True):
            self.line(x, top, right, top)
            left = x
            for cell, width in zip(row, widths, strict=True):
                for number, part in enumerate(cell.split("\n")):
                    self.text(left + 2, top + 14 + 12 * number, part, 10)
                left += width
            top += height
        self.line(x, bottom, right, bottom)
        left = x
        for width in [0.0, *widths]:
            left += width
            self.line(left, y, left, bottom)

    def next_page(self) -> None:
        self.canvas.showPage()

    def pdf(self) -> bytes:
        """The finished file."""
        self.canvas.save()
        return self._buffer.getvalue()
