"""What a file is, by its content; and what is refused, with a message that says what to do."""

from __future__ import annotations

import pickle
import zipfile
from io import BytesIO

import pytest

from ingest.errors import (
    EncryptedFile,
    IngestError,
    ScannedFile,
    TruncatedFile,
    UnknownFormat,
)
from ingest.readers import read_document
from ingest.readers.formats import Format, detect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\x00" + bytes(480) + bytes(512)


def package(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def _position(value: object) -> str:
    """Ids without bytes: an archive made for the test holds the time of day."""
    return "bytes" if isinstance(value, bytes) else str(value)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4\n", Format.PDF),
        (b"\xef\xbb\xbf\n%PDF-1.4\n", Format.PDF),
        (package("word/document.xml"), Format.DOCX),
        (package("xl/workbook.xml"), Format.XLSX),
        (package("甲.txt"), Format.ZIP),
        (package("OFD.xml"), Format.OFD),
        (package("mimetype", "content.xml"), Format.OPEN_DOCUMENT),
        (package("word/document.xml")[:40], Format.BROKEN),
        (OLE + "Workbook".encode("utf-16-le"), Format.XLS),
        (OLE + "WordDocument".encode("utf-16-le"), Format.DOC),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Format.LOCKED_OFFICE),
        (b"<!DOCTYPE html><html></html>", Format.HTML),
        (b"\n<table><tr><td>1</td></tr></table>", Format.HTML),
        (b"<?xml version='1.0'?><!-- x --><html>", Format.HTML),
        (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
        (b"Rar!\x1a\x07\x00", Format.ARCHIVE),
        ("BM是文本".encode(), Format.TEXT),
        ("部门预算，a<b。".encode(), Format.TEXT),
    ],
    ids=_position,
)
def test_content_decides(data: bytes, kind: Format) -> None:
    assert detect(data) is kind


def test_a_web_page_named_pdf_is_read_as_what_it_is() -> None:
    document = read_document("预算.pdf", "<html><body><p>部门预算公开</p></body></html>".encode())
    assert document.media_type == "text/html"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFile),
        (OLE + "WordDocument".encode("utf-16-le"), UnknownFormat),
        (b"\x89PNG\r\n\x1a\n", ScannedFile),
        (package("word/document.xml")[:40], TruncatedFile),
        (package("OFD.xml"), UnknownFormat),
    ],
    ids=_position,
)
def test_what_no_reader_takes_is_refused(data: bytes, error: type[IngestError]) -> None:
    with pytest.raises(error, match=r"^《文件》：.+。处理办法：.+。$"):
        read_document("文件", data)


def test_an_error_keeps_its_place_on_the_way_out_of_a_worker() -> None:
    error = TruncatedFile("不完整", "a.txt", 3, remedy="重新下载")
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == "《a.txt》第3行：不完整。处理办法：重新下载。"
    assert (copy.file, copy.line, copy.code) == ("a.txt", 3, "truncated")
