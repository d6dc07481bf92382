"""Where releases keep their lexical index: beside their facts, or rebuilt on each machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Protocol

from disclosure.store.catalogue import Catalogue
from disclosure.store.files import exclusive
from disclosure.store.lexical import LexicalIndex, build_lexical
from disclosure.store.place import Place

BM25 = "bm25"


class LexicalHome(Protocol):
    """Makes and opens the lexical index of releases."""

    def build(self, place: Place, catalogue: Catalogue) -> None:
        """The index of what a finished catalogue holds."""
        ...

    def read(self, place: Place, catalogue: Catalogue) -> LexicalIndex:
        """The index of a published release, whose catalogue is at hand."""
        ...


class LexicalFiles:
    """A directory in each release's own: it is published with the facts."""

    def build(self, place: Place, catalogue: Catalogue) -> None:
        index(place.directory / BM25, catalogue)

    def read(self, place: Place, catalogue: Catalogue) -> LexicalIndex:
        return LexicalIndex(place.directory / BM25)


class LexicalCache:
    """Facts are on a server, which other machines read: each of them indexes a release's passages
    once, for all its workers. The same passages give the same index."""

    def __init__(self, directory: Path, kept: Callable[[], Collection[str]]) -> None:
        self._directory = directory
        self._kept = kept

    def build(self, place: Place, catalogue: Catalogue) -> None:
        self.read(place, catalogue)

    def read(self, place: Place, catalogue: Catalogue) -> LexicalIndex:
        directory = self._directory / place.release
        with exclusive(self._directory.with_name(f"{self._directory.name}.lock")):
            if not directory.exists():
                self._drop_but((*self._kept(), place.release))
                aside = self._directory / ".building"
                index(aside, catalogue)
                aside.rename(directory)
            return LexicalIndex(directory)

    def _drop_but(self, kept: Collection[str]) -> None:
        if self._directory.exists():
            for path in self._directory.iterdir():
                if path.name not in kept:
                    shutil.rmtree(path)


def index(directory: Path, catalogue: Catalogue) -> None:
    """Index all passages, disclosure by disclosure in the order of their ids."""
    ids = sorted(catalogue.digests())
    build_lexical(directory, ((i, [p.embedded_text() for p in catalogue.passages(i)]) for i in ids))
