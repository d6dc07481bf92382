"""Documents built in tests: paragraphs and grids as the readers would give them."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.document import Block, Document, Grid, Locator, Paragraph, Row
from disclosure.model import Fact
from ingest.tables import TableContext, TypedTable, read_tables

CONTEXT = TableContext("d", "某市某局", 2026)
Spans = dict[tuple[int, int], tuple[int, int]]


def grid(text: str, page: int | None = None, spans: Spans | None = None) -> Grid:
    """A grid from lines of cells parted by ``|``; a leading one leaves the first cell blank."""
    lines = [line.strip() for line in text.strip("\n").splitlines() if line.strip()]
    rows = tuple(
        Row(
            tuple(cell.strip() for cell in line.split("|")),
            Locator("f.txt", page=page, line=None if page else number, row=number),
        )
        for number, line in enumerate(lines, 1)
    )
    return Grid(rows, Locator("f.txt", page=page), spans or {})


def document(*blocks: str | Grid) -> Document:
    """A document of paragraphs (strings) and grids."""
    made: list[Block] = [
        Paragraph(block, Locator("f.txt")) if isinstance(block, str) else block for block in blocks
    ]
    return Document("f.txt", "text/plain", "0", tuple(made))


def tables(*blocks: str | Grid, context: TableContext = CONTEXT) -> list[TypedTable]:
    """The typed tables of a document of ``blocks``."""
    return read_tables([document(*blocks)], context)


def facts(*blocks: str | Grid, context: TableContext = CONTEXT) -> list[Fact]:
    """All facts of a document of ``blocks``."""
    return [fact for table in tables(*blocks, context=context) for fact in table.facts]


def at(found: Sequence[Fact], printed: str) -> dict[str, str]:
    """The narrowed coordinates of the one fact that prints ``printed``."""
    same = [fact for fact in found if fact.printed == printed]
    assert len(same) == 1, [(fact.label, fact.printed) for fact in found]
    return {axis: str(member) for axis, member in same[0].coordinates.narrowed().items()}
