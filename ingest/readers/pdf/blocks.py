"""Pages of lines and tables put in reading order as the blocks of one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from disclosure.document import Block, Locator, Paragraph
from ingest.readers.grids import GridMaker
from ingest.readers.pdf.furniture import PageLines
from ingest.readers.pdf.paragraphs import Margins, OpenParagraph, margins_of, parts, plain
from ingest.readers.pdf.tables import Table
from ingest.readers.pdf.textlines import TextLine


class BlockBuilder:
    """Collects blocks page by page; a paragraph may stay open over a page break."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._blocks: list[Block] = []
        self._open: OpenParagraph | None = None
        self._grids = GridMaker()

    def build(
        self, pages: Sequence[PageLines], tables: Sequence[Sequence[Table]]
    ) -> tuple[Block, ...]:
        """The blocks of all pages; ``tables`` are each page's, from top to bottom."""
        usual = _usual_margins(pages)
        for number, (page, found) in enumerate(zip(pages, tables, strict=True), 1):
            margins = margins_of(page.lines, page.width, usual.get(round(page.width)))
            lines = sorted(page.lines, key=lambda line: (line.middle, line.x0))
            for table in found:
                above = [line for line in lines if line.middle < table.box.top]
                lines = lines[len(above) :]
                self._add_lines(above, number, margins)
                self._add_table(table, number)
            self._add_lines(lines, number, margins)
        self._close()
        return tuple(self._blocks)

    def _add_lines(self, lines: Sequence[TextLine], page: int, margins: Margins | None) -> None:
        for line in lines:
            texts = parts(line)
            if len(texts) > 1 or margins is None:
                self._close()
                for text in texts:
                    self._blocks.append(Paragraph(plain(text), Locator(self._file, page=page)))
            elif self._open and self._open.takes(line, page, margins):
                self._open.add(line, page, margins)
            else:
                self._close()
                self._open = OpenParagraph(plain(line), line, page, margins)

    def _add_table(self, table: Table, page: int) -> None:
        self._close()
        self._blocks += self._grids.blocks(
            [[cell.text for cell in row] for row in table.rows],
            Locator(self._file, page=page),
            table.spans,
            [[cell.indent for cell in row] for row in table.rows],
        )

    def _close(self) -> None:
        if self._open:
            where = Locator(self._file, page=self._open.first_page)
            self._blocks.append(Paragraph(self._open.text, where))
            self._open = None


def _usual_margins(pages: Sequence[PageLines]) -> dict[int, Margins]:
    """Margins by page width, from all pages of that width together."""
    by_width: dict[int, list[TextLine]] = defaultdict(list)
    for page in pages:
        by_width[round(page.width)] += page.lines
    found = {width: margins_of(lines, width, None) for width, lines in by_width.items()}
    return {width: margins for width, margins in found.items() if margins}
