"""The shipped disclosure, rendered to other formats, gives the same facts at the same coordinates.

From the bytes of the files to the bundle: nothing of the text file is known to what is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from disclosure.document import Document, Grid
from disclosure.model import Bundle, Fact
from disclosure.text import fold
from eval.corpus import SHIPPED
from ingest.assemble import assemble
from ingest.readers import read_document
from tests.ingest.readers import rendering
from tests.ingest.readers.written import Files, as_docx, as_html, as_pdf

#: What tells where a fact was found, and the ids that hang on it.
_PLACE = {"id", "locator", "table_id", "passage_id", "inputs", "confidence"}
#: How a fact says what it says; formats may differ in the spaces within.
_WORDS = {"label", "header", "row_path", "base", "text_value", "indicator", "formula"}


def as_workbook_and_word(document: Document, folder: Path) -> Files:
    """The narrative in one file, all tables in another, their amounts as numbers."""
    titles = {
        m
        for n, block in enumerate(document.blocks)
        if isinstance(block, Grid)
        for m in range(n - 3, n)
    }  # what ``to_xlsx`` takes into a sheet from above its table
    blocks = enumerate(document.blocks)
    narrative = [b for n, b in blocks if n not in titles and not isinstance(b, Grid)]
    document_of_words = replace(document, blocks=tuple(narrative))
    return {
        "a.docx": rendering.to_docx(document_of_words),
        "b.xlsx": rendering.to_xlsx(document, numbers=True),
    }


@pytest.fixture(scope="module")
def source() -> Document:
    (path,) = SHIPPED.glob("*.txt")
    return read_document(path.name, path.read_bytes())


@pytest.fixture(scope="module")
def original(source: Document) -> Bundle:
    return only_bundle(source)


def only_bundle(*documents: Document) -> Bundle:
    assembly = assemble(documents)
    assert assembly.refusals == ()
    (bundle,) = assembly.bundles
    return bundle


def told(bundle: Bundle) -> Counter[tuple[object, ...]]:
    """Every fact as it stands, but for its place."""
    names = [f.name for f in fields(Fact) if f.name not in _PLACE]
    return Counter(tuple(_folded(n, getattr(fact, n)) for n in names) for fact in bundle.facts)


def _folded(name: str, value: object) -> object:
    if name not in _WORDS:
        return value
    return tuple(map(fold, value)) if isinstance(value, tuple) else fold(str(value))


@pytest.mark.parametrize("render", [as_docx, as_pdf, as_workbook_and_word, as_html])
def test_another_format_gives_the_same_facts(
    source: Document,
    original: Bundle,
    render: Callable[[Document, Path], Files],
    tmp_path: Path,
) -> None:
    files = render(source, tmp_path)
    bundle = only_bundle(*(read_document(name, content) for name, content in files.items()))
    here, there = bundle.disclosure, original.disclosure
    assert (here.id, here.department, here.code, here.year, here.kind, here.level, here.units) == (
        there.id,
        there.department,
        there.code,
        there.year,
        there.kind,
        there.level,
        there.units,
    )
    expected, found = told(original), told(bundle)
    assert expected.total() > 1000
    missing, added = expected - found, found - expected
    assert not missing, f"{missing.total()} missing, as {next(iter(missing))}; added {added}"
    assert not added, f"{added.total()} added, as {next(iter(added))}"
    assert Counter(fold(p.text) for p in bundle.passages) == Counter(
        fold(p.text) for p in original.passages
    )
