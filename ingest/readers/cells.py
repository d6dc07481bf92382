"""Tidying the printed text of one table cell: wrapped lines, spaced-out characters, indents."""

from __future__ import annotations

import re

_CJK = r"[\u3400-\u9fff，。、；：（）《》“”]"
_BLANKS = str.maketrans({"\u00a0": " ", "\u3000": " ", "\u2002": " ", "\u2003": " ", "\t": " "})
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACE_IN_CJK = re.compile(rf"(?<={_CJK})[ ]+(?={_CJK})")
_SENTENCE = re.compile(r"[，。；,;]")
#: A whole figure as budgets print it: optional sign, groups of three or none, decimals, percent.
_FIGURE = re.compile(r"[-－+]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[%％]?")
#: Above this length a cell is prose (a performance goal); its spaces separate items.
_LONGEST_LABEL = 30


def clean(text: str) -> str:
    """Ordinary spaces, no invisible characters, outer white space off; line breaks kept."""
    text = _INVISIBLE.sub("", text.translate(_BLANKS))
    return "\n".join(line.strip() for line in text.splitlines()).strip("\n ")


def indent(text: str) -> int:
    """Left indent in half-width columns: an ideographic space counts two."""
    width = 0
    for char in text:
        if char in "\u3000\u2003":
            width += 2
        elif char in " \u00a0\u2002":
            width += 1
        else:
            break
    return width


def tidy(text: str) -> str:
    """The cell as one line: wrapped lines joined, '收   入' as '收入', a broken figure whole.

    Spaces in long cells stay: there they separate the items of a goal.
    """
    lines = [line for line in clean(text).split("\n") if line]
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        joined = _append(joined, line)
    joined = re.sub(r" {2,}", " ", joined)
    if len(joined) <= _LONGEST_LABEL and not _SENTENCE.search(joined):
        joined = _SPACE_IN_CJK.sub("", joined)
    if joined and not re.search(r"[^\d.,，\s%％+－-]", joined):
        whole = re.sub(r"\s", "", joined)
        return whole if _FIGURE.fullmatch(whole) else joined
    return joined


def _append(left: str, right: str) -> str:
    """Join two wrapped lines: no space around CJK, none inside a figure, one between words."""
    if re.search(rf"{_CJK}$", left) or re.match(_CJK, right):
        return left + right
    if _FIGURE.fullmatch(left) and _FIGURE.fullmatch(right):
        return f"{left} {right}"
    if left[-1:].isalpha() and right[:1].isalpha():
        return f"{left} {right}"
    return left + right
