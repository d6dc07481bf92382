"""Vectors and words both have their say, by how far they set a passage apart."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure.store.fusion import FUSION, MEANING_ALONE, WORDS_ALONE, Weights, fuse


def fused(
    similarities: list[float], lexical: list[float], weights: Weights = FUSION
) -> list[float]:
    scores = fuse(np.array(similarities, np.float32), np.array(lexical, np.float32), weights)
    return scores.tolist()


def test_first_in_both_scores_one_and_last_in_both_nothing() -> None:
    assert fused([0.9, 0.8, 0.7], [3.0, 1.0, 0.0]) == pytest.approx([1.0, 0.408, 0.0], abs=0.001)


def test_agreement_beats_one_strong_opinion() -> None:
    scores = fused([0.90, 0.89, 0.88, 0.80], [0.1, 8.0, 4.0, 9.0])
    assert int(np.argmax(scores)) == 1


def test_a_clear_lead_counts_for_more_than_a_narrow_one() -> None:
    # Both are first once and second once; only the words tell them apart by far.
    scores = fused([0.900, 0.899, 0.800], [2.0, 9.0, 0.0])
    assert scores[1] > scores[0]


def test_no_common_word_gives_nothing_from_the_lexical_side() -> None:
    scores = fused([0.9, 0.8, 0.7], [0.0, 0.0, 1.0])
    assert scores[0] == pytest.approx(FUSION.meaning)
    assert scores[2] == pytest.approx(FUSION.words)


def test_one_retriever_alone_gives_its_own_order() -> None:
    similarities, lexical = [0.1, 0.9, 0.5], [3.0, 1.0, 2.0]
    assert np.argsort(fused(similarities, lexical, MEANING_ALONE)).tolist() == [0, 2, 1]
    assert np.argsort(fused(similarities, lexical, WORDS_ALONE)).tolist() == [1, 2, 0]


def test_passages_that_do_not_differ_are_equal() -> None:
    assert fused([0.5, 0.5], [0.0, 0.0]) == [0.0, 0.0]


def test_nothing_in_gives_nothing_out() -> None:
    assert fused([], []) == []
