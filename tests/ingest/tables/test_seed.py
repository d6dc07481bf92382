"""The shipped disclosure: every printed figure is a fact; tables and narrative agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from disclosure.model import Coordinates, Fact, Measure, TableKind
from ingest.readers import read_document
from ingest.tables import TableContext, TypedTable, read_tables
from ingest.tables.cells import number

SEED = next((Path(__file__).parents[3] / "data" / "disclosures").glob("*.txt"))
#: Columns that hold codes and running numbers, not figures.
_NO_FIGURES = re.compile(r"编码|代码|序号")


@cache
def _tables() -> tuple[TypedTable, ...]:
    document = read_document(SEED.name, SEED.read_bytes())
    name = re.search(r"部门名称：(\d*)(\S+)", SEED.read_text("utf-8"))
    assert name
    return tuple(read_tables([document], TableContext("seed", name[2], 2026, name[1])))


def _facts(measure: Measure) -> Iterator[Fact]:
    return (fact for one in _tables() for fact in one.facts if fact.measure is measure)


def _value(measure: Measure, **at: str) -> Decimal:
    found = {f.value for f in _facts(measure) if f.coordinates == Coordinates(**at)}
    assert len(found) == 1, (at, found)
    value = found.pop()
    assert value is not None
    return value


def _narrative(pattern: str) -> Decimal:
    """The first amount that the narrative prints after ``pattern``."""
    amount = r"(?:20\d\d年预算)?[^，。；\d]*?([\d,]+\.\d\d)万元"
    match = re.search(rf"(?:{pattern}){amount}", SEED.read_text("utf-8"))
    assert match, pattern
    return Decimal(match[1].replace(",", ""))


def test_all_twelve_tables_are_recognised_with_full_confidence() -> None:
    kinds = [one.table.kind for one in _tables() if one.table.label]
    assert kinds == [
        TableKind.REVENUE_EXPENDITURE,
        TableKind.REVENUE,
        TableKind.EXPENDITURE,
        TableKind.FISCAL,
        TableKind.GENERAL_EXPENDITURE,
        TableKind.BASIC_EXPENDITURE,
        TableKind.THREE_PUBLIC,
        TableKind.GOVERNMENT_FUND,
        TableKind.STATE_CAPITAL,
        TableKind.PROCUREMENT,
        TableKind.SERVICE_PURCHASE,
        TableKind.PERFORMANCE,
    ]
    assert all(one.table.confidence == 1 for one in _tables())
    assert [one.table.label for one in _tables() if one.table.label][-1] == "表12"


def test_every_figure_of_every_table_is_one_fact() -> None:
    for table, facts in _tables():
        columns = [
            i for i, path in enumerate(table.columns) if not _NO_FIGURES.search("".join(path))
        ]
        printed = [
            (where.line, i + 1, row[i])
            for row, where in zip(table.rows, table.row_locators, strict=True)
            for i in columns
            if number(row[i])
        ]
        read = [
            (fact.locator.line, fact.locator.column, fact.printed)
            for fact in facts
            if fact.measure is not Measure.TARGET
        ]
        assert sorted(read) == sorted(printed), table.title


def test_every_fact_stands_in_the_line_it_names() -> None:
    lines = SEED.read_text("utf-8").splitlines()
    for _, facts in _tables():
        for fact in facts:
            assert fact.locator.line
            assert fact.printed in lines[fact.locator.line - 1]


@pytest.mark.parametrize(
    ("pattern", "economic"),
    [
        ("“三公”经费支出预算", "三公"),
        ("因公出国（境）经费", "30212"),
        ("公务接待费", "30217"),
        ("（三）公务用车购置及运行维护费", "公务用车"),
        ("公务用车购置费", "31013"),
        ("2. 公务用车运行维护费", "30231"),
    ],
)
def test_shifted_header_of_the_three_public_table_agrees_with_the_narrative(
    pattern: str, economic: str
) -> None:
    expected = _narrative(re.escape(pattern))
    assert _value(Measure.THREE_PUBLIC, fund="fiscal", economic=economic) == expected


def test_shifted_header_of_the_procurement_table_agrees_with_the_narrative() -> None:
    assert _value(Measure.PROCUREMENT) == _narrative("年政府采购预算")
    modes = {"centralised": "政府集中采购预算", "dispersed": "分散采购预算"}
    for mode, pattern in modes.items():
        assert _value(Measure.PROCUREMENT, procurement_mode=mode) == _narrative(pattern)
    kinds = {"goods": "货物类采购预算", "services": "服务类采购预算", "works": "工程类采购预算"}
    for kind, pattern in kinds.items():
        parts = {
            mode: {
                fact.value
                for fact in _facts(Measure.PROCUREMENT)
                if fact.coordinates == Coordinates(procurement_kind=kind, procurement_mode=mode)
            }
            for mode in modes
        }
        total = sum((value for found in parts.values() for value in found if value), Decimal(0))
        assert total == _narrative(pattern)


def test_kinds_and_natures_agree_with_the_narrative() -> None:
    general = {"fund": "general"}
    assert _value(Measure.EXPENDITURE, kind="basic") == _narrative("基本支出预算")
    assert _value(Measure.EXPENDITURE, kind="project", **general) == _narrative("项目支出预算")
    personnel = _value(Measure.EXPENDITURE, kind="basic", nature="personnel", **general)
    assert personnel == _narrative("人员经费")
    assert _value(Measure.SERVICE_PURCHASE) == _narrative("纳入政府购买服务预算支出")
