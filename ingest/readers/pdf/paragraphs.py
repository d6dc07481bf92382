"""Printed lines put together to paragraphs, within a page and over page breaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ingest.readers import lines as lexical
from ingest.readers.pdf.textlines import TextLine, is_cjk, split_at_gaps

#: In glyph sizes: a gap that parts two texts on one line; how near the right margin a full line
#: ends; how far in a first line is set; how much size and pitch vary within a paragraph.
_PARTING_GAP = 3.0
_FULL_WITHIN = 1.6
_FIRST_LINE = 1.2
_SAME_SIZE = 0.12
_LOOSE_PITCH = 1.45
_OFF_CENTRE = 0.8
#: A line at least this share of the widest shows where the margins are.
_LONG_LINE = 0.7
#: The right margin is at most this share of the page's width wider than the left one; lines of
#: one paragraph stand at most so many sizes apart.
_WIDEST_MARGIN = 0.12
_WIDEST_PITCH = 2.5
_BREAKABLE_TOKEN = re.compile(r"^[\d.,%％/A-Za-z-]+(?:万元|亿元|元|%)?[，。；、：]?")


class Margins(NamedTuple):
    """Where the body text of a page starts and ends, and its usual line pitch."""

    left: float
    right: float
    pitch: float


@dataclass(slots=True)
class OpenParagraph:
    """A paragraph while lines are added to it."""

    text: str
    last: TextLine
    page: int
    margins: Margins
    first_page: int = 0
    indented: bool = False

    def __post_init__(self) -> None:
        self.first_page = self.page
        self.indented = self.last.x0 - self.margins.left > _FIRST_LINE * self.last.size

    def takes(self, line: TextLine, page: int, margins: Margins) -> bool:
        """Whether ``line``, the next one printed, goes on with this paragraph."""
        text, size = self.text, self.last.size
        new_page = page != self.page
        if abs(line.size - size) > _SAME_SIZE * size:
            return False
        if not new_page and line.middle - self.last.middle > max(
            margins.pitch * _LOOSE_PITCH, size * 1.9
        ):
            return False
        following = plain(line)
        if _is_centred(line, margins) and not new_page:
            return self._is_wide() and not (
                lexical.ends_sentence(text) or lexical.starts_block(following)
            )
        if line.x0 - margins.left > _FIRST_LINE * size and not lexical.unclosed(text):
            return False
        if lexical.starts_heading(following) and lexical.ends_sentence(text):
            return False
        if self._is_full(following):
            # Under an indented first line, a full line is followed by its own paragraph's next.
            return self.indented or not lexical.starts_block(following)
        return lexical.continues(text, following)

    def add(self, line: TextLine, page: int, margins: Margins) -> None:
        self.text = lexical.join(self.text, plain(line))
        self.last, self.page, self.margins = line, page, margins

    def _is_full(self, following: str) -> bool:
        """Whether the last line reaches the margin, or would with the next word on it."""
        room = self.margins.right - self.last.x1
        token = _BREAKABLE_TOKEN.match(following)
        width = len(token[0]) * 0.55 if token else 0.0
        return room <= (max(_FULL_WITHIN, width + 0.3)) * self.last.size

    def _is_wide(self) -> bool:
        body = self.margins.right - self.margins.left
        return self.last.x1 - self.last.x0 >= _LONG_LINE * body


def _is_centred(line: TextLine, margins: Margins) -> bool:
    """Whether a line is set in the middle of the page, as titles are."""
    before, after = line.x0 - margins.left, margins.right - line.x1
    return before > _FIRST_LINE * line.size and abs(before - after) < _OFF_CENTRE * line.size


def parts(line: TextLine) -> list[TextLine]:
    """The texts of one line: '编制部门：…' and '单位：万元' at its two ends are two."""
    return split_at_gaps(line, _PARTING_GAP)


def plain(line: TextLine) -> str:
    """A line's text; spaces stay only between Latin words and after a part's number."""
    text = line.text
    if re.fullmatch(r"(?:\S )+\S", text) and all(is_cjk(char) for char in text[::2]):
        return text.replace(" ", "")
    if re.match(r"第.{1,3}(?:部分|章)", text):
        return text
    return re.sub(r"(?<![A-Za-z0-9,;:.]) | (?![A-Za-z0-9(])", "", text)


def margins_of(lines: Sequence[TextLine], width: float, fallback: Margins | None) -> Margins | None:
    """The margins that the long lines of a page show, whose width is ``width``.

    ``fallback`` holds for a page with too few of them.
    """
    if not lines:
        return fallback
    widest = max(line.x1 - line.x0 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 >= _LONG_LINE * widest]
    if fallback and (len(long) < 3 or widest < _LONG_LINE * (fallback.right - fallback.left)):
        return fallback
    starts = Counter(round(line.x0 / 3) for line in long)
    common = max(starts.values())
    left = min(place for place, count in starts.items() if count * 3 >= common) * 3.0
    right = max(max(line.x1 for line in long), (1 - _WIDEST_MARGIN) * width - left)
    gaps = sorted(b.middle - a.middle for a, b in pairwise(lines))
    usual = [gap for gap in gaps if gap > 3]
    pitch = usual[len(usual) // 3] if usual else lines[0].size * 1.5
    return Margins(left, right, min(pitch, _WIDEST_PITCH * long[0].size))
