"""The straight rules of a page, read from pdfium's path objects, and how much of it is pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from ingest.readers.pdf.geometry import Corners, Rule, Turn

#: A straight stroke or a thin filled bar counts as a rule up to this thickness (points).
_THICKEST_RULE = 3.0
#: Paths with more segments are drawings: a map, a seal, outlined text.
_MOST_SEGMENTS = 4000
_DEEPEST_FORM = 5
#: Colours whose every channel reaches this are paper.
_WHITE = 250

_Matrix = tuple[float, float, float, float, float, float]
_Corner = tuple[float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Strokes(NamedTuple):
    """Rules by direction, and the share of the page that images cover."""

    horizontal: list[Rule]
    vertical: list[Rule]
    image_share: float


def read_strokes(page: object, turn: Turn) -> Strokes:
    """All rules and the image share of an open page."""
    paths: list[_Corner] = []
    images: list[_Corner] = []
    count = pdfium.FPDFPage_CountObjects(page)
    _collect(
        (pdfium.FPDFPage_GetObject(page, i) for i in range(count)), _IDENTITY, paths, images, 0
    )
    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    for x0, top, x1, bottom in turn.boxes(_array(paths)).tolist():
        if bottom - top <= _THICKEST_RULE and x1 - x0 > bottom - top:
            horizontal.append(Rule((top + bottom) / 2, x0, x1))
        elif x1 - x0 <= _THICKEST_RULE:
            vertical.append(Rule((x0 + x1) / 2, top, bottom))
    pictures = _array(images)
    covered = (pictures[:, 2] - pictures[:, 0]) * (pictures[:, 3] - pictures[:, 1])
    share = float(covered.sum()) / (turn.width * turn.height or 1.0)
    return Strokes(horizontal, vertical, min(1.0, share))


def _array(corners: list[_Corner]) -> Corners:
    return np.array(corners, dtype=np.float64).reshape(-1, 4)


def _collect(
    objects: Iterator[object],
    matrix: _Matrix,
    paths: list[_Corner],
    images: list[_Corner],
    depth: int,
) -> None:
    """Corners, in page space, of the straight parts of all paths and of all images."""
    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            if not _shows(item):
                continue
            bounds = _bounds(item, matrix)
            if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= _THICKEST_RULE:
                paths.append(bounds)
            else:
                paths.extend(_sides(item, matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(_bounds(item, matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            count = pdfium.FPDFFormObj_CountObjects(item)
            inner = (pdfium.FPDFFormObj_GetObject(item, i) for i in range(count))
            _collect(inner, _multiply(_matrix(item), matrix), paths, images, depth + 1)


def _shows(path: object) -> bool:
    """Whether a path leaves a mark: spreadsheets fill blank cells with white, ruling nothing."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(
        (stroke.value and _coloured(pdfium.FPDFPageObj_GetStrokeColor, path))
        or (fill.value and _coloured(pdfium.FPDFPageObj_GetFillColor, path))
    )


def _coloured(get_colour: Callable[..., int], path: object) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get_colour(path, red, green, blue, alpha):
        return True  # patterns and other colour spaces: pdfium gives no RGB, but ink there is
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE


def _sides(path: object, outer: _Matrix) -> Iterator[_Corner]:
    """The straight parts of a path with many: a grid drawn at once, an outlined cell."""
    segments = pdfium.FPDFPath_CountSegments(path)
    if segments > _MOST_SEGMENTS:
        return
    for points in _outlines(path, segments, _multiply(_matrix(path), outer)):
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        hull = (min(xs), min(ys), max(xs), max(ys))
        if min(hull[2] - hull[0], hull[3] - hull[1]) <= _THICKEST_RULE:
            yield hull
            continue
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ax - bx) < 0.5 or abs(ay - by) < 0.5:
                yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _outlines(path: object, segments: int, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    """The subpaths of a path as point lists, closed where the path says so; curves break them."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    x_ref, y_ref = ctypes.byref(x), ctypes.byref(y)
    points: list[tuple[float, float]] = []
    for i in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        if pdfium.FPDFPathSegment_GetType(segment) != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x_ref, y_ref)
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _matrix(item: object) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _multiply(inner: _Matrix, outer: _Matrix) -> _Matrix:
    if outer is _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _bounds(item: object, matrix: _Matrix) -> _Corner:
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, x0, y0, x1, y1)
    if matrix is _IDENTITY:
        return x0.value, y0.value, x1.value, y1.value
    a, b, c, d, e, f = matrix
    ax, ay = a * x0.value + c * y0.value + e, b * x0.value + d * y0.value + f
    bx, by = a * x1.value + c * y1.value + e, b * x1.value + d * y1.value + f
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
