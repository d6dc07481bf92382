"""Shapes of a page in upright space: origin top left, points, rotation undone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Rows of four coordinates.
Corners = NDArray[np.float64]


class Box(NamedTuple):
    """An axis-parallel rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Glyph(NamedTuple):
    """One printed character in its box of advance width and font height."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        """Height of the box: about the font size."""
        return self.bottom - self.top

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A straight horizontal or vertical stroke: its place across, and its extent along."""

    at: float
    start: float
    end: float


class Turn(NamedTuple):
    """Maps pdfium's page space (origin bottom left, unrotated) to upright top-left space.

    ``quarter`` counts clockwise quarter turns; ``width`` and ``height`` are before turning.
    """

    quarter: int
    left: float
    bottom: float
    width: float
    height: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height after turning."""
        return (self.height, self.width) if self.quarter % 2 else (self.width, self.height)

    def boxes(self, corners: Corners) -> Corners:
        """Rows of (left, bottom, right, top) in page space as rows of (x0, top, x1, bottom)."""
        left, right = corners[:, 0] - self.left, corners[:, 2] - self.left
        low, high = corners[:, 1] - self.bottom, corners[:, 3] - self.bottom
        w, h = self.width, self.height
        match self.quarter:
            case 0:
                parts = (left, h - high, right, h - low)
            case 1:
                parts = (low, left, high, right)
            case 2:
                parts = (w - right, low, w - left, high)
            case _:
                parts = (h - high, w - right, h - low, w - left)
        return np.stack(parts, axis=1)
