"""Records as Parquet, a row group at a time.

An amount in yuan is a decimal column, so that engines sum it exactly. A value as printed is text:
its digits are part of what was published (4,074.00 is not 4,074), and a Parquet decimal column
would give all rows one number of decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from disclosure.export.columns import Cell, Column
from disclosure.export.errors import ExportError
from disclosure.money import decimal_string

R = TypeVar("R")

#: Rows written at once.
ROW_GROUP = 10_000
#: Digits before and after the point of an amount in yuan. A hundred-millionth of a 万元 fits.
PRECISION, SCALE = 38, 12

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "decimal": pa.string(),
    "money": pa.decimal128(PRECISION, SCALE),
    "boolean": pa.bool_(),
    "array": pa.list_(pa.string()),
}


def write_parquet(columns: Sequence[Column[R]], records: Iterable[R], path: Path) -> None:
    """Write records of any kind to a new file. Empty text is null, as it is in CSV."""
    schema = pa.schema([pa.field(c.name, _TYPES[c.type], nullable=not c.required) for c in columns])
    rows = iter(records)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(rows, ROW_GROUP)):
            writer.write_batch(
                pa.record_batch([_array(column, group) for column in columns], schema=schema)
            )


def _array(column: Column[R], rows: Sequence[R]) -> pa.Array:
    cells = (column.read(row) for row in rows)
    try:
        return pa.array([_cell(column, cell) for cell in cells], _TYPES[column.type])
    except pa.ArrowInvalid as error:
        raise ExportError(
            f"“{column.title}”有数超出Parquet列的范围（小数点后最多{SCALE}位），没有写出。"
            "请检查来源文件，或只用CSV文件。"
        ) from error


def _cell(column: Column[R], cell: Cell) -> object:
    if cell in ("", ()) or cell is None:
        return None
    if column.type == "decimal":
        return decimal_string(cell)  # type: ignore[arg-type]  # such a column holds decimals only
    return cell
