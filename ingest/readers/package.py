"""Bounds on what a zipped package (DOCX, XLSX, ZIP) may unpack to."""

from __future__ import annotations

import zipfile
from io import BytesIO

from ingest.errors import UnsafeArchive

#: No disclosure comes near this; a package that unpacks to more is broken or hostile.
MOST_BYTES = 512 * 1024 * 1024


def refuse_bomb(name: str, data: bytes) -> None:
    """``UnsafeArchive`` for a package whose parts unpack to more than is reasonable."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise UnsafeArchive("文件解压后大得不合理", name)
