"""A body row of a table, as the table readers pass it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.document import Locator

#: A position (row, column) or a size (rows, columns) within a grid.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One body row: its cells tidied, where it stands, and its cells' indents if known.

    ``covered`` are the columns whose cell belongs to a merged cell that begins further up.
    """

    cells: tuple[str, ...]
    locator: Locator
    indents: tuple[int, ...] = ()
    covered: frozenset[int] = frozenset()

    def with_cells(self, cells: Sequence[str]) -> Line:
        """The same row with other cells; indents are kept for the columns both have."""
        return Line(tuple(cells), self.locator, self.indents, self.covered)
