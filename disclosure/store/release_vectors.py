"""The vectors of a release: the collections of its parts, searched as one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from heapq import nlargest
from itertools import chain
from threading import Lock

import numpy as np

from disclosure.embedding import Matrix, Vector
from disclosure.store.manifest import Part
from disclosure.store.vectors import Near, VectorStore


class ReleaseVectors:
    """Opens the collection of a part at its first use."""

    def __init__(self, parts: Sequence[tuple[Callable[[], VectorStore], Part]]) -> None:
        self._parts = [(_Lazy(open_store), part) for open_store, part in parts]
        self._homes = {i: store for store, part in self._parts for i in part.shown}

    def get(self, passages: Sequence[tuple[str, str]]) -> Matrix:
        """The vectors of passages, (disclosure id, passage id), one row each, in their order."""
        at: dict[_Lazy, list[int]] = {}
        for number, (disclosure_id, _) in enumerate(passages):
            at.setdefault(self._homes[disclosure_id], []).append(number)
        found = [
            store.get().get([passages[n][1] for n in numbers]) for store, numbers in at.items()
        ]
        order = np.argsort(np.concatenate([np.array(numbers) for numbers in at.values()]))
        return np.concatenate(found)[order]

    def nearest(
        self, query: Vector, limit: int, disclosure_ids: Collection[str] | None = None
    ) -> list[Near]:
        """The passages nearest to a question, of some disclosures or of all, nearest first."""
        found = (
            store.get().nearest(query, limit, within)
            for store, part in self._parts
            if (within := _within(part, disclosure_ids)) is None or within
        )
        return nlargest(limit, chain.from_iterable(found), key=lambda near: near.similarity)

    def close(self) -> None:
        for store, _ in self._parts:
            store.close()


def _within(part: Part, wanted: Collection[str] | None) -> list[str] | None:
    """The disclosures of a part to search; None for all that it has."""
    shown = [i for i in part.shown if wanted is None or i in wanted]
    return None if not part.hidden and len(shown) == len(part.shown) else shown


class _Lazy:
    """A store opened at its first use, by one thread."""

    def __init__(self, open_store: Callable[[], VectorStore]) -> None:
        self._open = open_store
        self._lock = Lock()
        self._store: VectorStore | None = None

    def get(self) -> VectorStore:
        with self._lock:
            if self._store is None:
                self._store = self._open()
            return self._store

    def close(self) -> None:
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None
