"""A document written out as files of one format, for tests that read it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.document import Document
from tests.ingest.readers import rendering

#: Contents of files by name.
Files = dict[str, bytes]


def as_docx(document: Document, folder: Path) -> Files:
    return {"a.docx": rendering.to_docx(document)}


def as_html(document: Document, folder: Path) -> Files:
    return {"a.html": rendering.to_html(document)}


def as_pdf(document: Document, folder: Path) -> Files:
    if rendering.OFFICE is None:
        pytest.skip("LibreOffice is not installed (apt package libreoffice-writer-nogui)")
    return {"a.pdf": rendering.to_pdf(document, folder)}
