"""How the two retrievers' opinions become one order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

#: The usual damping of reciprocal rank fusion: how little the very first places stand out.
DAMPING = 60


def fuse(
    similarities: npt.NDArray[np.float32], lexical: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """A score from 0 to 1 for each passage from its cosine and its BM25 score (same order).

    Reciprocal rank fusion: the scales of the two cannot be compared, their orders can. A passage
    that shares no bigram with the question gets nothing from the lexical side.
    """
    best = 2.0 / (DAMPING + 1)
    by_meaning = 1.0 / (DAMPING + 1 + _ranks(similarities))
    by_words = np.where(lexical > 0, 1.0 / (DAMPING + 1 + _ranks(lexical)), 0.0)
    return np.asarray((by_meaning + by_words) / best, dtype=np.float32)


def _ranks(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """0 for the highest score, 1 for the next …; ties in the order given."""
    ranks = np.empty(len(scores), dtype=np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores), dtype=np.float32)
    return ranks
