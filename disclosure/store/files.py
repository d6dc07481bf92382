"""Files that other processes read while one writes: locks, durable writes, consistent copies."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock that no other process holds; the kernel drops it when its holder dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def replace_text(path: Path, text: str) -> None:
    """Write a small file so that a reader, or a crash, finds the old text or the new one."""
    replace_bytes(path, text.encode())


def replace_bytes(path: Path, data: bytes) -> None:
    """As ``replace_text``, for bytes."""
    aside = path.with_name(path.name + ".new")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    _sync_directory(path.parent)


def copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite file as SQLite does: a reader that opens Chroma's makes a small write to it,
    and a plain copy could catch it in the middle."""
    with closing(sqlite3.connect(source)) as a, closing(sqlite3.connect(target)) as b:
        a.backup(b)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file that nobody writes to, as fast as the system can."""
    shutil.copyfile(source, target)


def copy_directory(source: Path, target: Path) -> None:
    """Copy a directory that is not written to but for its SQLite files."""
    for path in (source, *sorted(source.rglob("*"))):
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir(parents=True, exist_ok=True)
        elif path.suffix in {".sqlite", ".sqlite3"}:
            copy_database(path, copy)
        elif not path.name.endswith(("-journal", "-wal", "-shm")):
            copy_file(path, copy)


def move(source: Path, target: Path) -> None:
    """Give a directory its place; a crash leaves it here or there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    _sync_directory(target.parent)


def sync_tree(directory: Path) -> None:
    """Have the disk hold every file of a directory before something points to it."""
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            _sync_directory(path)
    _sync_directory(directory)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
