"""How good rankings are: hit@k, MRR and nDCG. Pure functions; relevance is yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

#: The depths at which hits are counted.
DEPTHS = (1, 3, 5, 10)
#: The depth at which nDCG is cut.
NDCG_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a question found: whether each passage, best first, is one of the ``relevant``."""

    hits: tuple[bool, ...]
    relevant: int

    @property
    def reciprocal_rank(self) -> float:
        """1 over the place of the first hit; 0 without one."""
        return next((1 / place for place, hit in enumerate(self.hits, 1) if hit), 0.0)

    def found_within(self, depth: int) -> bool:
        """Whether one of the first ``depth`` is a hit."""
        return any(self.hits[:depth])

    def ndcg(self, depth: int = NDCG_DEPTH) -> float:
        """Discounted gain of the first ``depth``, of the most that could be gained."""
        gained = sum(1 / log2(place + 1) for place, hit in _placed(self.hits[:depth]) if hit)
        ideal = sum(1 / log2(place + 1) for place in range(1, min(self.relevant, depth) + 1))
        return gained / ideal


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over a group of questions. ``hit`` is by depth, in the order of ``DEPTHS``."""

    questions: int
    hit: tuple[float, ...]
    mrr: float
    ndcg: float


def quality(rankings: Sequence[Ranking]) -> Quality:
    """The means of a group; of nothing, zeros."""
    count = len(rankings)
    if not count:
        return Quality(0, (0.0,) * len(DEPTHS), 0.0, 0.0)
    return Quality(
        questions=count,
        hit=tuple(sum(r.found_within(depth) for r in rankings) / count for depth in DEPTHS),
        mrr=sum(r.reciprocal_rank for r in rankings) / count,
        ndcg=sum(r.ndcg() for r in rankings) / count,
    )


def _placed(hits: Sequence[bool]) -> list[tuple[int, bool]]:
    return list(enumerate(hits, 1))
