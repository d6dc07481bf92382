"""Records as CSV: UTF-8, comma, CRLF (RFC 4180), a header row, arrays as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TextIO, TypeVar

from disclosure.export.columns import FACTS, Cell, Column, fact_records
from disclosure.library import Library
from disclosure.money import decimal_string

R = TypeVar("R")


def write_facts_csv(library: Library, disclosure_ids: Sequence[str], stream: TextIO) -> None:
    """Write all facts of some disclosures, in their order, one disclosure in memory at a time.

    ``stream`` is a text stream that does not translate newlines (``newline=""``). Raises
    ``KeyError`` for an id that the library does not hold.
    """
    write_csv(FACTS, fact_records(library, disclosure_ids), stream)


def write_csv(columns: Sequence[Column[R]], records: Iterable[R], stream: TextIO) -> None:
    """Write records of any kind."""
    writer = csv.writer(stream)
    writer.writerow([column.name for column in columns])
    writer.writerows([_spelled(column.read(r)) for column in columns] for r in records)


def _spelled(cell: Cell) -> str:
    match cell:
        case None | ():
            return ""
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return decimal_string(cell)
        case tuple():
            return json.dumps(cell, ensure_ascii=False)
        case _:
            return str(cell)
