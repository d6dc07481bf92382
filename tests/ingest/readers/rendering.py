"""A document written out again in other formats, to prove that the format does not matter."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import escape
from io import BytesIO
from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from openpyxl import Workbook
from openpyxl.cell import Cell

from disclosure.document import Document, Grid, Paragraph
from disclosure.money import places

#: An amount: whole numbers may be codes, which a workbook keeps as text.
_PRINTED_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)\.\d+")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(document: Document) -> bytes:
    """Paragraphs and ruled tables, on pages so wide that no row is taller than one."""
    package = docx.Document()
    section = package.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(420), Mm(297)
    section.left_margin = section.right_margin = Mm(15)
    package.styles["Normal"].font.size = Pt(9)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            package.add_paragraph(block.text)
            continue
        columns = max(len(row.cells) for row in block.rows)
        table = package.add_table(rows=len(block.rows), cols=columns, style="Table Grid")
        for cells, row in zip(table.rows, block.rows, strict=True):
            cells._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, text in zip(cells.cells, row.cells, strict=False):
                cell.text = text
        package.add_paragraph("")
    return _saved(package)


def to_html(document: Document) -> bytes:
    """One article with a menu and a footer around it."""
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>"]
    parts.append("<nav><a href='/'>首页</a></nav><div class='TRS_Editor'>")
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<p>{escape(block.text)}</p>")
            continue
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row.cells) + "</tr>\n"
            for row in block.rows
        )
        parts.append(f"<table>{rows}</table>")
    parts.append("</div><footer>版权所有</footer></body></html>")
    return "\n".join(parts).encode()


def to_xlsx(document: Document, numbers: bool = False) -> bytes:
    """One sheet for each grid, with the up to three paragraphs above it as its title rows.

    ``numbers``: what is printed with decimals is a number with a format, as in a real workbook.
    """
    book = Workbook()
    book.remove(book.active)
    above: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above = [*above, block.text][-3:]
            continue
        sheet = book.create_sheet()
        for text in above:
            sheet.append([text])
        for row in block.rows:
            sheet.append(list(row.cells))
            if numbers:
                for cell in sheet[sheet.max_row]:
                    _as_number(cell)
        above = []
    return _saved(book)


def _as_number(cell: Cell) -> None:
    printed = str(cell.value or "")
    if _PRINTED_NUMBER.fullmatch(printed):
        cell.value = float(printed.replace(",", ""))
        cell.number_format = ("#,##0." if "," in printed else "0.") + "0" * places(printed)


def to_pdf(document: Document, folder: Path) -> bytes:
    """The DOCX printed by LibreOffice."""
    source = folder / "document.docx"
    source.write_bytes(to_docx(document))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "document.pdf").read_bytes()


def _saved(package: object) -> bytes:
    buffer = BytesIO()
    package.save(buffer)  # type: ignore[attr-defined]  # Word and Excel packages alike
    return buffer.getvalue()


def all_rows(document: Document) -> list[tuple[str, ...]]:
    """Rows of all grids, blank cells at their ends off: formats differ in how wide a row is."""
    found = []
    for block in document.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                cells = list(row.cells)
                while cells and not cells[-1]:
                    cells.pop()
                found.append(tuple(cells))
    return found
