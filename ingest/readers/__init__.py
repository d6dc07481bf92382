"""Reading any supported file into a ``Document``; the content decides the format, not the name."""

from __future__ import annotations

from collections.abc import Callable

from disclosure.document import Document
from ingest.errors import (
    EmptyFile,
    EncryptedFile,
    IngestError,
    ScannedFile,
    TruncatedFile,
    UnknownFormat,
)
from ingest.readers.docx import read_docx
from ingest.readers.formats import Format, detect
from ingest.readers.html import read_html
from ingest.readers.pdf import read_pdf
from ingest.readers.text import read_text
from ingest.readers.xls import read_xls
from ingest.readers.xlsx import read_xlsx

_READERS: dict[Format, Callable[[str, bytes], Document]] = {
    Format.PDF: read_pdf,
    Format.DOCX: read_docx,
    Format.XLSX: read_xlsx,
    Format.XLS: read_xls,
    Format.HTML: read_html,
    Format.TEXT: read_text,
}


def read_document(name: str, data: bytes) -> Document:
    """Blocks of one file in reading order; ``name`` is only quoted, in locators and errors.

    Raises a kind of ``ingest.errors.IngestError`` for what cannot be read.
    """
    if not data:
        raise EmptyFile("文件是空的（0 字节）", name)
    kind = detect(data)
    reader = _READERS.get(kind)
    if reader is None:
        raise _refusal(kind, name)
    return reader(name, data)


def _refusal(kind: Format, name: str) -> IngestError:
    match kind:
        case Format.BROKEN:
            return TruncatedFile("文件结构不完整，可能没有下载完", name)
        case Format.LOCKED_OFFICE:
            return EncryptedFile("这是加密的 Office 文件", name)
        case Format.IMAGE:
            return ScannedFile("这是图片，没有可读的文字", name)
        case Format.DOC:
            return UnknownFormat(
                "这是旧版 Word 文件（.doc）", name, remedy="请另存为 DOCX 后再导入"
            )
        case Format.ZIP:
            return UnknownFormat("这是压缩包，不是单个文件", name, remedy="请把压缩包作为整体导入")
        case _:
            return UnknownFormat(f"不支持的文件格式（{kind.value}）", name)
