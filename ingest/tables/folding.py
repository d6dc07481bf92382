"""Folding of cell texts, remembered: a table folds the same labels hundreds of times."""

from __future__ import annotations

from functools import lru_cache

from disclosure import text
from ingest.readers import cells

_REMEMBERED = 1 << 15


@lru_cache(maxsize=_REMEMBERED)
def fold(label: str) -> str:
    """``disclosure.text.fold`` of a label: half width, no white space, no quotation marks."""
    return text.fold(label)


@lru_cache(maxsize=_REMEMBERED)
def tidy(cell: str) -> str:
    """``ingest.readers.cells.tidy`` of a cell: one line, broken figures whole."""
    return cells.tidy(cell)
