"""PDF files with a text layer: ruled and aligned tables, paragraphs, and what could not be read."""

from __future__ import annotations

from disclosure.document import Document, Gap, Locator
from ingest.errors import EmptyFile, ScannedFile, UnreadableFile
from ingest.readers.digest import sha256
from ingest.readers.pdf.aligned import find_aligned
from ingest.readers.pdf.blocks import BlockBuilder
from ingest.readers.pdf.furniture import PageLines, without_furniture
from ingest.readers.pdf.geometry import Glyph
from ingest.readers.pdf.lattice import find_lattices
from ingest.readers.pdf.page import RawPage, open_pdf, read_page
from ingest.readers.pdf.tables import Table, fill, is_table
from ingest.readers.pdf.textlines import lines_of

#: A page with fewer glyphs than this, mostly covered by pictures, is a scan or a pasted picture.
_FEW_GLYPHS = 60
_PICTURE_SHARE = 0.4
#: Above this share of codes without characters, a page's text is not what it shows.
_UNMAPPED_SHARE = 0.3
#: A file with fewer glyphs a page than this, and scanned pages, has no text layer to speak of.
_GLYPHS_A_PAGE = 20
MEDIA_TYPE = "application/pdf"
_NO_CODES = "该页字体没有文字编码，无法读出文字"
_RECOGNISED = "该页是扫描图片，机器识别的文字未经核对，不予采用"
_SCANNED = "该页是扫描图片，没有文字"


def read_pdf(name: str, data: bytes) -> Document:
    """The document of a PDF's text layer; scanned pages become gaps.

    Raises ``EncryptedFile``, ``TruncatedFile``, ``UnreadableFile``, ``ScannedFile``, ``EmptyFile``.
    """
    tables: list[list[Table]] = []
    pages: list[PageLines] = []
    gaps: list[Gap] = []
    glyphs = 0
    with open_pdf(name, data) as pdf:
        count = len(pdf)
        for index in range(count):
            raw = read_page(pdf, index)
            reason = _unreadable(raw)
            if reason:
                gaps.append(Gap(reason, Locator(name, page=raw.number)))
            if reason in (_NO_CODES, _RECOGNISED):
                raw = raw._replace(glyphs=[])
            glyphs += len(raw.glyphs)
            found, rest = _tables(raw)
            tables.append(found)
            pages.append(PageLines(lines_of(rest), raw.width, raw.height))
    _refuse_textless(name, count, glyphs, gaps)
    bare = without_furniture(pages)
    for number, page in enumerate(bare):
        aligned, lines = find_aligned(page.lines)
        if aligned:
            bare[number] = page._replace(lines=lines)
            tables[number] = sorted(tables[number] + aligned, key=lambda table: table.box.top)
    blocks = BlockBuilder(name).build(bare, tables)
    return Document(name, MEDIA_TYPE, sha256(data), blocks, tuple(gaps), count)


def _tables(raw: RawPage) -> tuple[list[Table], list[Glyph]]:
    """The ruled tables of a page, and the glyphs outside them."""
    found: list[Table] = []
    rest = raw.glyphs
    for lattice in find_lattices(raw.horizontal, raw.vertical):
        table, outside = fill(lattice, rest)
        if is_table(table):
            found.append(table)
            rest = outside
    return found, rest


def _unreadable(raw: RawPage) -> str:
    """Why a page, or most of it, could not be read; empty where it could."""
    if raw.unmapped > _UNMAPPED_SHARE * max(1, len(raw.glyphs)):
        return _NO_CODES
    if raw.invisible and raw.image_share >= _PICTURE_SHARE:
        return _RECOGNISED
    if len(raw.glyphs) < _FEW_GLYPHS and raw.image_share >= _PICTURE_SHARE:
        return _SCANNED
    return ""


def _refuse_textless(name: str, pages: int, glyphs: int, gaps: list[Gap]) -> None:
    if glyphs >= _GLYPHS_A_PAGE * pages or (glyphs and not gaps):
        return
    if not gaps:
        raise EmptyFile(f"PDF 共 {pages} 页，没有任何文字", name)
    if any(gap.reason == _NO_CODES for gap in gaps):
        raise UnreadableFile(f"全文 {pages} 页的字体没有文字编码，无法读出文字", name)
    raise ScannedFile(f"全文 {pages} 页都是扫描图片，没有可用的文字", name)
