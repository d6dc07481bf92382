"""Releases: each built aside, complete, immutable, and put in force by one step.

In files, ``DIR/releases/<id>/`` holds ``facts.sqlite``, ``chroma/``, ``bm25/`` and
``manifest.json``, is built in ``DIR/releases/.building``, and ``DIR/current`` names the one in
force and the one before it. On servers, a release is a schema of PostgreSQL and a collection of
Chroma, and a row names it. Whoever is killed leaves at most what nothing points to.
"""

from __future__ import annotations

import shutil
from collections.abc import Hashable
from contextlib import AbstractContextManager
from pathlib import Path

from disclosure.store.errors import NoReleaseError
from disclosure.store.facts import facts_home
from disclosure.store.files import sync_tree
from disclosure.store.lexical_homes import LexicalCache, LexicalFiles, LexicalHome
from disclosure.store.manifest import Manifest
from disclosure.store.place import Place
from disclosure.store.pointer import MANIFEST, FilePointer, Pointer, RowPointer
from disclosure.store.servers import EMBEDDED, Servers
from disclosure.store.vector_homes import ChromaServer, EmbeddedVectors, VectorsHome

_BUILDING = ".building"


class Releases:
    """The releases of one data directory, or of the servers that hold them instead."""

    def __init__(self, data_dir: Path, servers: Servers = EMBEDDED) -> None:
        self._data_dir = data_dir
        self._directory = data_dir / "releases"
        self._pointer: Pointer = (
            RowPointer(servers.database_url) if servers.database_url else FilePointer(data_dir)
        )
        self.facts = facts_home(servers)
        self.vectors: VectorsHome = (
            ChromaServer(servers.chroma_url, self._pointer.installation)
            if servers.chroma_url
            else EmbeddedVectors()
        )
        self.lexical: LexicalHome = (
            LexicalCache(data_dir / "lexical", self._pointer.kept)
            if servers.database_url
            else LexicalFiles()
        )

    # -- reading -----------------------------------------------------------

    def in_force(self) -> str | None:
        """The id of the release in force, or None where nothing has been published."""
        kept = self._pointer.kept()
        return kept[0] if kept else None

    def require(self) -> str:
        """The id of the release in force; raises ``NoReleaseError`` with the remedy."""
        current = self.in_force()
        if current is None:
            raise NoReleaseError(
                f"“{self._data_dir}”中还没有已发布的数据。"
                f"请先运行 budget-qa ingest 文件或目录 --data-dir {self._data_dir}"
            )
        return current

    def signature(self) -> Hashable:
        """Changes when another release comes into force; cheap enough for every question."""
        return self._pointer.signature()

    def digests_in_force(self) -> dict[str, str]:
        """What the release in force holds: disclosure id to bundle digest."""
        current = self.in_force()
        manifest = self.manifest(current) if current else None
        return manifest.disclosures if manifest else {}

    def place(self, release: str) -> Place:
        """Where a finished release keeps its parts."""
        return Place(release, self._directory / release)

    def manifest(self, release: str) -> Manifest | None:
        """What a complete release was made with; None where there is none of that id."""
        return self._pointer.manifest(release)

    # -- writing: with ``working`` held --------------------------------------

    def working(self) -> AbstractContextManager[None]:
        """Held by the one ingest at work; another waits for it."""
        return self._pointer.working()

    def start_building(self, manifest: Manifest) -> Place:
        """A new empty place to build in."""
        building = self._directory / _BUILDING
        if building.exists():
            shutil.rmtree(building)  # left by an ingest that was killed
        building.mkdir(parents=True)
        self._discard_on_servers()
        return Place(manifest.release_id, building)

    def finish(self, building: Place, manifest: Manifest) -> None:
        """Make what was built a release, and put it in force."""
        (building.directory / MANIFEST).write_text(manifest.encoded(), encoding="utf-8")
        sync_tree(building.directory)
        target = self.place(building.release).directory
        if target.exists():
            shutil.rmtree(target)  # complete, but killed before it was pointed to
        building.directory.rename(target)
        self.put_in_force(building.release, manifest)

    def put_in_force(self, release: str, manifest: Manifest | None = None) -> None:
        """The one step that readers see. Then drop all releases but this one and the last."""
        before = [r for r in self._pointer.kept() if r != release]
        self._pointer.point([release, *before[:1]], manifest)
        self.discard_leftovers()

    def discard_leftovers(self) -> None:
        """Remove what nothing points to."""
        kept = self._pointer.kept()
        if self._directory.exists():
            for directory in self._directory.iterdir():
                if directory.name not in kept:
                    shutil.rmtree(directory)
        self._discard_on_servers()

    def _discard_on_servers(self) -> None:
        kept = self._pointer.kept()
        self.facts.keep_only(kept)
        self.vectors.keep_only(kept)
