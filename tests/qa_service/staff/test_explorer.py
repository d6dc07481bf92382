"""The fact explorer over the shipped disclosure: rows, sums of a selection, the file of all."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from disclosure.browsing import FactFilter
from disclosure.library import Library
from qa_service.staff.console import Console
from qa_service.staff.explorer import Explorer, Explorers, FactKey, FactLine
from qa_service.staff.summing import SumError
from tests.support.scripted import ScriptedLibrary


@pytest.fixture
def library(console: Console) -> Library:
    held = console.service.library()
    assert held is not None
    return held


def training(library: Library) -> list[FactLine]:
    """The training costs of the table of 三公 and conferences, largest first."""
    wanted = FactFilter(table_kind="three_public", aspect="amount")
    return Explorer(library).page(wanted, "value", True, 200, 0).items


def test_row_names_what_it_counts_and_where_it_is_printed(library: Library) -> None:
    first = training(library)[0]
    assert (first.value, first.unit) == ("12.94", "万元")
    assert "“三公”经费" in first.name
    assert first.table.startswith("表7")
    assert (first.department, first.year, first.kind) == ("柳州市科学技术局", 2026, "预算")


def test_selection_is_added_and_parents_are_warned_of(library: Library) -> None:
    rows = training(library)
    total = next(r for r in rows if r.value == "12.94" and "部门整体" in r.name)
    unit = next(r for r in rows if r.value == "3.98")
    keys = [FactKey(row.disclosure_id, row.id) for row in (total, unit)]
    done = Explorer(library).sum(keys, None)
    assert done.formula == "12.94 + 3.98 = 16.92万元"
    assert any("包含" in warning for warning in done.warnings)
    assert Explorer(library).sum([keys[1], keys[1]], None).value == "3.98"
    with pytest.raises(SumError, match="刷新"):
        Explorer(library).sum([FactKey(total.disclosure_id, "gone")], None)


def test_file_holds_all_that_matches_and_adds_up_the_same(library: Library) -> None:
    wanted = FactFilter(words=("公务接待费",), aspect="amount")
    page = Explorer(library).page(wanted, "document", False, 200, 0)
    text = "".join(Explorer(library).csv(wanted, "document", False))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["编号"] for row in rows] == [item.id for item in page.items]
    assert sum(Decimal(row["数值"]) for row in rows) == sum(Decimal(i.value) for i in page.items)
    assert all(row["文件"].endswith(".txt") and row["行号"] for row in rows)


def test_library_that_cannot_be_looked_through_is_empty() -> None:
    explorer = Explorer(ScriptedLibrary())
    assert explorer.page(FactFilter(), "document", False, 10, 0).items == []
    assert len(list(explorer.csv(FactFilter(), "document", False))) == 1


def test_explorer_is_made_once_a_release(library: Library) -> None:
    explorers = Explorers()
    assert explorers.over(library) is explorers.over(library)
    assert explorers.over(ScriptedLibrary()) is not explorers.over(library)
