"""Releases on disk: ids, the pointer, what is kept and what is cleaned up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from disclosure.store.errors import NoReleaseError
from disclosure.store.manifest import Manifest, Part
from disclosure.store.releases import Releases


def release(releases: Releases, *names: str) -> str:
    """Put a release in force that has a part for each disclosure; returns its id."""
    manifest = Manifest(dict.fromkeys(names, "digest"), embedder="none")
    releases.start_building()
    for name in names:
        if not releases.finished(f"part-{name}"):
            building = releases.start_part(f"part-{name}")
            (building.directory / "content").write_text(name)
            releases.finish_part(building)
    parts = tuple(Part(f"part-{name}", (name,)) for name in names)
    releases.finish(replace(manifest, parts=parts))
    return manifest.release_id


def kept(data_dir: Path, what: str = "releases") -> set[str]:
    return {p.name for p in (data_dir / what).iterdir()}


def test_the_id_depends_on_content_and_on_what_it_was_made_with() -> None:
    manifest = Manifest({"a": "1", "b": "2"}, embedder="none")
    assert manifest.release_id == replace(manifest, disclosures={"b": "2", "a": "1"}).release_id
    others = (
        replace(manifest, disclosures={"a": "1", "b": "3"}),
        replace(manifest, disclosures={"a": "1"}),
        replace(manifest, embedder="other"),
        replace(manifest, revision="other"),
    )
    assert replace(manifest, parts=(Part("p", ("a", "b")),)).release_id == manifest.release_id
    assert len({manifest.release_id, *(other.release_id for other in others)}) == 5


def test_nothing_is_in_force_at_first(tmp_path: Path) -> None:
    assert Releases(tmp_path).in_force() is None
    with pytest.raises(NoReleaseError, match="budget-qa ingest"):
        Releases(tmp_path).require()


def test_what_is_in_force_can_be_told_without_opening_it(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    assert releases.digests_in_force() == {}
    release(releases, "a")
    assert releases.digests_in_force() == {"a": "digest"}


def test_the_last_two_are_kept(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    _, second, third = (release(releases, name) for name in ("a", "b", "c"))
    assert releases.in_force() == third
    assert kept(tmp_path) == {second, third}


def test_going_back_to_the_one_before_keeps_both(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    first, second = (release(releases, name) for name in ("a", "b"))
    releases.put_in_force(first)
    assert releases.in_force() == first
    assert kept(tmp_path) == {first, second}


def test_a_part_stays_as_long_as_a_kept_release_has_it(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    release(releases, "a", "b")
    content = tmp_path / "parts" / "part-a" / "content"
    before = content.stat()
    release(releases, "a", "c")
    assert kept(tmp_path, "parts") == {"part-a", "part-b", "part-c"}
    release(releases, "a")
    assert kept(tmp_path, "parts") == {"part-a", "part-c"}
    assert content.stat() == before
    release(releases, "d")
    release(releases, "e")
    assert kept(tmp_path, "parts") == {"part-d", "part-e"}


def test_a_manifest_is_read_back(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    manifest = Manifest({"a": "1"}, "none", parts=(Part("p", ("a",), ("b", "c")),))
    releases.finish(manifest)
    assert releases.manifest(manifest.release_id) == manifest


def test_what_a_killed_build_left_is_cleaned_up(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    first = release(releases, "a")
    releases.start_building()
    (releases.start_part("b").directory / "half").write_text("x")
    assert releases.in_force() == first
    assert not releases.finished("b")
    releases.start_building()
    assert list(releases.start_part("b").directory.iterdir()) == []
    releases.discard_leftovers()
    assert kept(tmp_path) == {first}
    assert kept(tmp_path, "parts") == {"part-a"}


def test_a_part_that_a_killed_build_finished_is_used_or_dropped(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    release(releases, "a")
    releases.start_building()
    releases.finish_part(releases.start_part("part-b"))
    assert releases.finished("part-b")
    release(releases, "b")
    assert list((tmp_path / "parts" / "part-b").iterdir()) == []
    releases.finish_part(releases.start_part("part-c"))
    releases.discard_leftovers()
    assert kept(tmp_path, "parts") == {"part-a", "part-b"}
