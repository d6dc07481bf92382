"""The reply as a Word document, laid out as an official letter."""

from __future__ import annotations

import io
from decimal import Decimal

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.run import Run

from disclosure.money import format_number
from qa_service.answering.answer import Figure

_BODY, _HEADING = "仿宋", "黑体"
_TITLE = "咨询答复"


def as_docx(text: str, figures: list[Figure], signed: str) -> bytes:
    """The reply's text, a table of its figures, and who signed when."""
    document = Document()
    _set_up(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(18)
    _run(title.add_run(_TITLE), _HEADING, 22)
    for line in text.splitlines():
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(32)
        paragraph.paragraph_format.space_after = Pt(4)
        # A heading does not stay behind alone at the end of a page.
        paragraph.paragraph_format.keep_with_next = line.endswith("：")
        heading, colon, rest = line.partition("：")
        if colon and len(heading) <= 8 and not heading.startswith("您好"):
            _run(paragraph.add_run(heading + colon), _HEADING, 16)
            _run(paragraph.add_run(rest), _BODY, 16)
        else:
            _run(paragraph.add_run(line), _BODY, 16)
    if figures:
        _figures(document, figures)
    end = document.add_paragraph()
    end.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    end.paragraph_format.space_before = Pt(18)
    _run(end.add_run(signed), _BODY, 16)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_up(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    document.core_properties.title = _TITLE
    document.core_properties.author = ""
    document.core_properties.language = "zh-CN"


def _figures(document: DocumentType, figures: list[Figure]) -> None:
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("项目", "数值", "单位"), strict=True):
        _run(cell.paragraphs[0].add_run(text), _HEADING, 12)
    for figure in figures:
        cells = table.add_row().cells
        _run(cells[0].paragraphs[0].add_run(figure.label), _BODY, 12)
        cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _run(cells[1].paragraphs[0].add_run(format_number(Decimal(figure.value))), _BODY, 12)
        _run(cells[2].paragraphs[0].add_run(figure.unit), _BODY, 12)
    for row in table.rows:
        for cell, width in zip(row.cells, (Cm(10.2), Cm(3.4), Cm(2)), strict=True):
            cell.width = width


def _run(run: Run, font: str, size: int) -> None:
    """Word takes the font of Chinese characters from an attribute of its own."""
    run.font.name = font
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
