"""One published release, read: the ``disclosure.library.Library`` over SQL, vectors and BM25."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from weakref import finalize

import numpy as np

from disclosure.browsing import FactFilter, FactPage, SortKey
from disclosure.embedding import Embedder, Matrix, Reranker, Vector
from disclosure.library import FactQuery, Hit, PublishedNames
from disclosure.model import Disclosure, Fact, Finding, Outcome, Passage, PublishedTable
from disclosure.store.fusion import FUSION, Weights, fuse
from disclosure.store.lexical import LexicalIndex, Scores
from disclosure.store.lru import LruCache
from disclosure.store.release_catalogue import ReleaseCatalogue
from disclosure.store.release_vectors import ReleaseVectors

#: Up to so many passages, comparing all their vectors is faster than Chroma's filtered search.
DIRECT_PASSAGES = 4096
#: How many candidates each retriever proposes where not all passages are compared.
CANDIDATES = 64
#: What the caches hold at most: facts, passages, tables and vectors of the disclosures last used.
CACHED_FACTS, CACHED_PASSAGES, CACHED_TABLES, CACHED_QUERIES = 30_000, 20_000, 500, 512


class ReleaseLibrary:
    """A ``Library`` that opens vectors at the first search and caches what was used last."""

    def __init__(
        self,
        release_id: str,
        catalogue: ReleaseCatalogue,
        lexical: LexicalIndex,
        vectors: ReleaseVectors,
        embedder: Embedder,
        reranker: Reranker | None = None,
    ) -> None:
        self._release_id = release_id
        self._catalogue = catalogue
        self._lexical = lexical
        self._everything = sorted(lexical.spans)
        self._vectors = vectors
        self._embedder = embedder
        self._reranker = reranker
        self._disclosures = catalogue.disclosures()
        self._facts: LruCache[str, tuple[Fact, ...]] = LruCache(CACHED_FACTS, len)
        self._passages: LruCache[str, tuple[Passage, ...]] = LruCache(CACHED_PASSAGES, len)
        self._tables: LruCache[str, tuple[PublishedTable, ...]] = LruCache(CACHED_TABLES, len)
        self._findings: LruCache[str, tuple[Finding, ...]] = LruCache(CACHED_FACTS, len)
        self._mismatches: LruCache[str, tuple[Finding, ...]] = LruCache(
            CACHED_FACTS, lambda found: len(found) + 1
        )
        self._matrices: LruCache[str, Matrix] = LruCache(CACHED_PASSAGES, len)
        self._queries: LruCache[str, Vector] = LruCache(CACHED_QUERIES)
        # A request may still read a release that is no longer in force: it is let go with its last
        # reader, not with its successor.
        finalize(self, _close, catalogue, self._vectors)

    @property
    def release_id(self) -> str:
        return self._release_id

    def disclosures(self) -> Sequence[Disclosure]:
        return self._disclosures

    def facts(self, disclosure_id: str) -> Sequence[Fact]:
        return self._facts.get(disclosure_id, lambda: self._catalogue.facts(disclosure_id))

    def find_facts(self, query: FactQuery) -> Sequence[Fact]:
        return self._catalogue.find_facts(query)

    def browse(
        self,
        wanted: FactFilter,
        *,
        sort: SortKey = "document",
        descending: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> FactPage:
        return self._catalogue.browse(wanted, sort, descending, limit, offset)

    def passages(self, disclosure_id: str) -> Sequence[Passage]:
        return self._passages.get(disclosure_id, lambda: self._catalogue.passages(disclosure_id))

    def tables(self, disclosure_id: str) -> Sequence[PublishedTable]:
        return self._tables.get(disclosure_id, lambda: self._catalogue.tables(disclosure_id))

    def findings(self, disclosure_id: str) -> Sequence[Finding]:
        return self._findings.get(disclosure_id, lambda: self._catalogue.findings(disclosure_id))

    def mismatches(self, disclosure_id: str) -> Sequence[Finding]:
        return self._mismatches.get(
            disclosure_id, lambda: self._catalogue.findings(disclosure_id, Outcome.MISMATCH)
        )

    def names(self) -> PublishedNames:
        return self._catalogue.names()

    def search(
        self,
        text: str,
        disclosure_ids: Sequence[str],
        limit: int = 8,
        weights: Weights = FUSION,
    ) -> Sequence[Hit]:
        reranker = self._reranker
        if reranker is None:
            return self._retrieve(text, disclosure_ids, limit, weights)
        found = self._retrieve(text, disclosure_ids, max(limit, reranker.depth), weights)
        return reranked(reranker, text, found)[:limit]

    def _retrieve(
        self, text: str, disclosure_ids: Sequence[str], limit: int, weights: Weights
    ) -> tuple[Hit, ...]:
        if not text.strip():
            return ()
        spans = self._lexical.spans
        scope = [i for i in dict.fromkeys(disclosure_ids) if i in spans] or (
            [] if disclosure_ids else self._everything
        )
        size = sum(stop - start for start, stop in (spans[i] for i in scope))
        if not size:
            return ()
        query = self._queries.get(text, lambda: self._embedder.embed_query(text))
        if size <= DIRECT_PASSAGES:
            passages, similarities, words = self._compare_all(scope, query, text)
        else:
            passages, similarities, words = self._compare_candidates(scope, query, text, limit)
        return _best(passages, similarities, fuse(similarities, words, weights), limit)

    def _compare_all(
        self, scope: list[str], query: Vector, text: str
    ) -> tuple[list[Passage], Scores, Scores]:
        """Every passage of a few disclosures, by its own vector."""
        similarities = np.concatenate([self._matrix(i) @ query for i in scope])
        words = np.concatenate([self._lexical.scores_within(text, i) for i in scope])
        return [p for i in scope for p in self.passages(i)], similarities, words

    def _compare_candidates(
        self, scope: list[str], query: Vector, text: str, limit: int
    ) -> tuple[list[Passage], Scores, Scores]:
        """The best passages of many disclosures by either retriever, compared in full."""
        spans = self._lexical.spans
        everything = len(scope) == len(spans)
        lexical = self._lexical.scores(text)
        count = max(CANDIDATES, limit)
        nearest = self._vectors.nearest(query, count, None if everything else frozenset(scope))
        if not everything:
            inside = np.zeros(len(lexical), dtype=bool)
            for i in scope:
                inside[slice(*spans[i])] = True
            lexical = np.where(inside, lexical, np.float32(0))
        places = self._best_places(lexical, count)
        found = self._catalogue.passages_by_id((n.disclosure_id, n.passage_id) for n in nearest)
        found += self._catalogue.passages_at(places)
        # In an order that does not tell in which parts a release lies.
        placed = {(p.disclosure_id, position): p for position, p in found}
        at = sorted(placed)
        passages = [placed[place] for place in at]
        # Compared here once more: Chroma's own distances are rounded otherwise, part by part.
        similarities = self._vectors.get([(p.disclosure_id, p.id) for p in passages]) @ query
        return passages, similarities, lexical[[spans[i][0] + position for i, position in at]]

    def _best_places(self, lexical: Scores, count: int) -> list[tuple[str, int]]:
        """The passages that have most in common with the question, by disclosure and position; of
        equals, those that come first."""
        last = min(count, len(lexical)) - 1
        least = max(-np.partition(-lexical, last)[last], np.finfo(np.float32).tiny)
        rows = np.flatnonzero(lexical >= least)
        best = [(-float(lexical[row]), *self._lexical.place(int(row))) for row in rows]
        return [(disclosure_id, position) for _, disclosure_id, position in sorted(best)[:count]]

    def _matrix(self, disclosure_id: str) -> Matrix:
        return self._matrices.get(disclosure_id, lambda: self._load_matrix(disclosure_id))

    def _load_matrix(self, disclosure_id: str) -> Matrix:
        passages = self.passages(disclosure_id)
        if not passages:
            return np.empty((0, self._embedder.dimension), dtype=np.float32)
        return self._vectors.get([(disclosure_id, p.id) for p in passages])


def _best(
    passages: Sequence[Passage], similarities: Scores, scores: Scores, limit: int
) -> tuple[Hit, ...]:
    order = np.argsort(-scores, kind="stable")[:limit]
    return tuple(Hit(passages[i], float(scores[i]), float(similarities[i])) for i in order.tolist())


def reranked(reranker: Reranker, text: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits in the reranker's order; where it sees no difference, in the order they have."""
    relevances = reranker.relevances(text, [hit.passage.embedded_text() for hit in hits]).tolist()
    judged = [replace(h, relevance=r) for h, r in zip(hits, relevances, strict=True)]
    return tuple(sorted(judged, key=lambda hit: -(hit.relevance or 0.0)))


def _close(catalogue: ReleaseCatalogue, vectors: ReleaseVectors) -> None:
    catalogue.close()
    vectors.close()
