"""The layouts written out as files: every format gives every figure at its coordinates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from disclosure.document import Document, Grid, Paragraph
from ingest.readers import read_document
from tests.ingest.layouts.documents import NAMES, Layout, check_read, document, filled
from tests.ingest.layouts.sheets import Style
from tests.ingest.readers import rendering
from tests.ingest.readers.written import Files, as_docx, as_html, as_pdf


def as_text(written: Document, folder: Path) -> Files:
    parts = [
        block.text
        if isinstance(block, Paragraph)
        else "\n".join("\t".join(row.cells) for row in block.rows)
        for block in written.blocks
    ]
    return {"a.txt": "\n\n".join(parts).encode()}


def as_workbook(written: Document, folder: Path) -> Files:
    """The tables alone, a sheet each, their amounts as numbers."""
    first = next(i for i, block in enumerate(written.blocks) if isinstance(block, Grid))
    above = written.blocks[first - 2 : first]
    tables = (written.blocks[0], *above, *written.blocks[first:])
    return {"a.xlsx": rendering.to_xlsx(replace(written, blocks=tables), numbers=True)}


FORMATS = [as_text, as_docx, as_html, as_workbook]
#: A tables file says whose it is beside its unit.
OWNED = Layout(Style(unit_line="部门：临江市水务局    单位：万元"), labelled=False)


def check(city: str, render: Callable[[Document, Path], Files], folder: Path) -> None:
    layout = OWNED if render is as_workbook else Layout()
    tables = filled(city, layout.style)
    files = render(document(tables, layout), folder)
    check_read(tables, [read_document(name, content) for name, content in files.items()])


@pytest.mark.parametrize("render", FORMATS)
def test_every_format_gives_every_figure(
    render: Callable[[Document, Path], Files], tmp_path: Path
) -> None:
    at = FORMATS.index(render)
    for city in NAMES[at :: len(FORMATS)]:
        check(city, render, tmp_path)


@pytest.mark.whole_corpus
@pytest.mark.parametrize("city", NAMES)
@pytest.mark.parametrize("render", [*FORMATS, as_pdf])
def test_every_format_of_every_city(
    city: str, render: Callable[[Document, Path], Files], tmp_path: Path
) -> None:
    check(city, render, tmp_path)
