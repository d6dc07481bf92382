"""Tables side by side in one grid: 收入 | 支出, or code-and-amount blocks in a row.

A block is a run of key columns with the figures to their right; most tables are one block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.tables.folding import fold
from ingest.tables.roles import Column, Role

#: Roles whose return after figures opens a new block.
_OPENING = frozenset({Role.LABEL, Role.NAME, Role.CODE, Role.PROJECT})


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that are read as one table. ``head`` is what stands over them: 收入, 支出, or ''."""

    columns: tuple[Column, ...]
    head: str = ""

    def of(self, *roles: Role) -> tuple[Column, ...]:
        """The columns with one of ``roles``, left to right."""
        return tuple(column for column in self.columns if column.role in roles)


def blocks(columns: Sequence[Column]) -> list[Block]:
    """Split columns where, after figures, a role of the block's own key columns returns."""
    groups: list[list[Column]] = [[]]
    for column in columns:
        current = groups[-1]
        figures = any(known.role is Role.FIGURE for known in current)
        again = any(known.role is column.role for known in current)
        if column.role in _OPENING and figures and again:
            groups.append([])
        groups[-1].append(column)
    return [Block(tuple(group), _head(group, len(groups) > 1)) for group in groups]


def _head(columns: Sequence[Column], several: bool) -> str:
    """The words over a half: of its outermost header, or of its label column."""
    for column in columns:
        if column.role is Role.LABEL and column.path:
            outer = fold(column.path[0])
            if "收入" in outer or "支出" in outer:
                return outer
    if several and columns and columns[0].path:
        return fold(columns[0].path[0])
    return ""


def halves(found: Sequence[Block]) -> bool:
    """Whether the blocks are revenue beside expenditure."""
    return (
        len(found) > 1
        and any("收入" in block.head for block in found[:1])
        and any("支出" in block.head for block in found[1:])
    )
