"""How the two retrievers' opinions become one order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each retriever has to say; only their proportion matters."""

    meaning: float
    words: float


#: One retriever alone, to measure it.
MEANING_ALONE, WORDS_ALONE = Weights(1.0, 0.0), Weights(0.0, 1.0)
#: The default: the best measured by `budget-qa eval retrieval --sweep` (docs/performance.md).
FUSION = Weights(meaning=0.45, words=0.55)


def fuse(similarities: Scores, lexical: Scores, weights: Weights = FUSION) -> Scores:
    """A score from 0 to 1 for each passage from its cosine and its BM25 score (same order).

    Each side is stretched to 0 … 1 over the passages compared: cosines from the least to the
    greatest, BM25 from nothing in common. How far one stands out counts, which ranks would hide.
    """
    if not len(similarities):
        return similarities
    by_meaning = _stretched(similarities, float(similarities.min()))
    by_words = _stretched(lexical, 0.0)
    fused = weights.meaning * by_meaning + weights.words * by_words
    fused /= weights.meaning + weights.words
    return np.asarray(fused, dtype=np.float32)


def _stretched(scores: Scores, least: float) -> Scores:
    """``least`` becomes 0 and the greatest 1; all 0 where they do not differ."""
    span = float(scores.max()) - least
    return (scores - least) / span if span > 0 else np.zeros_like(scores)
