"""BM25 over character bigrams: exact terms, codes and names that vectors blur.

An index keeps counts, not scores: what a word weighs depends on all passages, so that scores would
be made anew with every disclosure; of counts, those of the others are copied.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt

from disclosure.text import bigrams

#: How soon a repeated word counts no more, and how much a passage's length takes from it.
_K1, _B = 1.5, 0.75
_SPANS, _WORDS = "spans.json", "words.json"
#: For each word (and the end) where its passages start; the passages in release order; how often
#: each has the word; and how many words each passage has.
_STARTS, _ROWS, _COUNTS, _LENGTHS = "starts.npy", "rows.npy", "counts.npy", "lengths.npy"
_MOST = np.iinfo(np.uint16).max

Scores = npt.NDArray[np.float32]
_Numbers = npt.NDArray[np.int64]


class LexicalIndex:
    """The saved index of a release, memory-mapped. Passages stand in release order: disclosure by
    disclosure, each in document order; ``spans`` gives each disclosure's slice."""

    def __init__(self, directory: Path) -> None:
        spans = json.loads((directory / _SPANS).read_text(encoding="utf-8"))
        self.spans: dict[str, tuple[int, int]] = {i: (a, b) for i, (a, b) in spans.items()}
        self.size = max((stop for _, stop in self.spans.values()), default=0)
        words = json.loads((directory / _WORDS).read_text(encoding="utf-8"))
        self.words: dict[str, int] = {word: at for at, word in enumerate(words)}
        self.starts: _Numbers = np.load(directory / _STARTS)
        self.rows: npt.NDArray[np.int32] = np.load(directory / _ROWS, mmap_mode="r")
        self.counts: npt.NDArray[np.uint16] = np.load(directory / _COUNTS, mmap_mode="r")
        self.lengths: npt.NDArray[np.int32] = np.load(directory / _LENGTHS)
        usual = float(self.lengths.mean()) if self.size else 0.0
        share = self.lengths / usual if usual else np.zeros(self.size)
        self._damping = (_K1 * (1 - _B + _B * share)).astype(np.float32)
        self._ids = list(self.spans)
        self._first_rows = [start for start, _ in self.spans.values()]

    def place(self, row: int) -> tuple[str, int]:
        """The disclosure of the passage at a place in release order, and its position in it."""
        at = bisect_right(self._first_rows, row) - 1
        return self._ids[at], row - self._first_rows[at]

    def scores(self, text: str) -> Scores:
        """The BM25 score of every passage of the release, in release order."""
        return self._scored(text, 0, self.size)

    def scores_within(self, text: str, disclosure_id: str) -> Scores:
        """Those of the passages of one disclosure; it costs nothing what else the release holds."""
        return self._scored(text, *self.spans[disclosure_id])

    def _scored(self, text: str, start: int, stop: int) -> Scores:
        scores = np.zeros(stop - start, dtype=np.float32)
        bounds = np.array([start, stop], dtype=np.int32)
        for word, times in Counter(bigrams(text)).items():
            if word not in self.words:
                continue
            at = self.words[word]
            low, high = int(self.starts[at]), int(self.starts[at + 1])
            having = high - low
            weight = times * log(1 + (self.size - having + 0.5) / (having + 0.5))
            first, last = low + np.searchsorted(self.rows[low:high], bounds)
            rows = self.rows[first:last]
            counts = self.counts[first:last].astype(np.float32)
            scores[rows - start] += np.float32(weight) * counts / (self._damping[rows] + counts)
        return scores


def build_lexical(
    directory: Path,
    ids: Sequence[str],
    texts: Callable[[str], Sequence[str]],
    held: LexicalIndex | None = None,
    unchanged: Collection[str] = (),
) -> None:
    """Index the passages' texts, disclosure by disclosure in the order of ``ids``, into
    ``directory``. Those ``unchanged`` are copied from ``held``, which has the same order."""
    words = dict(held.words) if held else {}
    spans: dict[str, tuple[int, int]] = {}
    lengths: list[npt.NDArray[np.int32]] = []
    fresh = _Postings()
    size = 0
    for disclosure_id in ids:
        if held is not None and disclosure_id in unchanged:
            long = held.lengths[slice(*held.spans[disclosure_id])]
        else:
            long = fresh.add(size, texts(disclosure_id), words)
        lengths.append(long)
        spans[disclosure_id] = (size, size + len(long))
        size += len(long)
    keys, counts = fresh.sorted(size)
    if held is not None:
        kept_keys, kept_counts = _kept(held, unchanged, spans, size)
        places = np.searchsorted(kept_keys, keys)
        keys = np.insert(kept_keys, places, keys)
        counts = np.insert(kept_counts, places, counts)
    directory.mkdir(parents=True)
    starts = np.searchsorted(keys, np.arange(len(words) + 1, dtype=np.int64) * size)
    np.save(directory / _STARTS, starts)
    np.save(directory / _ROWS, (keys % size).astype(np.int32) if size else keys.astype(np.int32))
    np.save(directory / _COUNTS, counts)
    np.save(directory / _LENGTHS, np.concatenate([np.zeros(0, np.int32), *lengths]))
    (directory / _WORDS).write_text(json.dumps(list(words), ensure_ascii=False), encoding="utf-8")
    (directory / _SPANS).write_text(json.dumps(spans, ensure_ascii=False), encoding="utf-8")


class _Postings:
    """Which passage has which word how often, as it is read."""

    def __init__(self) -> None:
        self._words, self._rows, self._counts = array("q"), array("q"), array("H")

    def add(self, row: int, texts: Sequence[str], words: dict[str, int]) -> npt.NDArray[np.int32]:
        """Count the words of passages from ``row`` on; ``words`` takes new ones. Returns how many
        words each has."""
        lengths = []
        for at, text in enumerate(texts, start=row):
            found = bigrams(text)
            lengths.append(len(found))
            for word, count in Counter(found).items():
                self._words.append(words.setdefault(word, len(words)))
                self._rows.append(at)
                self._counts.append(min(count, _MOST))
        return np.array(lengths, dtype=np.int32)

    def sorted(self, size: int) -> tuple[_Numbers, npt.NDArray[np.uint16]]:
        """Keys (word × ``size`` + passage) in their order, and the counts."""
        keys = np.frombuffer(self._words, np.int64) * size + np.frombuffer(self._rows, np.int64)
        order = np.argsort(keys)
        return keys[order], np.frombuffer(self._counts, np.uint16)[order]


def _kept(
    held: LexicalIndex, unchanged: Collection[str], spans: dict[str, tuple[int, int]], size: int
) -> tuple[_Numbers, npt.NDArray[np.uint16]]:
    """The keys and counts of what another index has of the unchanged disclosures."""
    moved = np.full(held.size, -1, dtype=np.int64)
    for disclosure_id in unchanged:
        moved[slice(*held.spans[disclosure_id])] = np.arange(*spans[disclosure_id])
    rows = moved[held.rows]
    keys = np.repeat(np.arange(len(held.words), dtype=np.int64) * size, np.diff(held.starts))
    keys += rows
    staying = rows >= 0
    if staying.all():
        return keys, np.asarray(held.counts)
    return keys[staying], held.counts[staying]
