"""Units that a table lists one after another without naming them.

北京's 一般公共预算支出表 prints the subjects of every unit in turn, nothing between them but the
codes starting over: 2010501 … 2210203, 2010501 … Each run is one unit whose name is not published.
"""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.model import ALL
from ingest.tables.row_key import RowKey

_PREFIX = "未列名单位"


def is_unnamed(item: str) -> bool:
    """Whether an item stands for a unit that the table does not name."""
    return item.startswith(_PREFIX)


def beside_unnamed(item: str) -> str:
    """What an item says beside the unnamed unit (未列名单位1·扣除基建项目后预算数), else ALL."""
    return item.partition("·")[2] or ALL


def number_unnamed(rows: Sequence[RowKey]) -> None:
    """Give each run of rows the item 未列名单位1, 2 …, if codes start over in the table."""
    coded = [row for row in rows if row.entries and all(entry.code for entry in row.entries)]
    keys = [_key(row) for row in coded]
    if len(set(keys)) == len(keys) or any("unit" in row.sets for row in coded):
        return
    run = 1
    seen: set[tuple[str, ...]] = set()
    last: tuple[str, ...] = ()
    for row, key in zip(coded, keys, strict=True):
        if key in seen or key < last:
            run += 1
            seen = set()
        seen.add(key)
        last = key
        row.sets["item"] = f"{_PREFIX}{run}"


def _key(row: RowKey) -> tuple[str, ...]:
    return tuple(entry.code for entry in row.entries)
