"""Which characters of a page a clip path hides.

Reports that break a tall cell over two pages draw its whole text on both and clip the half that
does not belong there; the hidden half lies, unseen, across the header or the margin.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ingest.readers.pdf.geometry import Corners

#: Of a run of characters, every n-th is asked for its clip; where two differ, all between are.
_SAMPLE = 6
#: A character whose centre lies farther than this (points) outside its clip is hidden.
_MARGIN = 0.5

_Clip = tuple[float, float, float, float]
_OPEN: _Clip = (-1e6, -1e6, 1e6, 1e6)


class Visible(NamedTuple):
    """Which characters can be seen, and the part of each box that can."""

    shown: NDArray[np.bool_]
    boxes: Corners


def visible(text_page: object, printed: Sequence[int], boxes: Corners) -> Visible:
    """What the clip paths leave of each character, by its index and (left, bottom, right, top).

    Boxes are cut to the clip, so that lines overflowing a low cell still lie within their own.
    """
    reader = _ClipReader(text_page)
    clips: list[_Clip] = [_OPEN] * len(printed)
    samples = [*range(0, len(printed), _SAMPLE), len(printed) - 1]
    for at in samples:
        clips[at] = reader.clip_of(printed[at])
    for low, high in pairwise(samples):
        same = clips[low] == clips[high]
        for k in range(low + 1, high):
            clips[k] = clips[low] if same else reader.clip_of(printed[k])
    if all(clip is _OPEN for clip in clips):
        return Visible(np.ones(len(printed), dtype=bool), boxes)
    clip = np.array(clips)
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    inside = (
        (x >= clip[:, 0] - _MARGIN)
        & (y >= clip[:, 1] - _MARGIN)
        & (x <= clip[:, 2] + _MARGIN)
        & (y <= clip[:, 3] + _MARGIN)
    )
    low, high = np.maximum(boxes[:, :2], clip[:, :2]), np.minimum(boxes[:, 2:], clip[:, 2:])
    return Visible(inside, np.where(inside[:, None], np.hstack([low, high]), boxes))


class _ClipReader:
    """Clip boxes of text objects, each asked for once."""

    def __init__(self, text_page: object) -> None:
        self._text_page = text_page
        self._known: dict[int, _Clip] = {}
        self._x, self._y = ctypes.c_float(), ctypes.c_float()

    def clip_of(self, index: int) -> _Clip:
        item = pdfium.FPDFText_GetTextObject(self._text_page, index)
        address = ctypes.cast(item, ctypes.c_void_p).value
        if not address:
            return _OPEN
        known = self._known.get(address)
        if known is None:
            known = self._known[address] = self._read(item)
        return known

    def _read(self, item: object) -> _Clip:
        path = pdfium.FPDFPageObj_GetClipPath(item)
        count = pdfium.FPDFClipPath_CountPaths(path)
        if count <= 0:
            return _OPEN
        box = _OPEN
        for number in range(count):
            segments = pdfium.FPDFClipPath_CountPathSegments(path, number)
            # Two opposite corners tell a rectangle.
            corners = (0, 2) if segments in (4, 5) else range(segments)
            points = [self._point(path, number, corner) for corner in corners]
            if not points:
                continue
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = (
                max(box[0], min(xs)),
                max(box[1], min(ys)),
                min(box[2], max(xs)),
                min(box[3], max(ys)),
            )
        return box

    def _point(self, path: object, number: int, corner: int) -> tuple[float, float]:
        segment = pdfium.FPDFClipPath_GetPathSegment(path, number, corner)
        pdfium.FPDFPathSegment_GetPoint(segment, self._x, self._y)
        return self._x.value, self._y.value
