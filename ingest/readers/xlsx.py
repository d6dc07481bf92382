"""XLSX workbooks: visible sheets, rows and columns, with numbers as their format prints them."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Sequence
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.document import Document, Gap, Locator
from ingest.errors import EmptyFile, UnreadableFile
from ingest.readers import cells
from ingest.readers.digest import sha256
from ingest.readers.formats import Format
from ingest.readers.number_format import printed
from ingest.readers.package import refuse_bomb
from ingest.readers.sheets import Sheet, workbook_blocks

#: Sheets formatted to the last of a million rows are read as far as they hold something.
_MOST_BLANK_ROWS = 200


def read_xlsx(name: str, data: bytes) -> Document:
    """The document of a workbook's visible sheets.

    Raises ``UnreadableFile``, ``EmptyFile`` or ``UnsafeArchive``.
    """
    refuse_bomb(name, data)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of features it drops (validation, conditional formats): not content.
            warnings.simplefilter("ignore")
            workbook = load_workbook(BytesIO(data), data_only=True)
            shown = [ws for ws in workbook.worksheets if ws.sheet_state == "visible"]
            sheets = [_sheet(ws) for ws in shown]
            gaps = _uncomputed(name, data, shown)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableFile("工作簿结构损坏，无法打开", name) from error
    blocks = workbook_blocks(name, sheets)
    if not blocks:
        raise EmptyFile("工作簿里没有任何内容", name)
    return Document(name, Format.XLSX, sha256(data), blocks, tuple(gaps), len(sheets))


def _sheet(ws: Worksheet) -> Sheet:
    hidden_columns = {
        column
        for dimension in ws.column_dimensions.values()
        if dimension.hidden
        for column in range(dimension.min, dimension.max + 1)
    }
    columns = [c for c in range(1, ws.max_column + 1) if c not in hidden_columns]
    sheet = Sheet(ws.title, columns)
    blank = 0
    for row in ws.iter_rows():
        number = row[0].row
        if ws.row_dimensions[number].hidden:
            continue
        shown = [row[c - 1] for c in columns]
        texts = [printed(cell.value, cell.number_format) for cell in shown]
        blank = 0 if any(texts) else blank + 1
        if blank > _MOST_BLANK_ROWS:
            break
        sheet.rows.append(texts)
        sheet.numbers.append(number)
        sheet.indents.append(
            [
                cells.indent(text) + 2 * int(cell.alignment.indent or 0) if text else 0
                for cell, text in zip(shown, texts, strict=True)
            ]
        )
    for area in ws.merged_cells.ranges:
        anchor = ws.cell(area.min_row, area.min_col)
        sheet.merge(
            range(area.min_row, area.max_row + 1),
            range(area.min_col, area.max_col + 1),
            printed(anchor.value, anchor.number_format),
        )
    return sheet


def _uncomputed(name: str, data: bytes, shown: Sequence[Worksheet]) -> list[Gap]:
    """Sheets with formulas whose results the file does not hold: their figures cannot be read."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = [part for part in archive.namelist() if part.startswith("xl/worksheets/")]
        if not any(b"<f" in archive.read(part) for part in sheets):
            return []
    formulas = load_workbook(BytesIO(data), data_only=False)
    return [
        Gap("工作表里有公式没有保存计算结果，这些数字无法读出", Locator(name, page=number))
        for number, ws in enumerate(shown, 1)
        if any(
            cell.data_type == "f" and ws[cell.coordinate].value is None
            for row in formulas[ws.title].iter_rows()
            for cell in row
        )
    ]
