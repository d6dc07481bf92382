"""When each version of a disclosure was first published."""

from __future__ import annotations

from pathlib import Path

from disclosure.store.history import FILE, History, Published


def test_version_is_noted_once_at_its_first_publication(tmp_path: Path) -> None:
    now = [100.0]
    history = History(tmp_path, clock=lambda: now[0])
    history.note([("a", 1)])
    now[0] = 200.0
    history.note([("a", 1), ("b", 1)])
    now[0] = 300.0
    history.note([("a", 2), ("b", 1)])
    assert history.all() == [
        Published("a", 1, 100.0), Published("b", 1, 200.0), Published("a", 2, 300.0),
    ]  # fmt: skip


def test_nothing_published_is_an_empty_history(tmp_path: Path) -> None:
    assert History(tmp_path).all() == []


def test_line_cut_short_by_a_crash_costs_that_line_only(tmp_path: Path) -> None:
    history = History(tmp_path, clock=lambda: 1.0)
    history.note([("a", 1)])
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"disclosure_id": "b", "ver')
    history.note([("c", 1)])
    assert [p.disclosure_id for p in history.all()] == ["a", "c"]
