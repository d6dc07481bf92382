"""Rankings in figures, against values worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from eval.retrieval.metrics import Ranking, quality

FIRST = Ranking((True, False, False), 1)
THIRD = Ranking((False, False, True), 1)
NEVER = Ranking((False,) * 12, 2)


def test_a_hit_counts_from_its_place_on() -> None:
    assert [THIRD.found_within(depth) for depth in (1, 2, 3, 10)] == [False, False, True, True]


def test_the_reciprocal_rank_is_of_the_first_hit() -> None:
    assert FIRST.reciprocal_rank == 1
    assert THIRD.reciprocal_rank == pytest.approx(1 / 3)
    assert NEVER.reciprocal_rank == 0


def test_ndcg_is_one_where_all_that_is_relevant_comes_first() -> None:
    assert Ranking((True, True, False), 2).ndcg() == 1
    assert Ranking((True, False, False), 2).ndcg() == pytest.approx(1 / (1 + 1 / log2(3)))
    assert THIRD.ndcg() == pytest.approx(0.5)
    assert NEVER.ndcg() == 0


def test_ndcg_looks_no_deeper_than_its_depth() -> None:
    late = Ranking((False,) * 10 + (True,), 1)
    assert late.ndcg() == 0
    assert late.reciprocal_rank == pytest.approx(1 / 11)


def test_the_quality_of_a_group_is_the_mean() -> None:
    measured = quality([FIRST, THIRD, NEVER])
    assert measured.questions == 3
    assert measured.hit == pytest.approx((1 / 3, 2 / 3, 2 / 3, 2 / 3))
    assert measured.mrr == pytest.approx((1 + 1 / 3) / 3)
    assert measured.ndcg == pytest.approx((1 + 0.5) / 3)
    assert quality([]).mrr == 0
