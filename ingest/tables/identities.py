"""Sums that the columns of a table must satisfy, read off its header paths: 合计 = its parts.

They choose between readings of a header that does not line up with its data. A satisfied sum alone
proves nothing (columns of zeros satisfy any), so callers prefer the printed order first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.money import half_step, places
from ingest.tables.cells import is_total, number
from ingest.tables.folding import fold
from ingest.tables.headers import Path


@dataclass(frozen=True, slots=True)
class Sum:
    """Column ``total`` holds the sum of columns ``parts``."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How the sums fared: rows where a non-zero total met its parts, and rows where one did not."""

    held: int = 0
    broken: int = 0

    def plus(self, other: Evidence) -> Evidence:
        """Both together."""
        return Evidence(self.held + other.held, self.broken + other.broken)


def sums(paths: Sequence[Path], columns: Sequence[int] | None = None) -> list[Sum]:
    """The sums that the header paths promise, between ``columns`` only if they are given.

    ``(财政拨款, 小计), (财政拨款, 一般公共预算), (财政拨款, 政府性基金)`` promise one; a group with
    an 其中 part promises none, because such parts need not add up.
    """
    found: list[Sum] = []
    chosen = range(len(paths)) if columns is None else columns
    _collect([(index, paths[index]) for index in chosen], 0, found)
    return found


def check(promised: Sequence[Sum], rows: Sequence[Sequence[str]]) -> Evidence:
    """Try the sums on rows of cells; blanks count as nothing, rounding is allowed for."""
    held = broken = 0
    for one in promised:
        for row in rows:
            total = number(row[one.total]) if one.total < len(row) else None
            parts = [n for i in one.parts if i < len(row) and (n := number(row[i]))]
            if total is None or not parts:
                continue
            gap = abs(total.value - sum((part.value for part in parts), Decimal(0)))
            step = half_step(min(places(n.printed) for n in (total, *parts)))
            if gap > step * (len(parts) + 1):
                broken += 1
            elif total.value:
                held += 1
    return Evidence(held, broken)


def _collect(columns: list[tuple[int, Path]], depth: int, found: list[Sum]) -> list[int]:
    """Add the sums within ``columns`` (same path above ``depth``); the columns that stand for all
    of them: their total if printed, else every one."""
    children: dict[str, list[tuple[int, Path]]] = {}
    for index, path in columns:
        label = fold(path[depth]) if depth < len(path) else ""
        children.setdefault(label or f"#{index}", []).append((index, path))
    total: int | None = None
    parts: list[int] = []
    of_which = False
    for label, members in children.items():
        leaf = len(members) == 1 and len(members[0][1]) <= depth + 1
        if leaf and total is None and (is_total(label) or label.startswith("#")):
            total = members[0][0]
        elif leaf:
            parts.append(members[0][0])
        elif len(members) == len(columns) and len(children) == 1:
            return _collect(members, depth + 1, found)
        else:
            parts += _collect(members, depth + 1, found)
        of_which = of_which or label.startswith("其中")
    if total is not None and len(parts) > 1 and not of_which:
        found.append(Sum(total, tuple(parts)))
    return [total] if total is not None else parts
