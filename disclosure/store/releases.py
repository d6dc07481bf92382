"""Releases on disk: one immutable directory each, put in force by replacing one small file.

``DIR/current`` names the release in force and the one before it; ``DIR/releases/<id>/`` holds
``facts.sqlite``, ``chroma/``, ``bm25/`` and ``manifest.json``. A release is built in
``DIR/releases/.building`` and renamed when it is complete, so whoever is killed leaves at most a
directory that nothing points to.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from disclosure.store.errors import NoReleaseError
from disclosure.store.files import replace_text, sync_tree
from disclosure.store.sql import REVISION

#: Raised when the layout of a release's directory changes, or what its indexes are made of.
FORMAT = 1

FACTS, CHROMA, BM25, MANIFEST = "facts.sqlite", "chroma", "bm25", "manifest.json"
_BUILDING = ".building"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release holds (disclosure id to bundle digest) and what it was made with."""

    disclosures: dict[str, str]
    embedder: str
    format: int = FORMAT
    revision: str = REVISION

    @property
    def release_id(self) -> str:
        """The hash of all that a release's answers depend on: same input, same id."""
        content = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return sha256(content.encode()).hexdigest()[:16]


class Releases:
    """The releases of one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._directory = data_dir / "releases"
        self.pointer = data_dir / "current"
        self.lock = data_dir / "ingest.lock"

    def in_force(self) -> str | None:
        """The id of the release in force, or None where nothing has been published."""
        kept = self._kept()
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

    def digests_in_force(self) -> dict[str, str]:
        """What the release in force holds: disclosure id to bundle digest."""
        current = self.in_force()
        manifest = self.manifest(current) if current else None
        return manifest.disclosures if manifest else {}

    def path(self, release: str) -> Path:
        return self._directory / release

    def manifest(self, release: str) -> Manifest | None:
        """What a complete release was made with; None where there is none of that id."""
        path = self.path(release) / MANIFEST
        return Manifest(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None

    def start_building(self) -> Path:
        """A new empty directory to build in. Call it, and ``finish``, with ``lock`` held."""
        building = self._directory / _BUILDING
        if building.exists():
            shutil.rmtree(building)  # left by an ingest that was killed
        building.mkdir(parents=True)
        return building

    def finish(self, building: Path, manifest: Manifest) -> None:
        """Make a built directory a release, and put it in force."""
        content = json.dumps(asdict(manifest), ensure_ascii=False)
        (building / MANIFEST).write_text(content, encoding="utf-8")
        sync_tree(building)
        building.rename(self.path(manifest.release_id))
        self.put_in_force(manifest.release_id)

    def put_in_force(self, release: str) -> None:
        """The one step that readers see. Then drop all releases but this one and the last."""
        before = [r for r in self._kept() if r != release]
        kept = [release, *before[:1]]
        replace_text(self.pointer, "\n".join(kept) + "\n")
        self.discard_leftovers()

    def discard_leftovers(self) -> None:
        """Remove what nothing points to. Call it with ``lock`` held."""
        if not self._directory.exists():
            return
        kept = self._kept()
        for directory in self._directory.iterdir():
            if directory.name not in kept:
                shutil.rmtree(directory)

    def _kept(self) -> list[str]:
        try:
            return self.pointer.read_text(encoding="utf-8").split()
        except FileNotFoundError:
            return []
