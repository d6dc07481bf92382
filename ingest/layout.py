"""In which parts the next release lies: what it shares with the one in force, and what is built.

What is new goes into a part of its own, together with the parts that are no larger: parts double,
so there are few of them, and a disclosure is moved a few times in all, however many come after it.
Parts stop growing at ``MOST``: so that no publication, however many disclosures are held, moves
more than about so many or has more in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from disclosure.store.manifest import Manifest, Part

#: Disclosures in a part at most.
MOST = 256


@dataclass(frozen=True, slots=True)
class Layout:
    """``shared`` parts stay as they are; ``moved`` are parts whose disclosures go into new ones.
    ``built`` are the disclosures of each new part, and ``fresh`` those that no part has yet."""

    shared: tuple[Part, ...]
    moved: tuple[Part, ...]
    built: tuple[tuple[str, ...], ...]
    fresh: frozenset[str]


def lay_out(
    wanted: Mapping[str, str], held: Manifest | None, *, shares: bool, anew: bool = False
) -> Layout:
    """The layout of a release of ``wanted`` (disclosure id to digest) after the one ``held``.

    Without ``shares``, a release is one part. ``anew``: nothing is shared, though it may be moved.
    """
    known = held.disclosures if held else {}
    unchanged = {i for i, digest in wanted.items() if known.get(i) == digest}
    parts = [_still(part, unchanged) for part in (held.parts if held else ())]
    parts = [part for part in parts if part.shown]
    size = len(wanted) - len(unchanged)
    moved: list[Part] = []
    for part in sorted(parts, key=lambda part: (len(part.shown), part.id)):
        count = len(part.shown)
        if anew or not shares or len(part.hidden) > count or count <= size <= MOST - count:
            moved.append(part)
            size += count
    gone = {part.id for part in moved}
    fresh = wanted.keys() - unchanged
    new = sorted([*fresh, *(i for part in moved for i in part.shown)])
    number = -(-len(new) // MOST) if shares else min(len(new), 1)
    return Layout(
        tuple(part for part in parts if part.id not in gone),
        tuple(moved),
        tuple(
            tuple(new[len(new) * n // number : len(new) * (n + 1) // number]) for n in range(number)
        ),
        frozenset(fresh),
    )


def _still(part: Part, unchanged: set[str]) -> Part:
    """A part in the next release: what changed is hidden from now on."""
    shown = tuple(i for i in part.shown if i in unchanged)
    away = tuple(i for i in part.shown if i not in unchanged)
    return replace(part, shown=shown, hidden=(*part.hidden, *away)) if away else part
