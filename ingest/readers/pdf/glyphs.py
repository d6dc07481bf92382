"""The characters of a page, read from pdfium's text layer; white space is dropped.

Gaps between glyphs say where spaces are; space characters in the wild lie as often as not.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Sequence
from math import pi
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingest.readers.pdf.clips import visible
from ingest.readers.pdf.geometry import Corners, Glyph, Turn

#: Every n-th character is asked for its angle, and every n-th of those how it is painted.
_SAMPLE = 5
#: Two equal glyphs closer than this share of their width are one glyph printed twice (fake bold).
_SAME_PLACE = 0.4
#: A box thinner than this (points) is none.
_FLAT = 0.1
#: White space and invisible characters beyond ASCII.
_BLANK = frozenset(
    map(chr, [*range(0x21), 0x7F, 0xA0, 0xAD, 0x3000, 0xFEFF, 0xFFFE, *range(0x2000, 0x2010)])
) | frozenset("\u2028\u2029\u202f\u205f\u2060")


class PageText(NamedTuple):
    """Glyphs in content order, and how many printed codes had no character behind them."""

    glyphs: list[Glyph]
    unmapped: int


class Survey(NamedTuple):
    """How a page's text lies: clockwise quarter turns that set most of it upright, whether some
    lies otherwise, and whether most is invisible, as the words that a scanner recognised are."""

    quarter: int
    mixed: bool
    invisible: bool


def survey_text(text_page: object, chars: Sequence[str]) -> Survey:
    """A look at a sample of the page's characters."""
    sample = [i for i in range(0, len(chars), _SAMPLE) if chars[i] not in _BLANK]
    if not sample:
        return Survey(0, False, False)
    turns = Counter(_quarters(text_page, i) for i in sample)
    quarter = round(turns.most_common(1)[0][0]) % 4
    painted = sample[::_SAMPLE]
    unseen = sum(
        pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text_page, i))
        == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        for i in painted
    )
    return Survey(quarter, len(turns) > 1, unseen * 2 > len(painted))


def _quarters(text_page: object, index: int) -> float:
    """Quarter turns that set a character upright; not a whole number for slanting text."""
    turns = round(-pdfium.FPDFText_GetCharAngle(text_page, index) / (pi / 2), 1) % 4
    return 0.0 if turns == 4.0 else turns


def _lies_otherwise(text_page: object, index: int, char: str, quarter: int) -> bool:
    """A watermark's slanting character, or a page number's printed sideways."""
    turns = _quarters(text_page, index)
    return turns % 1 != 0 or (turns != quarter and not _is_ideograph(char))


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def read_glyphs(
    text_page: object, chars: Sequence[str], turn: Turn, *, mixed: bool = False
) -> PageText:
    """All visible glyphs of the page, upright."""
    printed = [i for i, char in enumerate(chars) if char not in _BLANK]
    if mixed:
        printed = [i for i in printed if not _lies_otherwise(text_page, i, chars[i], turn.quarter)]
    unmapped = sum(char == "\x00" or "\ue000" <= char <= "\uf8ff" for char in chars)
    if not printed:
        return PageText([], unmapped)
    corners = _corners(text_page, printed)
    shown, seen = visible(text_page, printed, corners)
    boxes = turn.boxes(seen)
    texts = [_plain(chars[i]) for i in printed]
    rows = boxes.tolist()
    kept = shown & _on_page(boxes, turn) & _once(texts, boxes)
    return PageText([Glyph(texts[i], *rows[i]) for i in np.flatnonzero(kept)], unmapped)


def _corners(text_page: object, printed: Sequence[int]) -> Corners:
    """(left, bottom, right, top) of each character: advance width by font height."""
    slots = (pdfium.FS_RECTF * len(printed))()
    get_box = pdfium.FPDFText_GetLooseCharBox
    for slot, index in zip(slots, printed, strict=True):
        get_box(text_page, index, slot)
    # FS_RECTF is left, top, right, bottom.
    raw = np.frombuffer(slots, dtype=np.float32).reshape(-1, 4).astype(np.float64)
    corners = raw[:, [0, 3, 2, 1]]
    flat = (corners[:, 2:] - corners[:, :2]).min(axis=1) < _FLAT
    edges = [ctypes.c_double() for _ in range(4)]
    for k in np.flatnonzero(flat).tolist():  # some fonts declare no height: take the ink
        pdfium.FPDFText_GetCharBox(text_page, printed[k], *edges)
        left, right, bottom, top = (edge.value for edge in edges)
        corners[k] = left, bottom, right, top
    return corners


def _on_page(boxes: Corners, turn: Turn) -> NDArray[np.bool_]:
    width, height = turn.size
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    inside: NDArray[np.bool_] = (x >= 0) & (y >= 0) & (x <= width) & (y <= height)
    return inside


def characters_of(text_page: object) -> list[str]:
    """One character for each index of the text page; in bulk where the indices agree."""
    count = pdfium.FPDFText_CountChars(text_page)
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", errors="replace")
    if len(text) == count and "\x00" not in text:
        return _with_hyphens(text_page, list(text))
    codes = (pdfium.FPDFText_GetUnicode(text_page, i) for i in range(count))
    chars = [chr(code) if code <= 0x10FFFF else "\x00" for code in codes]
    return _with_hyphens(text_page, chars)


def _with_hyphens(text_page: object, chars: list[str]) -> list[str]:
    """pdfium hides a hyphen at a line's end behind a control code; here it is part of a name."""
    for i, char in enumerate(chars):
        if char in "\x02\ufffe" and pdfium.FPDFText_IsHyphen(text_page, i) == 1:
            chars[i] = "-"
    return chars


def _plain(char: str) -> str:
    """CJK compatibility and radical forms, which some fonts map to, as the ordinary character."""
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    return char


def _once(texts: list[str], boxes: Corners) -> NDArray[np.bool_]:
    """False for glyphs that are printed again in the same place to look bold."""
    codes = np.fromiter(map(ord, texts), dtype=np.int64, count=len(texts))
    keep = np.ones(len(texts), dtype=bool)
    size = float(np.median(boxes[:, 3] - boxes[:, 1])) or 1.0
    for shift in (
        0.0,
        0.5,
    ):  # two passes, so that a pair astride one pass's bins meets in the other
        line = np.floor(boxes[:, 1] / size + shift).astype(np.int64)
        order = np.lexsort((boxes[:, 0], line, codes))
        keep[_repeats(order, codes, line, boxes)] = False
    return keep


def _repeats(
    order: NDArray[np.intp], codes: NDArray[np.int64], line: NDArray[np.int64], boxes: Corners
) -> NDArray[np.intp]:
    first, second = order[:-1], order[1:]
    reach = (boxes[first, 2] - boxes[first, 0]) * _SAME_PLACE
    same = (
        (codes[first] == codes[second])
        & (line[first] == line[second])
        & (np.abs(boxes[first, 0] - boxes[second, 0]) < reach)
        & (np.abs(boxes[first, 1] - boxes[second, 1]) < reach)
    )
    repeats: NDArray[np.intp] = np.maximum(first[same], second[same])
    return repeats
