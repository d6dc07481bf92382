"""Telling this year's money from last year's where both stand side by side.

A fund's row or column beside a 上年结转 of its own holds this year's money only; it says so in its
coordinates as soon as last year's money is not nil (otherwise the two are the same figure).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from disclosure.model import ALL, Aspect, Coordinates, Fact, Fund, Measure, TableKind
from ingest.tables.cells import is_total, number
from ingest.tables.figures import Meaning
from ingest.tables.outline import read_label
from ingest.tables.row_key import RowKey
from ingest.tables.typed import TypedTable

_LAST_YEARS = "carried_in"


def mark_current(rows: Sequence[RowKey], meanings: dict[int, Meaning]) -> None:
    """Give funds beside a non-zero 上年结转 the carry-over ``current``, by rows and by columns."""
    if any(row.sets.get("carry") == _LAST_YEARS and _prints(row, meanings) for row in rows):
        for row in rows:
            if "fund" in row.sets and not is_total(read_label(row.label).text):
                row.sets.setdefault("carry", "current")
    beside = [i for i, meaning in meanings.items() if meaning.sets.get("carry") == _LAST_YEARS]
    if not any(_nonzero(row, i) for row in rows for i in beside):
        return
    for i, meaning in meanings.items():
        if "fund" in meaning.sets and "carry" not in meaning.sets:
            meanings[i] = replace(meaning, sets={**meaning.sets, "carry": "current"})


def settle_expenditure(tables: Sequence[TypedTable]) -> list[TypedTable]:
    """Call the 合计 of an expenditure table this year's where it equals 本年支出合计 and not the
    支出总计, which holds 结转下年 too (北京 收支总表 and 支出总表)."""
    current: dict[str, Fact] = {}
    whole: dict[str, Fact] = {}
    for table, facts in tables:
        if table.kind not in (TableKind.REVENUE_EXPENDITURE, TableKind.FISCAL):
            continue
        for fact in facts:
            fund = fact.coordinates.fund
            if fact.coordinates == Coordinates(fund=fund, carry="current"):
                _keep(current, fact)
            elif fact.coordinates == Coordinates(fund=fund):
                _keep(whole, fact)
    apart = {
        fund: current[fund]
        for fund in (ALL, Fund.FISCAL)
        if fund in current and fund in whole and current[fund].value != whole[fund].value
    }
    return [
        TypedTable(table, tuple(_settled(fact, table.kind, apart) for fact in facts))
        for table, facts in tables
    ]


def _keep(found: dict[str, Fact], fact: Fact) -> None:
    if fact.measure is Measure.EXPENDITURE and fact.aspect is Aspect.AMOUNT:
        found.setdefault(fact.coordinates.fund, fact)


def _settled(fact: Fact, kind: TableKind, apart: Mapping[str, Fact]) -> Fact:
    fund = fact.coordinates.fund
    if (
        fund in apart
        and kind is not TableKind.REVENUE_EXPENDITURE
        and fact.measure is Measure.EXPENDITURE
        and fact.coordinates == Coordinates(fund=fund)
        and fact.value == apart[fund].value
        and fact.unit == apart[fund].unit
    ):
        return replace(fact, coordinates=replace(fact.coordinates, carry="current"))
    return fact


def _prints(row: RowKey, meanings: Mapping[int, Meaning]) -> bool:
    return any(_nonzero(row, i) for i in meanings)


def _nonzero(row: RowKey, column: int) -> bool:
    figure = number(row.line.cells[column])
    return figure is not None and figure.value != 0
