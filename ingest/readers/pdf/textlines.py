"""Glyphs put together to printed lines, and lines cut where wide gaps part them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from ingest.readers.pdf.geometry import Glyph

#: Glyphs whose middles differ by less than this share of their size stand on one line.
_SAME_LINE = 0.5
#: A gap or an overlap of less than this (points) is none.
_TOUCHING = 0.5
#: Glyphs of one line cover each other by no more than this share (squeezed punctuation by half);
#: else two texts lie on each other.
_OVERLAP = 0.65
#: Marks whose ink fills half their box; set side by side, their boxes may cover each other whole.
_CLOSING, _OPENING = "，。、；：！？）》〉”’」』】〕", "（《〈“‘「『【〔"
#: Latin fonts stand about this much lower than their box.
_EM_OF_HEIGHT = 0.85
_LATIN_SPACE = 0.2
_MIXED_SPACE = 0.45
_CJK_SPACE = 0.75
_FIGURE_SPACE = 1.0


class TextLine(NamedTuple):
    """One printed line: its glyphs from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def top(self) -> float:
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Font size: the width of an ideograph; box heights differ from font to font."""
        wide = sorted(glyph.x1 - glyph.x0 for glyph in self.glyphs if is_cjk(glyph.text))
        if wide:
            return wide[len(wide) // 2]
        heights = sorted(glyph.size for glyph in self.glyphs)
        return heights[len(heights) // 2] * _EM_OF_HEIGHT

    @property
    def text(self) -> str:
        return spaced(self.glyphs)


def lines_of(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Printed lines from top to bottom."""
    groups: list[list[Glyph]] = []
    middles: list[float] = []
    placed = sorted(((top + bottom) / 2, x0, i) for i, (_, x0, top, _, bottom) in enumerate(glyphs))
    for middle, _, index in placed:
        glyph = glyphs[index]
        reach = (glyph.bottom - glyph.top) * _SAME_LINE
        for k in range(len(groups) - 1, max(-1, len(groups) - 4), -1):
            if middle - middles[k] <= reach:
                groups[k].append(glyph)
                break
        else:
            groups.append([glyph])
            middles.append(middle)
    lines = []
    for group in groups:
        group.sort(key=_left)
        lines += [TextLine(tuple(chain)) for chain in _chains(group)]
    return lines


_left = attrgetter("x0")


def _chains(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """One line, or several printed over each other, each glyph going on where it fits best."""
    if all(right.x0 >= left.x1 - _TOUCHING for left, right in pairwise(glyphs)):
        return [glyphs]
    chains: list[list[Glyph]] = [glyphs[:1]]
    for glyph in glyphs[1:]:
        fitting = [chain for chain in chains if _follows(chain[-1], glyph)]
        if fitting:
            max(fitting, key=lambda chain: chain[-1].x1).append(glyph)
        else:
            chains.append([glyph])
    return chains


def _follows(last: Glyph, glyph: Glyph) -> bool:
    overlap = last.x1 - glyph.x0
    if last.text in _CLOSING and glyph.text in _OPENING:
        return glyph.x0 > last.x0
    return overlap <= _OVERLAP * max(last.x1 - last.x0, glyph.x1 - glyph.x0)


def split_at_gaps(line: TextLine, gap: float) -> list[TextLine]:
    """The parts of a line that gaps wider than ``gap`` glyph sizes part.

    A title with its characters set apart ('目　　录') stays whole.
    """
    parts: list[list[Glyph]] = [[line.glyphs[0]]]
    for left, right in pairwise(line.glyphs):
        if right.x0 - left.x1 > gap * max(left.size, right.size):
            parts.append([right])
        else:
            parts[-1].append(right)
    if all(len(part) == 1 and is_cjk(part[0].text) for part in parts):
        return [line]
    return [TextLine(tuple(part)) for part in parts]


def spaced(glyphs: Sequence[Glyph]) -> str:
    """Text of one line, with a space wherever the print shows one."""
    pieces = [glyphs[0].text]
    for left, right in pairwise(glyphs):
        gap = right.x0 - left.x1
        if gap > _TOUCHING and gap > _gap_of_space(left, right) * min(left.size, right.size):
            pieces.append(" ")
        pieces.append(right.text)
    return "".join(pieces)


def is_cjk(char: str) -> bool:
    """Ideographs and full-width punctuation."""
    return char >= "\u2e80"


def _gap_of_space(left: Glyph, right: Glyph) -> float:
    """The gap, in glyph sizes, that prints as a space between two neighbours.

    Word processors set ideographs and digits a quarter apart by themselves, and justified lines
    stretch; a figure has no spaces inside.
    """
    a, b = left.text, right.text
    if (a.isdigit() and b in ",.%") or (a in ",." and b.isdigit()):
        return _FIGURE_SPACE
    if is_cjk(a) and is_cjk(b):
        return _CJK_SPACE
    return _MIXED_SPACE if is_cjk(a) or is_cjk(b) else _LATIN_SPACE
