"""Linking of words that no form explains: parts of names of projects, items, indicators."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.text import bigrams, fold
from qa_service.understanding.segment import Binding

#: Share of the unknown word that a name must contain, weighted by how telling its bigrams are.
_EXPLAINED = 0.74


def _covered(word: str) -> float:
    return 0.12 if len(fold(word)) > 3 else 0.2


@dataclass(frozen=True, slots=True)
class Guess:
    """A name that an unknown word may stand for; ``explained`` of the word (0 to 1) is in it."""

    binding: Binding
    explained: float
    covered: float


class FuzzyNames:
    """Open names of one disclosure, searchable by parts."""

    def __init__(self, names: Mapping[str, Binding]) -> None:
        self._names = list(names.items())
        self._grams = [Counter(bigrams(name)) for name, _ in self._names]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for index, grams in enumerate(self._grams):
            for gram in grams:
                self._holders[gram].append(index)

    def guesses(self, word: str) -> list[Guess]:
        """Names that explain the unknown word, best first; ties stand together."""
        grams = bigrams(word)
        if not grams or len(fold(word)) < 2:
            return []
        weights = {gram: self._weight(gram) for gram in grams}
        asked = sum(weights.values())
        scores: dict[int, float] = defaultdict(float)
        for gram, weight in weights.items():
            for index in self._holders.get(gram, ()):
                scores[index] += weight
        guesses = []
        for index, score in scores.items():
            explained = score / asked
            if explained < _EXPLAINED:
                continue
            own = sum(self._weight(gram) for gram in self._grams[index])
            guesses.append(Guess(self._names[index][1], explained, score / own))
        guesses.sort(key=lambda g: (-g.explained, -g.covered))
        return guesses

    def best(self, word: str) -> tuple[Binding, ...]:
        """The names that the word stands for: one, or up to three that explain it alike. A short
        word must be a good part of the name, else it names nothing."""
        guesses = [g for g in self.guesses(word) if g.covered >= _covered(word)]
        top = [g for g in guesses if g.explained == guesses[0].explained]
        if len(top) > 1 and top[0].covered > 1.3 * top[1].covered:
            top = top[:1]
        return tuple(g.binding for g in top) if len(top) <= 3 else ()

    def _weight(self, gram: str) -> float:
        """A bigram that every name has tells nothing; one that none has must be explained too."""
        return math.log(1 + (1 + len(self._names)) / (1 + len(self._holders.get(gram, ()))))
