"""What kind of file some bytes are, by their content; a file's name is never believed."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO


class Format(StrEnum):
    """Kinds of file that the readers and the archive walker tell apart; values are media types."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    XLS = "application/vnd.ms-excel"
    HTML = "text/html"
    TEXT = "text/plain"
    ZIP = "application/zip"
    BROKEN = "application/x-broken"
    LOCKED_OFFICE = "application/x-encrypted-office"
    DOC = "application/msword"
    OLE = "application/x-ole-storage"
    OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
    OFD = "application/ofd"
    RTF = "application/rtf"
    MHTML = "multipart/related"
    IMAGE = "image/*"
    ARCHIVE = "application/x-archive"


#: Signatures at the very start of a file.
_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"{\\rtf", Format.RTF),
    (b"\x89PNG\r\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"BM", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"Rar!\x1a\x07", Format.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Format.ARCHIVE),
    (b"\x1f\x8b", Format.ARCHIVE),
)
_HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)", re.I | re.S
)
_HTML_TAGS = re.compile(rb"<(?:html|head|body|table|tr|td|div|p|br|meta)\b[^>]*>", re.I)
#: The PDF specification wants the header first; readers accept it within the first 1024 bytes.
_PDF_HEADER_WITHIN = 1024


def detect(data: bytes) -> Format:
    """The format of ``data``; anything without a known signature counts as text."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return Format.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(data)
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (magic != b"BM" or b"\x00" in head):
            return kind
    if re.match(rb"\s*MIME-Version:", head, re.I) and b"multipart/related" in head:
        return Format.MHTML
    if _HTML_START.match(head) or len(_HTML_TAGS.findall(head)) >= 3:
        return Format.HTML
    return Format.TEXT


def _zip_kind(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return Format.BROKEN
    if "word/document.xml" in names:
        return Format.DOCX
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "OFD.xml" in names:
        return Format.OFD
    if "mimetype" in names and "content.xml" in names:
        return Format.OPEN_DOCUMENT
    return Format.ZIP


def _ole_kind(data: bytes) -> Format:
    """Tell OLE files apart by the stream names in their directory (UTF-16)."""
    sector = 1 << int.from_bytes(data[30:32], "little")
    directory = int.from_bytes(data[48:52], "little")
    if (directory + 1) * sector >= len(data):
        return Format.BROKEN

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return Format.LOCKED_OFFICE
    if has("WordDocument"):
        return Format.DOC
    if has("Workbook") or has("Book"):
        return Format.XLS
    return Format.OLE
