"""Folding of Chinese text so that spellings of one word compare equal."""

from __future__ import annotations

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_QUOTES = dict.fromkeys(map(ord, "“”\"'‘’「」『』《》〈〉"), None)
_SPACE = re.compile(r"\s+")


def to_half_width(text: str) -> str:
    """Full-width letters, digits, punctuation and spaces as their half-width forms."""
    return text.translate(_FULL_WIDTH)


def fold(text: str) -> str:
    """Half width, no white space, no quotation or title marks: the form that names compare in."""
    return _SPACE.sub("", text.translate(_FULL_WIDTH).translate(_QUOTES))


def bigrams(text: str) -> list[str]:
    """Character bigrams of the folded text plus whole runs of digits and Latin letters."""
    folded = fold(text).lower()
    tokens = re.findall(r"[a-z]+|\d+(?:\.\d+)?", folded)
    for run in re.findall(r"[\u3400-\u9fff]+", folded):
        tokens += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return tokens
