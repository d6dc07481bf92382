"""Where releases keep their lexical index: beside their facts, or rebuilt on each machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Protocol

from disclosure.store.catalogue import Catalogue
from disclosure.store.files import exclusive
from disclosure.store.lexical import LexicalPart, build_lexical
from disclosure.store.place import Place

BM25 = "bm25"


class LexicalHome(Protocol):
    """Makes and opens the lexical index of releases."""

    def build(
        self, place: Place, catalogue: Catalogue, source: Place | None, unchanged: Collection[str]
    ) -> None:
        """The index of what a finished catalogue holds; ``unchanged`` are the disclosures that are
        as they were in the release at ``source``, if any is."""
        ...

    def read(self, place: Place, catalogue: Catalogue) -> LexicalPart:
        """The index of a published release, whose catalogue is at hand."""
        ...


class LexicalFiles:
    """A directory in each release's own: it is published with the facts."""

    def build(
        self, place: Place, catalogue: Catalogue, source: Place | None, unchanged: Collection[str]
    ) -> None:
        held = LexicalPart(source.directory / BM25) if source else None
        _index(place.directory / BM25, catalogue, held, unchanged)

    def read(self, place: Place, catalogue: Catalogue) -> LexicalPart:
        return LexicalPart(place.directory / BM25)


class LexicalCache:
    """Facts are on a server, which other machines read: each of them indexes a release's passages
    once, for all its workers. The same passages give the same index."""

    def __init__(self, directory: Path, kept: Callable[[], Collection[str]]) -> None:
        self._directory = directory
        self._kept = kept

    def build(
        self, place: Place, catalogue: Catalogue, source: Place | None, unchanged: Collection[str]
    ) -> None:
        self._indexed(place, catalogue, source, unchanged)

    def read(self, place: Place, catalogue: Catalogue) -> LexicalPart:
        return self._indexed(place, catalogue, None, ())

    def _indexed(
        self, place: Place, catalogue: Catalogue, source: Place | None, unchanged: Collection[str]
    ) -> LexicalPart:
        directory = self._directory / place.part
        with exclusive(self._directory.with_name(f"{self._directory.name}.lock")):
            if not directory.exists():
                self._drop_but((*self._kept(), place.part))
                aside = self._directory / ".building"
                known = self._directory / source.part if source else None
                held = LexicalPart(known) if known and known.exists() else None
                _index(aside, catalogue, held, unchanged)
                aside.rename(directory)
            return LexicalPart(directory)

    def _drop_but(self, kept: Collection[str]) -> None:
        if self._directory.exists():
            for path in self._directory.iterdir():
                if path.name not in kept:
                    shutil.rmtree(path)


def _index(
    directory: Path, catalogue: Catalogue, held: LexicalPart | None, unchanged: Collection[str]
) -> None:
    """Index all passages, disclosure by disclosure in the order of their ids."""

    def texts(disclosure_id: str) -> list[str]:
        return [passage.embedded_text() for passage in catalogue.passages(disclosure_id)]

    build_lexical(directory, sorted(catalogue.digests()), texts, held, frozenset(unchanged))
