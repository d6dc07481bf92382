"""Locks, small durable writes and consistent copies."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from disclosure.store.files import copy_directory, copy_file, exclusive, replace_text


def test_replacing_leaves_the_new_text_and_nothing_else(tmp_path: Path) -> None:
    for text in ("first\n", "second\n"):
        replace_text(tmp_path / "current", text)
    assert [p.name for p in tmp_path.iterdir()] == ["current"]
    assert (tmp_path / "current").read_text(encoding="utf-8") == "second\n"


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    inside, order = Event(), []

    def second() -> None:
        inside.set()
        with exclusive(tmp_path / "lock"):
            order.append("second")

    with exclusive(tmp_path / "lock"):
        waiting = Thread(target=second)
        waiting.start()
        inside.wait()
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_a_database_is_copied_with_what_its_journal_holds(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "deep").mkdir(parents=True)
    (source / "deep" / "vectors.bin").write_bytes(b"\1\2")
    with closing(sqlite3.connect(source / "a.sqlite3")) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE t (x)")
        writer.execute("INSERT INTO t VALUES (1)")
        writer.commit()
        copy_directory(source, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy" / "a.sqlite3")) as reader:
        assert reader.execute("SELECT x FROM t").fetchall() == [(1,)]
    assert (tmp_path / "copy" / "deep" / "vectors.bin").read_bytes() == b"\1\2"


@pytest.mark.parametrize("refused", [False, True], ids=["in the kernel", "where that is refused"])
@pytest.mark.parametrize("data", [b"", b"abc" * 100_000], ids=["empty", "some"])
def test_a_file_is_copied_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, refused: bool
) -> None:
    def refuse(*_: int) -> int:
        raise OSError(errno.EOPNOTSUPP, "not supported")

    if refused:
        monkeypatch.setattr(os, "copy_file_range", refuse)
    (tmp_path / "a").write_bytes(data)
    copy_file(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == data
