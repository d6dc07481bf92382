"""How the two retrievers' opinions become one order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: The usual damping of reciprocal rank fusion: how little the very first places stand out.
DAMPING = 60


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each retriever has to say; only their proportion matters."""

    meaning: float
    words: float


#: One retriever alone, to measure it.
MEANING_ALONE, WORDS_ALONE = Weights(1.0, 0.0), Weights(0.0, 1.0)
#: The default, the best of those measured (docs/performance.md).
FUSION = Weights(1.0, 1.0)


def fuse(
    similarities: npt.NDArray[np.float32],
    lexical: npt.NDArray[np.float32],
    weights: Weights = FUSION,
) -> npt.NDArray[np.float32]:
    """A score from 0 to 1 for each passage from its cosine and its BM25 score (same order).

    Reciprocal rank fusion: the scales of the two cannot be compared, their orders can. A passage
    that shares no bigram with the question gets nothing from the lexical side.
    """
    best = (weights.meaning + weights.words) / (DAMPING + 1)
    by_meaning = weights.meaning / (DAMPING + 1 + _ranks(similarities))
    by_words = np.where(lexical > 0, weights.words / (DAMPING + 1 + _ranks(lexical)), 0.0)
    return np.asarray((by_meaning + by_words) / best, dtype=np.float32)


def _ranks(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """0 for the highest score, 1 for the next …; ties in the order given."""
    ranks = np.empty(len(scores), dtype=np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores), dtype=np.float32)
    return ranks
