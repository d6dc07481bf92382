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
from collections.abc import Callable, Collection, Iterable, Sequence
from hashlib import blake2b
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from disclosure.text import bigrams

#: How soon a repeated word counts no more, and how much a passage's length takes from it.
_K1, _B = 1.5, 0.75
_SPANS = "spans.json"
#: The words in their order; for each (and the end) where its passages start; the passages in
#: release order; how often each has the word; and how many words each passage has.
_WORDS, _STARTS, _ROWS, _COUNTS = "words.npy", "starts.npy", "rows.npy", "counts.npy"
_LENGTHS = "lengths.npy"
_MOST = np.iinfo(np.uint16).max
#: Bytes of a word that stands for itself, and what a longer one begins with: no word does.
_SHORT, _LONG = 8, b"\xff"

Scores = npt.NDArray[np.float32]
_Numbers = npt.NDArray[np.int64]
_Words = npt.NDArray[np.uint64]


class LexicalPart:
    """The saved index of a part of a release, memory-mapped. Passages stand disclosure by
    disclosure, each in document order; ``spans`` gives each disclosure's slice."""

    def __init__(self, directory: Path) -> None:
        spans = json.loads((directory / _SPANS).read_text(encoding="utf-8"))
        self.spans: dict[str, tuple[int, int]] = {i: (a, b) for i, (a, b) in spans.items()}
        self.size = max((stop for _, stop in self.spans.values()), default=0)
        # Plain arrays over the mapped files: to take a slice of a map costs ten times as much.
        self.words: _Words = _mapped(directory / _WORDS)
        self.starts: _Numbers = _mapped(directory / _STARTS)
        self.rows: npt.NDArray[np.int32] = _mapped(directory / _ROWS)
        self.counts: npt.NDArray[np.uint16] = _mapped(directory / _COUNTS)
        self.lengths: npt.NDArray[np.int32] = np.load(directory / _LENGTHS)

    def bounds(self, words: _Words) -> _Numbers:
        """For each word, from where to where its passages stand in ``rows`` and ``counts``."""
        at = np.searchsorted(self.words, words)
        known = at < len(self.words)
        known[known] = self.words[at[known]] == words[known]
        bounds = np.zeros((len(words), 2), dtype=np.int64)
        bounds[known, 0] = self.starts[at[known]]
        bounds[known, 1] = self.starts[at[known] + 1]
        return bounds


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
        words = Counter(bigrams(text))
        keys = _keys(words)
        bounds = [placed.part.bounds(keys) for placed in self._parts]
        having = sum(
            (placed.having(b) for placed, b in zip(self._parts, bounds, strict=True)),
            start=np.zeros(len(keys), dtype=np.int64),
        ).tolist()
        for placed, bound in zip(self._parts, bounds, strict=True):
            if stop <= placed.offset or placed.offset + placed.part.size <= start:
                continue
            for times, count, (low, high) in zip(words.values(), having, bound, strict=True):
                if low < high:
                    weight = times * log(1 + (self._shown - count + 0.5) / (count + 0.5))
                    rows, counts = placed.within(low, high, start, stop)
                    added = np.float32(weight) * counts / (placed.damping[rows] + counts)
                    scores[rows + (placed.offset - start)] += added
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

    def having(self, bounds: _Numbers) -> _Numbers:
        """How many passages that are shown have each of the words that have these bounds."""
        count = bounds[:, 1] - bounds[:, 0]
        if self.hidden:
            hidden = np.array(self.hidden, dtype=np.int32)
            for at, (low, high) in enumerate(bounds):
                ends = np.searchsorted(self.part.rows[low:high], hidden)
                count[at] -= int((ends[:, 1] - ends[:, 0]).sum())
        return count

    def within(
        self, low: int, high: int, start: int, stop: int
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Of the passages of a word, which has these bounds in the part, those between two places
        of the release, and how often they have it."""
        ends = np.array([start - self.offset, stop - self.offset]).clip(0, self.part.size)
        first, last = low + np.searchsorted(self.part.rows[low:high], ends.astype(np.int32))
        return self.part.rows[first:last], self.part.counts[first:last].astype(np.float32)


def _keys(words: Iterable[str]) -> _Words:
    """Words as numbers that need no table in memory. A long one is hashed: of a million, two would
    be taken for one another once in 100,000 indexes."""
    return np.array([_key(word) for word in words], dtype=np.uint64)


def _key(word: str) -> int:
    raw = word.encode("utf-8", "replace")
    if len(raw) > _SHORT:
        raw = _LONG + blake2b(raw, digest_size=_SHORT - len(_LONG)).digest()
    return int.from_bytes(raw.ljust(_SHORT, b"\0"), "big")


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
    spans: dict[str, tuple[int, int]] = {}
    lengths: list[npt.NDArray[np.int32]] = []
    fresh = _Postings()
    size = 0
    for disclosure_id in ids:
        if held is not None and disclosure_id in unchanged:
            long = held.lengths[slice(*held.spans[disclosure_id])]
        else:
            long = fresh.add(size, texts(disclosure_id))
        lengths.append(long)
        spans[disclosure_id] = (size, size + len(long))
        size += len(long)
    words, rows, counts = fresh.all()
    if held is not None:
        kept_words, kept_rows, kept_counts = _kept(held, unchanged, spans)
        words = np.concatenate([words, kept_words])
        rows = np.concatenate([rows, kept_rows])
        counts = np.concatenate([counts, kept_counts])
    order = np.lexsort((rows, words))
    distinct, starts = np.unique(words[order], return_index=True)
    directory.mkdir(parents=True)
    np.save(directory / _WORDS, distinct)
    np.save(directory / _STARTS, np.append(starts, len(words)))
    np.save(directory / _ROWS, rows[order].astype(np.int32))
    np.save(directory / _COUNTS, counts[order])
    np.save(directory / _LENGTHS, np.concatenate([np.zeros(0, np.int32), *lengths]))
    (directory / _SPANS).write_text(json.dumps(spans, ensure_ascii=False), encoding="utf-8")


_Columns = tuple[_Words, _Numbers, npt.NDArray[np.uint16]]


class _Postings:
    """Which passage has which word how often, as it is read."""

    def __init__(self) -> None:
        self._words, self._rows, self._counts = array("Q"), array("q"), array("H")

    def add(self, row: int, texts: Sequence[str]) -> npt.NDArray[np.int32]:
        """Count the words of passages from ``row`` on. Returns how many words each has."""
        lengths = []
        for at, text in enumerate(texts, start=row):
            found = bigrams(text)
            lengths.append(len(found))
            for word, count in Counter(found).items():
                self._words.append(_key(word))
                self._rows.append(at)
                self._counts.append(min(count, _MOST))
        return np.array(lengths, dtype=np.int32)

    def all(self) -> _Columns:
        """The words, the passages that have them, and how often."""
        return (
            np.frombuffer(self._words, np.uint64),
            np.frombuffer(self._rows, np.int64),
            np.frombuffer(self._counts, np.uint16),
        )


def _kept(
    held: LexicalPart, unchanged: Collection[str], spans: dict[str, tuple[int, int]]
) -> _Columns:
    """What another index has of the unchanged disclosures, at their new places."""
    moved = np.full(held.size, -1, dtype=np.int64)
    for disclosure_id in unchanged:
        moved[slice(*held.spans[disclosure_id])] = np.arange(*spans[disclosure_id])
    rows = moved[held.rows]
    staying = rows >= 0
    words = np.repeat(held.words, np.diff(held.starts))
    return words[staying], rows[staying], held.counts[staying]
