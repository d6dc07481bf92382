"""The figures of one disclosure, arranged once for all rules: its tables and its sentences."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from disclosure.model import Bundle, Fact
from ingest.reconcile.cells import Cell, Sheet, apart, cell_of, fill, place_of
from ingest.reconcile.index import Index, index_of
from ingest.reconcile.leaves import Column, columns_of
from ingest.reconcile.members import Place


class Book:
    """A bundle's figures, arranged once for all rules."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.disclosure = bundle.disclosure
        self.sheets = {table.id: Sheet(table) for table in bundle.tables}
        self.sentences: list[Cell] = []
        self._columns: dict[str, tuple[Column, ...]] = {}
        by_table: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in bundle.facts:
            if fact.table_id is not None and fact.table_id in self.sheets:
                by_table[fact.table_id].append(fact)
            elif fact.origin == "sentence" and (cell := cell_of(fact, fact.places)):
                self.sentences.append(cell)
        for table_id, facts in by_table.items():
            fill(self.sheets[table_id], facts)
        #: What is counted apart from money of other years somewhere in the disclosure.
        self.apart = frozenset(s for sheet in self.sheets.values() for s in apart(sheet.cells))

    def shared_place(self, cell: Cell) -> Place:
        """A cell's place as other tables see it: 本年 is the whole only if no table of the
        disclosure has money of other years."""
        return place_of(cell.fact) if cell.sort in self.apart else cell.at

    def columns(self, sheet: Sheet) -> tuple[Column, ...]:
        """The columns of amounts of a table, found once."""
        if sheet.table.id not in self._columns:
            self._columns[sheet.table.id] = tuple(columns_of(sheet))
        return self._columns[sheet.table.id]

    @cached_property
    def indices(self) -> tuple[Index, ...]:
        """What the tables with figures say to each other, in reading order."""
        return tuple(
            index_of(sheet, self.columns(sheet), self.shared_place)
            for sheet in self.sheets.values()
            if sheet.cells
        )

    def table_name(self, fact: Fact) -> str:
        """The name of the table that prints a fact, '' for a sentence."""
        sheet = self.sheets.get(fact.table_id or "")
        return sheet.table.name if sheet else ""
