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

    def _weight(self, gram: str) -> float:
        """A bigram that every name has tells nothing; one that none has must be explained too."""
        return math.log(1 + (1 + len(self._names)) / (1 + len(self._holders.get(gram, ()))))
