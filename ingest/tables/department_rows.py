"""Which rows of a column of unit names stand for the whole department."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ingest.tables.blocks import Block
from ingest.tables.cells import is_total, number
from ingest.tables.folding import fold
from ingest.tables.line import Line
from ingest.tables.roles import Role
from ingest.tables.units import UnitNames, canonical


def department_rows(
    block: Block, keys: Sequence[int], lines: Sequence[Line], units: UnitNames
) -> frozenset[int]:
    """Rows of an uncoded unit column that are the department, told by their sums.

    Without a 合计, ``某局 100, 某局（本级） 60, 某所 40``: the first, and a single unit, too. With
    one, ``合计 100, 某局 100, 某局 60, 某所 40``: the first 某局. ``keys`` are columns of names.
    """
    columns = block.of(Role.UNIT) or block.of(Role.MIXED)
    figures = block.of(Role.FIGURE)
    codes = block.of(Role.UNIT_CODE)
    if not columns or not figures or any(fold(n.cells[c.index]) for n in lines for c in codes):
        return frozenset()
    names = [line.cells[columns[0].index].strip() for line in lines]
    every_name = bool(block.of(Role.UNIT))
    found = [
        i
        for i, name in enumerate(names)
        if name and not is_total(name) and (every_name or units.knows(name))
    ]
    if not found:
        return frozenset()
    has_total = any(is_total(line.cells[i]) for line in lines for i in keys)
    start = found[0]
    lists_rows = bool(block.of(Role.PROJECT, Role.CODE, Role.NAME))
    if len({fold(names[i]) for i in found}) == 1 and (len(found) == 1 or lists_rows):
        return frozenset() if has_total else frozenset({start})
    own_name = units.is_department_name(names[start])
    values = [number(lines[i].cells[figures[0].index]) for i in found]
    first, rest = values[0], [value.value for value in values[1:] if value]
    if first is None or (has_total and not own_name):
        return frozenset()
    # Transfers between its units (对附属单位补助) may keep a department below their sum.
    stands_over = own_name and not has_total and _comes_back(names, found)
    whole = first.value == sum(rest, Decimal(0)) or (
        stands_over and first.value >= max(rest, default=0)
    )
    return frozenset({start}) if whole else frozenset()


def _comes_back(names: Sequence[str], found: Sequence[int]) -> bool:
    """Whether the first name comes back as 某局（本级） further down."""
    first = names[found[0]]
    return any(
        canonical(names[i]) == canonical(first) and fold(names[i]) != fold(first) for i in found[1:]
    )
