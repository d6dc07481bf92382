"""Releases on disk: ids, the pointer, what is kept and what is cleaned up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from disclosure.store.errors import NoReleaseError
from disclosure.store.releases import Manifest, Releases, release_id

MANIFEST = Manifest(embedder="none")


def release(releases: Releases, name: str) -> None:
    releases.finish(releases.start_building(), name, MANIFEST)


def kept(data_dir: Path) -> set[str]:
    return {p.name for p in (data_dir / "releases").iterdir()}


def test_the_id_depends_on_content_and_on_what_it_was_made_with() -> None:
    one = release_id({"a": "1", "b": "2"}, MANIFEST)
    assert one == release_id({"b": "2", "a": "1"}, MANIFEST)
    assert one != release_id({"a": "1", "b": "3"}, MANIFEST)
    assert one != release_id({"a": "1", "b": "2"}, replace(MANIFEST, embedder="other"))
    assert one != release_id({"a": "1", "b": "2"}, replace(MANIFEST, revision="other"))


def test_nothing_is_in_force_at_first(tmp_path: Path) -> None:
    assert Releases(tmp_path).in_force() is None
    with pytest.raises(NoReleaseError, match="budget-qa ingest"):
        Releases(tmp_path).require()


def test_the_last_two_are_kept(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for name in ("a", "b", "c"):
        release(releases, name)
    assert releases.in_force() == "c"
    assert kept(tmp_path) == {"b", "c"}


def test_going_back_to_the_one_before_keeps_both(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    for name in ("a", "b"):
        release(releases, name)
    releases.put_in_force("a")
    assert releases.in_force() == "a"
    assert kept(tmp_path) == {"a", "b"}


def test_what_a_killed_build_left_is_cleaned_up(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    release(releases, "a")
    (releases.start_building() / "half").write_text("x")
    assert releases.in_force() == "a"
    assert list(releases.start_building().iterdir()) == []
    releases.discard_leftovers()
    assert kept(tmp_path) == {"a"}
