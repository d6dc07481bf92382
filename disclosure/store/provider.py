"""The release in force, as a server sees it: reopened when a new one is published."""

from __future__ import annotations

import logging
from collections.abc import Hashable
from functools import partial
from pathlib import Path
from threading import Lock

from disclosure.embedding import Embedder, Reranker
from disclosure.store.catalogue import Catalogue
from disclosure.store.errors import ForeignVectorsError, OutdatedReleaseError, StoreError
from disclosure.store.lexical import LexicalIndex
from disclosure.store.library import ReleaseLibrary
from disclosure.store.manifest import FORMAT
from disclosure.store.release_catalogue import ReleaseCatalogue
from disclosure.store.release_vectors import ReleaseVectors
from disclosure.store.releases import Releases
from disclosure.store.servers import EMBEDDED, Servers

_log = logging.getLogger(__name__)


class LibraryProvider:
    """Gives the library of the release in force. Safe to call from several threads.

    ``current`` looks at the pointer at every call: at a file, with one ``stat``, so that a new
    release is served from the next question on; at a row, every half a second. Whoever holds the
    library before it may go on using it.
    """

    def __init__(
        self,
        data_dir: Path,
        embedder: Embedder,
        reranker: Reranker | None = None,
        servers: Servers = EMBEDDED,
    ) -> None:
        self._data_dir = data_dir
        self._releases = Releases(data_dir, servers)
        self._embedder = embedder
        self._reranker = reranker
        self._opening = Lock()
        self._seen: Hashable = None
        self._library: ReleaseLibrary | None = None

    def current(self) -> ReleaseLibrary:
        """The library in force.

        Raises ``NoReleaseError`` where nothing is published, ``OutdatedReleaseError`` where
        another version of the program wrote it, and ``ForeignVectorsError`` where another model
        embedded it.
        """
        library = self._library
        if library is not None and self._releases.signature() == self._seen:
            return library
        # While one thread opens the new release, the others go on with the one before it.
        if self._opening.acquire(blocking=library is None):
            try:
                library = self._reopen()
            finally:
                self._opening.release()
        assert library is not None  # without one, the lock was waited for
        return library

    def ready(self) -> bool:
        """Whether a release with at least one disclosure is in force.

        Raises ``ForeignVectorsError``: its remedy is another than importing disclosures.
        """
        try:
            return bool(self.current().disclosures())
        except ForeignVectorsError:
            raise
        except StoreError:
            return False

    def _reopen(self) -> ReleaseLibrary:
        seen = self._releases.signature()
        if self._library is None or seen != self._seen:
            release = self._releases.require()
            if self._library is None or self._library.release_id != release:
                self._library = self._open(release)
            self._seen = seen
        return self._library

    def _open(self, release: str) -> ReleaseLibrary:
        manifest = self._releases.manifest(release)
        if manifest is not None and manifest.embedder != self._embedder.identity:
            error = ForeignVectorsError(
                f"“{self._data_dir}”中的数据由向量模型 {manifest.embedder} 生成，"
                f"现在设置的是 {self._embedder.identity}，两者不能混用。"
                f"请运行 budget-qa reembed --data-dir {self._data_dir} 用现在的模型重新生成向量，"
                "或者把 BUDGET_QA_EMBEDDING 改回原来的模型。"
            )
            if self._library is None:
                raise error
            # Embedded anew under a running server: it goes on until it is started anew, too.
            _log.warning("%s在此之前，本服务仍用先前的数据回答。", error)
            return self._library
        return open_library(self._releases, release, self._embedder, self._reranker)


def open_library(
    releases: Releases, release: str, embedder: Embedder, reranker: Reranker | None = None
) -> ReleaseLibrary:
    """Open a finished release. Raises ``OutdatedReleaseError`` for one of another version."""
    manifest = releases.manifest(release)
    if manifest is not None and manifest.format != FORMAT:
        raise OutdatedReleaseError(
            f"已发布的数据是另一版程序写的（格式版本 {manifest.format}，本程序需要 {FORMAT}）。"
            "请运行 budget-qa ingest 重新发布。"
        )
    parts = [(releases.place(part.id), part) for part in manifest.parts] if manifest else []
    catalogues = [Catalogue(releases.facts.read(place), part.hidden) for place, part in parts]
    indexes = [
        (releases.lexical.read(place, catalogue), part.hidden)
        for (place, part), catalogue in zip(parts, catalogues, strict=True)
    ]
    return ReleaseLibrary(
        release,
        ReleaseCatalogue(
            [(held, part.shown) for held, (_, part) in zip(catalogues, parts, strict=True)]
        ),
        LexicalIndex(indexes),
        ReleaseVectors([(partial(releases.vectors.read, place), part) for place, part in parts]),
        embedder,
        reranker,
    )
