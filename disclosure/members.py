"""Which members of an axis contain which, and which figures therefore count the same twice: codes
their finer codes, 财政拨款 the three budgets, 三公 its parts, and ALL every other."""

from __future__ import annotations

from disclosure.model import ALL, AXES, FUND_PARENT, THREE_PUBLIC_PARTS, Coordinates

#: Axes whose members are codes: a shorter code contains the longer ones that begin with it.
CODED = ("subject", "economic", "gov_economic")


def holds(axis: str, outer: str, inner: str) -> bool:
    """Whether one member of an axis contains another, which is not itself."""
    if inner in (outer, ALL):
        return False
    if outer == ALL:
        return True
    if axis == "fund":
        parent = FUND_PARENT.get(inner)
        return parent is not None and (parent == outer or holds(axis, outer, parent))
    if axis == "economic" and outer in THREE_PUBLIC_PARTS:
        parts = THREE_PUBLIC_PARTS[outer]
        return inner in parts or any(holds(axis, part, inner) for part in parts)
    return axis in CODED and outer.isdigit() and inner.startswith(outer)


def contains(whole: Coordinates, part: Coordinates) -> bool:
    """Whether the figure at ``whole`` counts all that the one at ``part`` counts, and more."""
    return whole != part and all(
        outer == inner or holds(axis, outer, inner) for axis, outer, inner in _pairs(whole, part)
    )


def overlaps(left: Coordinates, right: Coordinates) -> bool:
    """Whether both count something in common: on every axis one member contains the other."""
    return all(
        a == b or holds(axis, a, b) or holds(axis, b, a) for axis, a, b in _pairs(left, right)
    )


def _pairs(left: Coordinates, right: Coordinates) -> list[tuple[str, str, str]]:
    return [(axis, getattr(left, axis), getattr(right, axis)) for axis in AXES]
