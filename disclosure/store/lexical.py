"""BM25 over character bigrams: exact terms, codes and names that vectors blur."""

from __future__ import annotations

import json
import logging
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s  # type: ignore[import-untyped] # ships no types
import numpy as np
import numpy.typing as npt

from disclosure.text import bigrams

# bm25s sets its own logger to DEBUG and tells of every index that it builds.
logging.getLogger("bm25s").setLevel(logging.WARNING)

_SPANS = "spans.json"
_PARAMETERS = "params.index.json"  # bm25s' own; absent where there was no word to index
Scores = npt.NDArray[np.float32]


class LexicalIndex:
    """The saved index of a release, memory-mapped. Passages stand in release order: disclosure by
    disclosure, each in document order; ``spans`` gives each disclosure's slice."""

    def __init__(self, directory: Path) -> None:
        spans = json.loads((directory / _SPANS).read_text(encoding="utf-8"))
        self.spans: dict[str, tuple[int, int]] = {i: (a, b) for i, (a, b) in spans.items()}
        self.size = max((stop for _, stop in self.spans.values()), default=0)
        self._ids = list(self.spans)
        self._starts = [start for start, _ in self.spans.values()]
        self._index = (
            bm25s.BM25.load(directory, mmap=True, show_progress=False)
            if (directory / _PARAMETERS).exists()
            else None
        )

    def place(self, row: int) -> tuple[str, int]:
        """The disclosure of the passage at a place in release order, and its position in it."""
        at = bisect_right(self._starts, row) - 1
        return self._ids[at], row - self._starts[at]

    def scores(self, text: str) -> Scores:
        """The BM25 score of every passage of the release, in release order."""
        if self._index is not None:
            known = [t for t in bigrams(text) if t in self._index.vocab_dict]
            if known:
                return np.asarray(self._index.get_scores(known), dtype=np.float32)
        return np.zeros(self.size, dtype=np.float32)


def build_lexical(directory: Path, passages: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Index the passages' texts, given disclosure by disclosure, into ``directory``."""
    directory.mkdir(parents=True)
    spans: dict[str, tuple[int, int]] = {}
    vocabulary: dict[str, int] = {}
    documents: list[list[int]] = []
    for disclosure_id, texts in passages:
        start = len(documents)
        for text in texts:
            documents.append([vocabulary.setdefault(t, len(vocabulary)) for t in bigrams(text)])
        spans[disclosure_id] = (start, len(documents))
    if documents and vocabulary:
        index = bm25s.BM25(backend="numpy")
        index.index((documents, vocabulary), create_empty_token=False, show_progress=False)
        index.save(directory, show_progress=False)
    (directory / _SPANS).write_text(json.dumps(spans, ensure_ascii=False), encoding="utf-8")
