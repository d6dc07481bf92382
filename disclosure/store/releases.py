"""Releases: each complete, immutable, and put in force by one step.

A release lies in parts, which it shares with those before and after it: what did not change is
neither copied nor written again. In files, a part is ``DIR/parts/<id>/`` with ``facts.sqlite``,
``chroma/`` and ``bm25/``; it is built in ``DIR/releases/.building`` and never changed.
``DIR/releases/<id>/manifest.json`` names a release's parts, and ``DIR/current`` the release in
force and the one before it. On servers, a release is one part, a schema of PostgreSQL and a
collection of Chroma, and a row names it. Whoever is killed leaves at most what nothing points to.
"""

from __future__ import annotations

import shutil
from collections.abc import Hashable
from contextlib import AbstractContextManager
from pathlib import Path

from disclosure.store.errors import NoReleaseError
from disclosure.store.facts import facts_home
from disclosure.store.files import move, replace_text, sync_tree
from disclosure.store.lexical_homes import LexicalCache, LexicalFiles, LexicalHome
from disclosure.store.manifest import Manifest
from disclosure.store.place import Place
from disclosure.store.pointer import MANIFEST, FilePointer, Pointer, RowPointer
from disclosure.store.servers import EMBEDDED, Servers
from disclosure.store.vector_homes import ChromaServer, EmbeddedVectors, VectorsHome


class Releases:
    """The releases of one data directory, or of the servers that hold them instead."""

    def __init__(self, data_dir: Path, servers: Servers = EMBEDDED) -> None:
        self._data_dir = data_dir
        self._directory = data_dir / "releases"
        self._parts = data_dir / "parts"
        self._building = self._directory / ".building"
        #: Whether a release may lie in several parts, and share them.
        self.shares = servers == EMBEDDED
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
            LexicalCache(data_dir / "lexical", self._kept_parts)
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

    def place(self, part: str) -> Place:
        """Where a finished part keeps what it is made of."""
        return Place(part, self._parts / part)

    def manifest(self, release: str) -> Manifest | None:
        """What a complete release was made with; None where there is none of that id."""
        return self._pointer.manifest(release)

    # -- writing: with ``working`` held --------------------------------------

    def working(self) -> AbstractContextManager[None]:
        """Held by the one ingest at work; another waits for it."""
        return self._pointer.working()

    def start_building(self) -> None:
        """Clear away what a killed ingest left half done."""
        _remove(self._building)
        self._building.mkdir(parents=True)
        self._discard_on_servers()

    def finished(self, part: str) -> bool:
        """Whether a part is there already: of a release that is kept, or of a killed ingest."""
        return self.shares and self.place(part).directory.exists()

    def start_part(self, part: str) -> Place:
        """A new empty place to build a part in."""
        directory = self._building / part
        directory.mkdir(parents=True)
        return Place(part, directory)

    def finish_part(self, building: Place) -> None:
        """Make what was built a part; no release has it yet."""
        sync_tree(building.directory)
        target = self.place(building.part).directory
        _remove(target)  # left by a killed ingest that built on servers
        move(building.directory, target)

    def finish(self, manifest: Manifest) -> None:
        """Make finished parts a release, and put it in force."""
        directory = self._directory / manifest.release_id
        directory.mkdir(parents=True, exist_ok=True)
        replace_text(directory / MANIFEST, manifest.encoded())
        self.put_in_force(manifest.release_id, manifest)

    def put_in_force(self, release: str, manifest: Manifest | None = None) -> None:
        """The one step that readers see. Then drop all releases but this one and the last."""
        before = [r for r in self._pointer.kept() if r != release]
        self._pointer.point([release, *before[:1]], manifest)
        self.discard_leftovers()

    def discard_leftovers(self) -> None:
        """Remove what nothing points to: releases first, then the parts that none has."""
        kept = self._pointer.kept()
        parts = self._kept_parts()
        for directory, wanted in ((self._directory, kept), (self._parts, parts)):
            for path in sorted(directory.iterdir()) if directory.exists() else ():
                if path.name not in wanted and path != self._building:
                    # First out of the way: half of a part must not be taken for a finished one.
                    aside = self._building / f"{path.name}.dropped"
                    _remove(aside)
                    aside.parent.mkdir(exist_ok=True)
                    path.rename(aside)
        _remove(self._building)
        self._discard_on_servers()

    def _discard_on_servers(self) -> None:
        kept = self._kept_parts()
        self.facts.keep_only(kept)
        self.vectors.keep_only(kept)

    def _kept_parts(self) -> set[str]:
        """The parts of the releases that are kept; before parts, each release was one."""
        kept = self._pointer.kept()
        manifests = [manifest for release in kept if (manifest := self.manifest(release))]
        return {*kept, *(part.id for manifest in manifests for part in manifest.parts)}


def _remove(directory: Path) -> None:
    if directory.exists():
        shutil.rmtree(directory)
