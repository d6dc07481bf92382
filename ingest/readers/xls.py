"""XLS workbooks (Excel 97 to 2003): the same view of them as of XLSX."""

from __future__ import annotations

import io
import struct

import xlrd
from xlrd.book import Book
from xlrd.sheet import Sheet as XlsSheet

from disclosure.document import Document
from ingest.errors import EmptyFile, EncryptedFile, UnreadableFile
from ingest.readers import cells
from ingest.readers.digest import sha256
from ingest.readers.formats import Format
from ingest.readers.number_format import printed
from ingest.readers.sheets import Sheet, workbook_blocks

_VISIBLE = 0


def read_xls(name: str, data: bytes) -> Document:
    """The document of a workbook's visible sheets.

    Raises ``EncryptedFile``, ``UnreadableFile`` or ``EmptyFile``.
    """
    try:
        # xlrd reports oddities of old writers to its log file: they are not this project's.
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise EncryptedFile("这是加密的 Excel 文件", name) from error
        raise UnreadableFile("工作簿结构损坏，无法打开", name) from error
    except (struct.error, IndexError, AssertionError, KeyError, UnicodeDecodeError) as error:
        raise UnreadableFile("工作簿结构损坏，无法打开", name) from error
    sheets = [_sheet(book, ws) for ws in book.sheets() if ws.visibility == _VISIBLE]
    blocks = workbook_blocks(name, sheets)
    if not blocks:
        raise EmptyFile("工作簿里没有任何内容", name)
    return Document(name, Format.XLS, sha256(data), blocks, (), len(sheets))


def _sheet(book: Book, ws: XlsSheet) -> Sheet:
    rows = [r for r in range(ws.nrows) if not _hidden(ws.rowinfo_map.get(r))]
    columns = [c for c in range(ws.ncols) if not _hidden(ws.colinfo_map.get(c))]
    sheet = Sheet(ws.name, [c + 1 for c in columns])
    for r in rows:
        texts = [_text(book, ws, r, c) for c in columns]
        sheet.rows.append(texts)
        sheet.numbers.append(r + 1)
        sheet.indents.append(
            [
                cells.indent(text) + 2 * _style(book, ws, r, c).alignment.indent_level
                if text
                else 0
                for c, text in zip(columns, texts, strict=True)
            ]
        )
    for top, bottom, left, right in ws.merged_cells:
        text = _text(book, ws, top, left)
        sheet.merge(range(top + 1, bottom + 1), range(left + 1, right + 1), text)
    return sheet


def _hidden(info: object) -> bool:
    return bool(getattr(info, "hidden", 0))


def _style(book: Book, ws: XlsSheet, row: int, column: int) -> xlrd.formatting.XF:
    return book.xf_list[ws.cell_xf_index(row, column)]


def _text(book: Book, ws: XlsSheet, row: int, column: int) -> str:
    cell = ws.cell(row, column)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return printed(xlrd.xldate_as_datetime(cell.value, book.datemode), "General")
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        number_format = book.format_map.get(_style(book, ws, row, column).format_key)
        return printed(cell.value, number_format.format_str if number_format else "General")
    return str(cell.value)
