"""What each table says at a place, for rules that compare tables with each other or with text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from disclosure.model import ALL, Aspect, Outcome
from ingest.reconcile.amounts import compare
from ingest.reconcile.cells import CURRENT, Cell, Sheet, Sort
from ingest.reconcile.leaves import Column
from ingest.reconcile.members import CARRY, ROW_AXES, Place, narrowed

Key = tuple[Sort, Place]


@dataclass(slots=True)
class Index:
    """What a table prints at each place, and what its innermost rows add up to elsewhere."""

    sheet: Sheet
    printed: dict[Key, list[Cell]]
    columns: Sequence[Column]

    def stated(self, key: Key) -> Cell | None:
        """The table's figure at a place; None where it prints none, or several that differ."""
        cells = self.printed.get(key, [])
        return cells[-1] if len({c.figure.value for c in cells}) == 1 else None

    def at(self, key: Key) -> Sequence[Cell]:
        """The table's figure at a place, else the rows that make it up."""
        stated = self.stated(key)
        return [stated] if stated is not None else self.summed(key)

    def summed(self, key: Key) -> Sequence[Cell]:
        """The innermost rows within a place that the table has no row for, of all its columns."""
        sort, at = key
        current = narrowed(at, CARRY, CURRENT)
        if key in self.printed or (at != current and (sort, current) in self.printed):
            return ()
        columns = [c for c in self.columns if c.sort == sort and c.at(at)]
        if not all(adds_up(column) for column in columns):
            return ()
        return [cell for column in columns for cell in column.at(at)]


def index_of(
    sheet: Sheet, columns: Sequence[Column], shared_place: Callable[[Cell], Place]
) -> Index:
    """What a table says to others, each cell at the place at which they see it."""
    printed: defaultdict[Key, list[Cell]] = defaultdict(list)
    for cell in (*sheet.amounts(), *sheet.derived):
        if cell.sort[1] is Aspect.AMOUNT:
            printed[cell.sort, shared_place(cell)].append(cell)
    return Index(sheet, dict(printed), columns)


def adds_up(column: Column) -> bool:
    """Whether the innermost rows of a column make up its total: only then do sums of them mean
    anything."""
    if column.complete:
        return True
    whole = [t for t in column.totals if all(t.at[axis] == ALL for axis in ROW_AXES)]
    if not whole or not column.leaves:
        return False
    found = compare([whole[0].figure], [leaf.figure for leaf in column.leaves])
    return found.outcome is not Outcome.MISMATCH
