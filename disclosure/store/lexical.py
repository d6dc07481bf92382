"""BM25 over character bigrams: exact terms, codes and names that vectors blur.

An index keeps counts, not scores: what a word weighs depends on all passages, so that scores would
be made anew with every disclosure. So each part of a release keeps its own counts, and what a word
weighs in the release is made of them when it is asked for.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from math import log
from pathlib import Path
from typing import Any

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


class LexicalPart:
    """The saved index of a part of a release, memory-mapped. Passages stand disclosure by
    disclosure, each in document order; ``spans`` gives each disclosure's slice."""

    def __init__(self, directory: Path) -> None:
        spans = json.loads((directory / _SPANS).read_text(encoding="utf-8"))
        self.spans: dict[str, tuple[int, int]] = {i: (a, b) for i, (a, b) in spans.items()}
        self.size = max((stop for _, stop in self.spans.values()), default=0)
        words = json.loads((directory / _WORDS).read_text(encoding="utf-8"))
        self.words: dict[str, int] = {word: at for at, word in enumerate(words)}
        self.starts: _Numbers = np.load(directory / _STARTS)
        # Plain arrays over the mapped files: to take a slice of a map costs ten times as much.
        self.rows: npt.NDArray[np.int32] = _mapped(directory / _ROWS)
        self.counts: npt.NDArray[np.uint16] = _mapped(directory / _COUNTS)
        self.lengths: npt.NDArray[np.int32] = np.load(directory / _LENGTHS)

    def having(self, word: str) -> tuple[int, int]:
        """Where the passages that have a word stand in ``rows`` and ``counts``."""
        at = self.words.get(word)
        return (0, 0) if at is None else (int(self.starts[at]), int(self.starts[at + 1]))


class LexicalIndex:
    """The index of a release: of its parts, without the disclosures that are ``hidden`` in each.

    Passages stand in release order, part by part; a hidden one keeps its place there, and scores
    nothing. What is scored is as if one index held what is shown, however it is parted.
    """

    def __init__(self, parts: Sequence[tuple[LexicalPart, Collection[str]]]) -> None:
        self.spans: dict[str, tuple[int, int]] = {}
        self.size = 0
        self._parts: list[_Placed] = []
        for part, hidden in parts:
            placed = _Placed(part, self.size, [part.spans[i] for i in sorted(hidden)])
            self._parts.append(placed)
            self.spans |= {
                i: (self.size + a, self.size + b)
                for i, (a, b) in part.spans.items()
                if i not in hidden
            }
            self.size += part.size
        self._shown = sum(placed.shown for placed in self._parts)
        words = sum(placed.words for placed in self._parts)
        usual = words / self._shown if self._shown else 0.0
        for placed in self._parts:
            share = placed.part.lengths / usual if usual else np.zeros(placed.part.size)
            placed.damping = (_K1 * (1 - _B + _B * share)).astype(np.float32)
        order = sorted(self.spans.items(), key=lambda item: item[1])
        self._ids = [disclosure_id for disclosure_id, _ in order]
        self._first_rows = [start for _, (start, _) in order]

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
        wanted = [p for p in self._parts if p.offset < stop and start < p.offset + p.part.size]
        for word, times in Counter(bigrams(text)).items():
            having = sum(placed.having(word) for placed in self._parts)
            if not having:
                continue
            weight = times * log(1 + (self._shown - having + 0.5) / (having + 0.5))
            for placed in wanted:
                rows, counts = placed.within(word, start, stop)
                added = np.float32(weight) * counts / (placed.damping[rows] + counts)
                scores[rows + (placed.offset - start)] += added
        for placed in wanted:
            for low, high in placed.hidden:
                first = max(placed.offset + low - start, 0)
                scores[first : max(placed.offset + high - start, 0)] = 0
        return scores


class _Placed:
    """A part in a release: its first place there, and the slices that are hidden in it."""

    def __init__(self, part: LexicalPart, offset: int, hidden: Sequence[tuple[int, int]]) -> None:
        self.part = part
        self.offset = offset
        self.hidden = hidden
        self.damping: Scores = np.zeros(0, dtype=np.float32)
        away = [part.lengths[low:high] for low, high in hidden]
        self.shown = part.size - sum(map(len, away))
        self.words = int(part.lengths.sum()) - sum(int(lengths.sum()) for lengths in away)

    def having(self, word: str) -> int:
        """How many passages that are shown have a word."""
        low, high = self.part.having(word)
        if low == high or not self.hidden:
            return high - low
        ends = np.searchsorted(self.part.rows[low:high], np.array(self.hidden, dtype=np.int32))
        return high - low - int((ends[:, 1] - ends[:, 0]).sum())

    def within(
        self, word: str, start: int, stop: int
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """The part's passages between two places of the release that have a word, and how often."""
        low, high = self.part.having(word)
        bounds = np.array([start - self.offset, stop - self.offset]).clip(0, self.part.size)
        first, last = low + np.searchsorted(self.part.rows[low:high], bounds.astype(np.int32))
        return self.part.rows[first:last], self.part.counts[first:last].astype(np.float32)


def _mapped(path: Path) -> npt.NDArray[Any]:
    return np.asarray(np.load(path, mmap_mode="r"))


def build_lexical(
    directory: Path,
    ids: Sequence[str],
    texts: Callable[[str], Sequence[str]],
    held: LexicalPart | None = None,
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
    held: LexicalPart, unchanged: Collection[str], spans: dict[str, tuple[int, int]], size: int
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
