"""Vectors and words have an equal say, by rank."""

from __future__ import annotations

import numpy as np

from disclosure.store.fusion import fuse


def fused(similarities: list[float], lexical: list[float]) -> list[float]:
    return fuse(np.array(similarities, np.float32), np.array(lexical, np.float32)).tolist()


def test_first_in_both_scores_one() -> None:
    assert fused([0.9, 0.8], [3.0, 1.0])[0] == 1.0


def test_agreement_beats_one_strong_opinion() -> None:
    scores = fused([0.90, 0.89, 0.88, 0.80], [0.1, 5.0, 4.0, 9.0])
    assert int(np.argmax(scores)) == 1


def test_no_common_word_gives_nothing_from_the_lexical_side() -> None:
    scores = fused([0.9, 0.8, 0.7], [0.0, 0.0, 1.0])
    assert scores[2] > scores[0] > scores[1]
    assert scores[0] == 0.5


def test_nothing_in_gives_nothing_out() -> None:
    assert fused([], []) == []
