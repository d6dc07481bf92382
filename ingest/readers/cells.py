"""Tidying the printed text of one table cell: wrapped lines, spaced-out characters, indents."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CJK = r"[\u3400-\u9fff，。、；：（）《》“”]"
_BLANKS = str.maketrans({"\u00a0": " ", "\u3000": " ", "\u2002": " ", "\u2003": " ", "\t": " "})
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACE_IN_CJK = re.compile(rf"(?<={_CJK})[ ]+(?={_CJK})")
_SENTENCE = re.compile(r"[，。；,;]")
#: A whole figure as budgets print it: optional sign, groups of three or none, decimals, percent.
_FIGURE = re.compile(r"[-－+]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[%％]?")
_FIGURE_CHARS = re.compile(r"[\d.,，\s%％+－-]+")
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


def is_figure(text: str) -> bool:
    """Whether the text is one whole printed figure: '1,054.22', '-3', '12.5%'."""
    return bool(_FIGURE.fullmatch(text))


def tidy(text: str) -> str:
    """The cell as one line: '收   入' as '收入', lines with explicit breaks put together."""
    return join_lines([line for line in clean(text).split("\n") if line], wrapped=False)


def join_lines(lines: Sequence[str], *, wrapped: bool) -> str:
    """The lines of a cell as one text.

    A figure broken over lines ('1', '54,', '304', '.22') is made whole. Two whole figures under
    each other stay two, unless they are ``wrapped``: the first one fills the cell's width.
    Spaces in long cells stay: there they separate the items of a goal.
    """
    joined = ""
    for line in lines:
        joined = _append(joined, _one_line(line), wrapped)
    if len(joined) <= _LONGEST_LABEL and not _SENTENCE.search(joined):
        joined = _SPACE_IN_CJK.sub("", joined)
    return joined


def _one_line(line: str) -> str:
    line = re.sub(r" {2,}", " ", line.strip())
    if _FIGURE_CHARS.fullmatch(line):
        whole = re.sub(r"\s", "", line)
        return whole if is_figure(whole) else line
    return line


def _append(left: str, right: str, wrapped: bool) -> str:
    """Join two wrapped lines: no space around CJK, none inside a figure, one between words."""
    if not left or re.search(rf"{_CJK}$", left) or re.match(_CJK, right):
        return left + right
    if is_figure(left.rsplit(" ", 1)[-1]) and is_figure(right) and not wrapped:
        return f"{left} {right}"
    if left[-1].isalpha() and right[0].isalpha():
        return f"{left} {right}"
    return left + right
