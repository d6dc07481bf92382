"""The same tables in other formats give the same facts, value for value."""

from __future__ import annotations

import html
import io
from collections import Counter
from collections.abc import Callable

import openpyxl
import pytest

from disclosure.document import Document, Paragraph
from ingest.readers import read_document
from ingest.tables import TableContext, read_tables
from tests.ingest.tables.test_seed import SEED

CONTEXT = TableContext("d", "柳州市科学技术局", 2026, "405")


def _as_html(document: Document) -> bytes:
    parts = ["<html><head><meta charset='utf-8'></head><body>"]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<p>{html.escape(block.text)}</p>")
            continue
        rows = (
            "".join(f"<td>{html.escape(cell)}</td>" for cell in row.cells) for row in block.rows
        )
        parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def _as_stacked_sheet(document: Document) -> bytes:
    """All tables one under the other on one worksheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            sheet.append([block.text])
            continue
        for row in block.rows:
            sheet.append(list(row.cells))
        sheet.append([])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _facts(document: Document) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            fact.measure,
            fact.aspect,
            fact.coordinates,
            fact.value,
            fact.unit,
            fact.label,
            fact.header,
            fact.row_path,
            fact.printed,
            fact.ordinal,
            fact.total,
            fact.text_value,
        )
        for _, facts in read_tables([document], CONTEXT)
        for fact in facts
    )


@pytest.mark.parametrize("write", [_as_html, _as_stacked_sheet])
def test_other_formats_give_the_same_facts(write: Callable[[Document], bytes]) -> None:
    original = read_document(SEED.name, SEED.read_bytes())
    again = read_document("other", write(original))
    assert _facts(again) == _facts(original)
