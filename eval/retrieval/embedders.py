"""How well an embedder alone finds the passages of generated questions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from disclosure.embedding import Embedder
from disclosure.embedding.pairs import Question
from disclosure.library import Library
from eval.retrieval.metrics import Quality, Ranking, quality

#: About how many questions are measured: whole disclosures are, until there are so many.
MEASURED = 500
#: How far down a ranking is read.
_LIMIT = 50


def sample(asked: Sequence[Question], enough: int = MEASURED) -> tuple[Question, ...]:
    """The questions of the first disclosures that have enough together: every disclosure costs the
    embedding of all its passages."""
    taken: list[Question] = []
    for disclosure_id in dict.fromkeys(q.disclosure_id for q in asked):
        if len(taken) >= enough:
            break
        taken += [q for q in asked if q.disclosure_id == disclosure_id]
    return tuple(taken)


def measure(embedder: Embedder, library: Library, asked: Sequence[Question]) -> Quality:
    """Each question among all passages of its disclosure, as the service compares them."""
    rankings = []
    for disclosure_id in dict.fromkeys(q.disclosure_id for q in asked):
        passages = library.passages(disclosure_id)
        matrix = embedder.embed_passages([p.embedded_text() for p in passages])
        for question in (q for q in asked if q.disclosure_id == disclosure_id):
            similarities = matrix @ embedder.embed_query(question.text)
            order = np.argsort(-similarities, kind="stable")[:_LIMIT].tolist()
            right = {p.id for p in question.passages}
            hits = tuple(passages[i].id in right for i in order)
            rankings.append(Ranking(hits, len(right)))
    return quality(rankings)
