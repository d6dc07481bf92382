"""The layouts written out as files: every format gives every figure at its coordinates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from disclosure.document import Document, Grid, Paragraph
from ingest.assemble import assemble
from ingest.readers import read_document
from tests.ingest.layouts.documents import NAMES, Layout, compare, document, filled
from tests.ingest.layouts.sheets import Style
from tests.ingest.readers import rendering

Files = dict[str, bytes]


def as_text(written: Document, folder: Path) -> Files:
    parts = [
        block.text
        if isinstance(block, Paragraph)
        else "\n".join("\t".join(row.cells) for row in block.rows)
        for block in written.blocks
    ]
    return {"a.txt": "\n\n".join(parts).encode()}


def as_docx(written: Document, folder: Path) -> Files:
    return {"a.docx": rendering.to_docx(written)}


def as_html(written: Document, folder: Path) -> Files:
    return {"a.html": rendering.to_html(written)}


def as_pdf(written: Document, folder: Path) -> Files:
    if rendering.OFFICE is None:
        pytest.skip("LibreOffice is not installed (apt package libreoffice-writer-nogui)")
    return {"a.pdf": rendering.to_pdf(written, folder)}


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
    assembly = assemble([read_document(name, content) for name, content in files.items()])
    assert assembly.refusals == ()
    (bundle,) = assembly.bundles
    for outcome in compare(tables, bundle):
        assert not outcome.wrong, (outcome.title, outcome.wrong)
        assert not outcome.missing, (outcome.title, outcome.missing, outcome.weakness)
        assert outcome.found_kind == outcome.kind, outcome.title


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
