"""Opening a PDF with pdfium and giving its pages, upright, one at a time."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from ingest.errors import EncryptedFile, TruncatedFile, UnreadableFile
from ingest.readers.pdf.geometry import Glyph, Rule, Turn
from ingest.readers.pdf.glyphs import characters_of, read_glyphs, survey_text
from ingest.readers.pdf.strokes import read_strokes


class RawPage(NamedTuple):
    """One page as drawn: glyphs in content order, rules, and how much of it is pictures.

    ``unmapped`` counts codes without a character; ``invisible`` text is a scanner's recognition.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    horizontal: list[Rule]
    vertical: list[Rule]
    image_share: float
    unmapped: int
    invisible: bool


@contextmanager
def open_pdf(name: str, data: bytes) -> Iterator[PdfDocument]:
    """The open document; ``EncryptedFile``, ``TruncatedFile`` or ``UnreadableFile`` otherwise."""
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedFile("PDF 需要密码才能打开", name) from error
        if not _has_end(data):
            raise TruncatedFile("PDF 文件没有结尾，可能没有下载完", name) from error
        raise UnreadableFile("PDF 结构损坏，无法打开", name) from error
    try:
        if not _has_end(data):
            raise TruncatedFile("PDF 文件没有结尾，可能没有下载完", name)
        yield document
    finally:
        document.close()


def read_page(document: PdfDocument, index: int) -> RawPage:
    """The raw content of page ``index``, from 0."""
    page = pdfium.FPDF_LoadPage(document.raw, index)
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        chars = characters_of(text_page)
        survey = survey_text(text_page, chars)
        turn = _turn(page, survey.quarter)
        text = read_glyphs(text_page, chars, turn, mixed=survey.mixed)
        strokes = read_strokes(page, turn)
        width, height = turn.size
        return RawPage(
            index + 1,
            width,
            height,
            text.glyphs,
            strokes.horizontal,
            strokes.vertical,
            strokes.image_share,
            text.unmapped,
            survey.invisible,
        )
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _turn(page: object, quarter: int) -> Turn:
    """The turn that sets the text upright, whatever the page's own rotation says of the paper."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return Turn(quarter, box.left, box.bottom, box.right - box.left, box.top - box.bottom)


def _has_end(data: bytes) -> bool:
    """Whether the end mark follows the last object; an interrupted download lacks it."""
    last_object = data.rfind(b"endobj")
    return max(data.rfind(b"%%EOF"), data.rfind(b"startxref")) > last_object
