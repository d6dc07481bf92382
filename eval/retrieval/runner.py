"""Asks each retriever each question and keeps what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from disclosure.embedding import Reranker
from disclosure.library import Hit
from disclosure.model import Passage
from disclosure.store.fusion import FUSION, MEANING_ALONE, WORDS_ALONE, Weights
from disclosure.store.library import ReleaseLibrary, reranked
from eval.cases import Part
from eval.retrieval.cases import RetrievalCase, RetrievalFile
from eval.retrieval.metrics import Ranking

#: How far down a ranking is read.
LIMIT = 50

#: The passages found for a question within some disclosures, best first.
Retriever = Callable[[str, Sequence[str]], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Found:
    """One question asked of one retriever."""

    retriever: str
    theme: str
    part: Part
    case: RetrievalCase
    ranking: Ranking


def retrievers(library: ReleaseLibrary, reranker: Reranker | None = None) -> dict[str, Retriever]:
    """BM25 alone, vectors alone, both fused, and the fusion reranked where there is a reranker.
    ``library`` is one without a reranker of its own."""
    named: dict[str, Retriever] = {
        "BM25": weighted(library, WORDS_ALONE),
        "向量": weighted(library, MEANING_ALONE),
        "融合": weighted(library, FUSION),
    }
    if reranker is not None:
        named["重排"] = _reranking(library, reranker)
    return named


def weighted(library: ReleaseLibrary, weights: Weights) -> Retriever:
    """Retrieval with these weights. What gets nothing from them is not found: BM25 alone knows no
    order among passages that share no word with the question."""
    return lambda question, scope: [
        hit for hit in library.search(question, scope, LIMIT, weights) if hit.score > 0
    ]


def _reranking(library: ReleaseLibrary, reranker: Reranker) -> Retriever:
    return lambda question, scope: reranked(
        reranker, question, library.search(question, scope, reranker.depth)
    )


def run(
    files: Iterable[RetrievalFile],
    parts: Iterable[Part],
    library: ReleaseLibrary,
    named: Mapping[str, Retriever],
) -> list[Found]:
    """Every case of every retriever, each within the disclosures that hold its gold: which these
    are is the planner's to find. Raises ``CaseError`` where the gold is not held."""
    found = []
    for file in files:
        for part in parts:
            for case in file.of(part):
                gold = case.passages(library)
                for name, retriever in named.items():
                    hits = retriever(case.question, sorted({p.disclosure_id for p in gold}))
                    found.append(Found(name, file.theme, part, case, _ranking(hits, gold)))
    return found


def _ranking(hits: Sequence[Hit], gold: Sequence[Passage]) -> Ranking:
    ids = {passage.id for passage in gold}
    return Ranking(tuple(hit.passage.id in ids for hit in hits), len(ids))
