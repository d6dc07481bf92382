"""The files to ingest: paths, folders and ZIPs, mixed as a collector brings them home.

Bytes are read one file at a time, when the caller takes the item.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from ingest.errors import EncryptedFile, IngestError, MissingPath, TruncatedFile, UnsafeArchive
from ingest.readers.formats import Format, detect

#: A file that no disclosure comes near, an archive's total, its number of files and its depth.
MOST_FILE_BYTES = 256 * 1024 * 1024
MOST_ARCHIVE_BYTES = 2 * 1024 * 1024 * 1024
MOST_ARCHIVE_FILES = 20_000
DEEPEST_ARCHIVE = 3
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
#: What file managers leave beside the files.
_LITTER = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One file: its display name, and its bytes or why there are none.

    ``name`` is the path as given or found, with ``!`` before a path inside an archive.
    """

    name: str
    data: bytes = b""
    error: IngestError | None = None


def collect(paths: Sequence[Path]) -> Iterator[SourceItem]:
    """Every file under ``paths``, in a stable order, archives unpacked.

    Hidden files are passed over. A path that cannot be read comes as an item with its error, so
    that the others go on.
    """
    for path in paths:
        if not path.exists():
            yield _failed(MissingPath("路径不存在", str(path)))
        elif path.is_dir():
            yield from _walk(path)
        else:
            yield from _file(path, path.name)


def _walk(folder: Path) -> Iterator[SourceItem]:
    """Files of a folder and its folders, sorted by relative path; links to folders not followed."""
    files = [
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_file() and not _is_litter(path.relative_to(folder).parts)
    ]
    for file in sorted(files, key=lambda path: path.as_posix()):
        yield from _file(folder / file, file.as_posix())


def _file(path: Path, name: str) -> Iterator[SourceItem]:
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            yield _failed(UnsafeArchive("文件大得不合理", name, remedy="请检查该文件后再导入"))
            return
        data = path.read_bytes()
    except OSError as error:
        failure = IngestError(f"无法读取（{error.strerror}）", name, remedy="请检查文件权限")
        failure.__cause__ = error
        yield _failed(failure)
        return
    yield from _unpacked(name, data, depth=0)


def _unpacked(name: str, data: bytes, depth: int) -> Iterator[SourceItem]:
    """The file itself, or the files in it when it is a ZIP."""
    if detect(data) is not Format.ZIP:
        yield SourceItem(name, data)
    elif depth >= DEEPEST_ARCHIVE:
        yield _failed(UnsafeArchive(f"压缩包嵌套超过 {DEEPEST_ARCHIVE} 层", name))
    else:
        yield from _archive(name, data, depth)


def _archive(name: str, data: bytes, depth: int) -> Iterator[SourceItem]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = sorted(
            (
                (_member_name(member), member)
                for member in archive.infolist()
                if not member.is_dir()
            ),
            key=lambda pair: pair[0],
        )
        members = [pair for pair in members if not _is_litter(PurePosixPath(pair[0]).parts)]
        total = sum(member.file_size for _, member in members)
        if len(members) > MOST_ARCHIVE_FILES or total > MOST_ARCHIVE_BYTES:
            yield _failed(UnsafeArchive("压缩包解压后大得不合理", name))
            return
        for inner, member in members:
            yield from _member(f"{name}!{inner}", archive, member, depth)


def _member(
    name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int
) -> Iterator[SourceItem]:
    if member.flag_bits & _ENCRYPTED:
        yield _failed(EncryptedFile("压缩包里的这个文件有密码", name))
        return
    try:
        with archive.open(member) as stream:
            # The header's size may lie: never read more than it and the bound allow.
            data = stream.read(MOST_FILE_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        failure = TruncatedFile("压缩包里的这个文件已损坏", name)
        failure.__cause__ = error
        yield _failed(failure)
        return
    if len(data) > MOST_FILE_BYTES:
        yield _failed(UnsafeArchive("压缩包里的这个文件大得不合理", name))
        return
    yield from _unpacked(name, data, depth + 1)


def _member_name(member: zipfile.ZipInfo) -> str:
    """A member's path; names without the UTF-8 flag are GBK where Chinese Windows zipped them."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").lstrip("/")


def _is_litter(parts: Sequence[str]) -> bool:
    return any(part.startswith((".", "~$")) or part in _LITTER for part in parts)


def _failed(error: IngestError) -> SourceItem:
    return SourceItem(error.file, error=error)
