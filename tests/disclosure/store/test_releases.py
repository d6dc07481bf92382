"""Releases on disk: ids, the pointer, what is kept and what is cleaned up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from disclosure.store.errors import NoReleaseError
from disclosure.store.manifest import Manifest
from disclosure.store.releases import Releases


def release(releases: Releases, name: str) -> str:
    """Put a release of one disclosure in force; returns its id."""
    manifest = Manifest({name: "digest"}, embedder="none")
    releases.finish(releases.start_building(manifest), manifest)
    return manifest.release_id


def kept(data_dir: Path) -> set[str]:
    return {p.name for p in (data_dir / "releases").iterdir()}


def test_the_id_depends_on_content_and_on_what_it_was_made_with() -> None:
    manifest = Manifest({"a": "1", "b": "2"}, embedder="none")
    assert manifest.release_id == replace(manifest, disclosures={"b": "2", "a": "1"}).release_id
    others = (
        replace(manifest, disclosures={"a": "1", "b": "3"}),
        replace(manifest, disclosures={"a": "1"}),
        replace(manifest, embedder="other"),
        replace(manifest, revision="other"),
    )
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


def test_what_a_killed_build_left_is_cleaned_up(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    first = release(releases, "a")
    manifest = Manifest({"b": "digest"}, embedder="none")
    (releases.start_building(manifest).directory / "half").write_text("x")
    assert releases.in_force() == first
    assert list(releases.start_building(manifest).directory.iterdir()) == []
    releases.discard_leftovers()
    assert kept(tmp_path) == {first}
