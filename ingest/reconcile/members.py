"""Which members of an axis contain which: codes their finer codes, 财政拨款 the three budgets, 三公
its parts, a department its units. Sums are taken over members none of which contains another."""

from __future__ import annotations

from functools import lru_cache

from disclosure.model import ALL, AXES, FUND_PARENT, THREE_PUBLIC_PARTS

#: Positions of the axes in a place (the members of all axes, in their order).
UNIT, SUBJECT, ECONOMIC, GOV_ECONOMIC, PROJECT, ITEM, FUND, KIND, NATURE, CARRY, BOUGHT, MODE = (
    range(len(AXES))
)
#: The axes that rows of a table are told apart by; the others are fixed by its columns, or by both.
ROW_AXES = (UNIT, SUBJECT, ECONOMIC, GOV_ECONOMIC, PROJECT)

#: A figure's member of each axis, in the order of ``AXES``.
Place = tuple[str, ...]
#: The place that nothing narrows.
EVERYTHING: Place = (ALL,) * len(AXES)

#: The axes whose members are codes of a national classification.
CLASSIFIED = (SUBJECT, ECONOMIC, GOV_ECONOMIC)
_THREE_PUBLIC_PARENT = {
    part: whole for whole, parts in THREE_PUBLIC_PARTS.items() for part in parts
} | {"30913": "公务用车"}
_CODE_LENGTHS = (3, 5, 7, 9)
_SHORTEST_UNIT = 3


@lru_cache(maxsize=1 << 14)
def ancestors(axis: int, member: str, three_public: bool = False) -> tuple[str, ...]:
    """What contains ``member``, nearest first; ALL last. ALL itself has none."""
    if member == ALL:
        return ()
    above: list[str] = []
    if axis == FUND:
        parent = FUND_PARENT.get(member)
        while parent:
            above.append(parent)
            parent = FUND_PARENT.get(parent)
    elif axis == ECONOMIC and three_public:
        while member in _THREE_PUBLIC_PARENT:
            member = _THREE_PUBLIC_PARENT[member]
            above.append(member)
    elif axis in CLASSIFIED and member.isdigit():
        above = [member[:n] for n in reversed(_CODE_LENGTHS) if n < len(member)]
    elif axis == UNIT and member.isdigit():
        above = [member[:n] for n in range(len(member) - 1, _SHORTEST_UNIT - 1, -1)]
    return (*map(str, above), ALL)


def narrowed(place: Place, axis: int, member: str) -> Place:
    """``place`` with another member on one axis."""
    return (*place[:axis], member, *place[axis + 1 :])
