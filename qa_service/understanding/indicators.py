"""Which performance indicator (绩效指标) a question's own words mean."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from disclosure.model import Fact, Measure
from disclosure.money import PERCENT
from disclosure.text import bigrams, fold

#: Weighted share of the question's words that an indicator must hold to be the one asked about.
_HELD = 0.66
#: The same where the question names the project: few indicators are left to mistake it for.
_HELD_OF_PROJECT = 0.4
#: An indicator that holds this much more of the question than the next one is meant, if it holds
#: at least a word or two of it (in weights of bigrams that few indicators have).
_AHEAD = 1.25
_TELLING_OF_PROJECT = 1.5
_TELLING = 4.0
#: A question for a number of something (几场, 多少份) means an indicator counted so.
_COUNTED = re.compile("(?:几|多少|若干)([^\\W\\d_的是了要呢钱元万])")
_COUNTS_ALIKE, _COUNTS_OTHERWISE = 1.6, 0.7
_OF_A_GOAL = 0.6
_OF_NAME = 0.8
_AROUND = 0.4
_RATE = re.compile("率|百分|比例|占比|满意度")


@dataclass(frozen=True, slots=True)
class _Scored:
    """How well an indicator fits: the share of the question it holds, the weight of that, and
    of what the indicator itself holds."""

    share: float
    weight: float
    own: float
    fact: Fact


class Indicators:
    """The performance indicators of one disclosure, searchable by any words of theirs."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = [f for f in facts if f.measure is Measure.TARGET and f.indicator]
        self._grams = [
            frozenset(bigrams(fold(f"{f.indicator}{f.text_value}{f.printed}"))) for f in self._facts
        ]
        self._texts = [
            fold(f"{f.indicator}{f.text_value}{f.printed}{f.coordinates.project}").lower()
            for f in self._facts
        ]
        self._names = [frozenset(bigrams(f.coordinates.project)) for f in self._facts]
        #: What the project's other indicators and its name speak of, which says less of this one.
        self._around: dict[str, set[str]] = defaultdict(set)
        for fact, grams in zip(self._facts, self._grams, strict=True):
            project = fact.coordinates.project
            self._around[project] |= grams | set(bigrams(fold(project)))
        self._held = Counter(gram for grams in self._grams for gram in grams)

    @property
    def projects(self) -> list[str]:
        """The projects that have targets, in the document's order."""
        return list(self._around)

    def best(
        self, words: str, projects: frozenset[str] = frozenset(), question: str = ""
    ) -> Fact | None:
        """The indicator that the question's words mean; None where they are held by none, or by
        two alike. ``projects`` limits the choice to those of some projects; ``question`` tells
        what it counts."""
        scored: dict[tuple[str, str], _Scored] = {}
        for index, fact in enumerate(self._facts):
            if not projects or fact.coordinates.project in projects:
                one = self._score(words, index, question or words)
                key = (fact.coordinates.project, fact.indicator)
                if key not in scored or one.weight > scored[key].weight:
                    scored[key] = one
        ranked = sorted(scored.values(), key=lambda one: -one.weight)
        if not ranked or not ranked[0].weight:
            return None
        first = ranked[0]
        second = ranked[1].own if len(ranked) > 1 else 0.0
        if len(ranked) > 1 and first.weight == ranked[1].weight:
            return None
        if first.share >= (_HELD_OF_PROJECT if projects else _HELD):
            return first.fact
        telling = _TELLING_OF_PROJECT if projects else _TELLING
        ahead = first.weight >= telling and first.own >= _AHEAD * second
        return first.fact if ahead else None

    def _score(self, words: str, index: int, question: str) -> _Scored:
        """Rare bigrams count more, and so do the last ones: the noun stands at the end (培训合格率
        is a rate of training)."""
        fact, grams = self._facts[index], self._grams[index]
        around, name = self._around[fact.coordinates.project], self._names[index]
        asked = bigrams(fold(words))
        total = shared = own = 0.0
        for place, gram in enumerate(asked):
            weight = self._weight(gram) * (1 + place / len(asked))
            total += weight
            own += weight if gram in grams else 0.0
            beside = _OF_NAME if gram in name else _AROUND if gram in around else 0.0
            shared += weight * (1.0 if gram in grams else beside)
        likeness = _likeness(question, fact)
        share = max(shared / total if total else 0.0, _covered(words, self._texts[index]))
        return _Scored(share, shared * likeness, own * likeness, fact)

    def _weight(self, gram: str) -> float:
        rarity = (1 + len(self._facts)) / (1 + self._held[gram])
        return math.log(1 + rarity) / math.log(2 + len(self._facts))


def _covered(words: str, text: str) -> float:
    """Share of the words' characters that stand in the text too, two or more together: 水质平台
    is held by 水质自动监测技术中心平台."""
    folded = fold(words).lower()
    held = [False] * len(folded)
    for start in range(len(folded) - 1):
        if folded[start : start + 2] in text:
            held[start] = held[start + 1] = True
    return sum(held) / len(folded) if folded else 0.0


def _likeness(question: str, fact: Fact) -> float:
    """Above 1 where the question counts in the indicator's own unit, or asks a rate of a rate."""
    if fact.indicator_class == fact.indicator:
        return _OF_A_GOAL  # 年度绩效目标 speaks of everything
    match = _COUNTED.search(question)
    if _RATE.search(question):
        return _COUNTS_ALIKE if fact.unit == PERCENT else 1.0
    if match is None:
        return 1.0
    return _COUNTS_ALIKE if match[1] in fact.unit else _COUNTS_OTHERWISE
