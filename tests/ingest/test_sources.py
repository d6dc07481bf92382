"""Files, folders and ZIPs as one stream of sources."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from ingest import sources
from ingest.sources import SourceItem, collect


def archive(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def contents(items: list[SourceItem]) -> list[tuple[str, bytes]]:
    return [(item.name, item.data) for item in items]


def test_files_folders_and_archives_come_in_a_stable_order(tmp_path: Path) -> None:
    folder = tmp_path / "市"
    (folder / "乙").mkdir(parents=True)
    (folder / "乙" / "2.txt").write_bytes(b"2")
    (folder / "1.txt").write_bytes(b"1")
    (folder / "包.zip").write_bytes(archive({"b/4.txt": b"4", "a.txt": b"3"}))
    single = tmp_path / "单.txt"
    single.write_bytes(b"0")
    assert contents(list(collect([single, folder]))) == [
        ("单.txt", b"0"),
        ("1.txt", b"1"),
        ("乙/2.txt", b"2"),
        ("包.zip!a.txt", b"3"),
        ("包.zip!b/4.txt", b"4"),
    ]


def test_hidden_files_and_litter_are_passed_over(tmp_path: Path) -> None:
    for name in [".git/x", "~$a.docx", "Thumbs.db", "__MACOSX/y", "a.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert [item.name for item in collect([tmp_path])] == ["a.txt"]


def test_gbk_names_in_an_archive_are_read(tmp_path: Path) -> None:
    # Python writes such names as UTF-8; Chinese Windows writes GBK bytes without the UTF-8 flag.
    name = "预算.txt".encode("gbk")
    placeholder = b"A" * len(name)
    data = archive({placeholder.decode(): b"x"}).replace(placeholder, name)
    (tmp_path / "a.zip").write_bytes(data)
    assert contents(list(collect([tmp_path / "a.zip"]))) == [("a.zip!预算.txt", b"x")]


def test_an_office_file_is_not_unpacked(tmp_path: Path) -> None:
    data = archive({"word/document.xml": b"<x/>"})
    (tmp_path / "a.docx").write_bytes(data)
    assert contents(list(collect([tmp_path]))) == [("a.docx", data)]


def test_nested_archives_are_unpacked_to_a_depth(tmp_path: Path) -> None:
    data = archive({"deep.txt": b"x"})
    for depth in range(2):
        data = archive({f"{depth}.zip": data})
    (tmp_path / "a.zip").write_bytes(data)
    assert [item.name for item in collect([tmp_path])] == ["a.zip!1.zip!0.zip!deep.txt"]
    (tmp_path / "a.zip").write_bytes(archive({"2.zip": data}))
    (item,) = collect([tmp_path])
    assert item.error is not None
    assert item.error.code == "unsafe_archive"


def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_ARCHIVE_BYTES", 1000)
    (tmp_path / "a.zip").write_bytes(archive({"big.txt": b"0" * 5000}))
    (tmp_path / "b.txt").write_bytes(b"x")
    bomb, good = collect([tmp_path])
    assert bomb.error is not None
    assert bomb.error.code == "unsafe_archive"
    assert good.data == b"x"


def test_a_member_with_a_password_or_damage_does_not_stop_the_others(tmp_path: Path) -> None:
    data = archive({"a.txt": b"aaaaaaaaaaaaaaaa" * 9, "b.txt": b"b"})
    start = data.index(b"a.txt") + len(b"a.txt")
    (tmp_path / "damaged.zip").write_bytes(data[:start] + b"\xff\xff\xff" + data[start + 3 :])
    central = data.index(b"PK\x01\x02")
    locked = bytearray(data)
    locked[central + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(locked))
    items = list(collect([tmp_path]))
    assert [(item.name, item.error.code if item.error else "") for item in items] == [
        ("damaged.zip!a.txt", "truncated"),
        ("damaged.zip!b.txt", ""),
        ("locked.zip!a.txt", "encrypted"),
        ("locked.zip!b.txt", ""),
    ]


def test_a_missing_path_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    missing, found = collect([tmp_path / "没有.pdf", tmp_path])
    assert missing.error is not None
    assert "路径不存在" in str(missing.error)
    assert found.name == "a.txt"


def test_bytes_are_read_only_when_an_item_is_taken(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"x")
    items = collect([tmp_path])
    next(items)
    (tmp_path / "b.txt").write_bytes(b"changed")
    assert next(items).data == b"changed"
