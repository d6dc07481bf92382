"""The shipped disclosure, written out in other formats, reads the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure.document import Document
from disclosure.text import fold
from ingest.readers import read_document
from tests.ingest.readers import rendering
from tests.ingest.readers.support import paragraphs

DISCLOSURES = Path(__file__).resolve().parents[3] / "data" / "disclosures"


@pytest.fixture(scope="module")
def source() -> Document:
    path = min(DISCLOSURES.glob("*.txt"))
    return read_document(path.name, path.read_bytes())


def texts(document: Document) -> list[str]:
    return [fold(text) for text in paragraphs(document)]


def rows(document: Document) -> list[list[str]]:
    return [[fold(cell) for cell in row] for row in rendering.all_rows(document)]


@pytest.mark.parametrize("render", [rendering.to_docx, rendering.to_html])
def test_word_and_html_give_the_same_paragraphs_and_rows(
    source: Document, render: Callable[[Document], bytes]
) -> None:
    read = read_document("x", render(source))
    assert texts(read) == texts(source)
    assert rows(read) == rows(source)


def test_a_workbook_gives_the_same_rows(source: Document) -> None:
    assert rows(read_document("x", rendering.to_xlsx(source))) == rows(source)


@pytest.mark.skipif(rendering.OFFICE is None, reason="LibreOffice is not installed")
def test_a_printed_pdf_gives_the_same_paragraphs_and_rows(source: Document, tmp_path: Path) -> None:
    read = read_document("x", rendering.to_pdf(source, tmp_path))
    assert texts(read) == texts(source)
    assert rows(read) == rows(source)
