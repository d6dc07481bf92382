"""Columns of tables: rows that contain others are no leaves; sums only where the total agrees."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from disclosure.model import ALL, Coordinates, Fact
from qa_service.tools.columns import columns_of, repeats
from tests.disclosure.store.samples import sample


def _rows(total: str = "30") -> list[Fact]:
    pattern = sample().facts[0]
    rows = [(ALL, total), ("206", "30"), ("2060301", "10"), ("2060302", "20")]
    return [
        replace(
            pattern,
            id=f"r{n}",
            coordinates=Coordinates(subject=subject),
            value=Decimal(value),
            locator=replace(pattern.locator, line=n, row=n),
        )
        for n, (subject, value) in enumerate(rows)
    ]


def test_rows_that_contain_others_are_no_leaves() -> None:
    (column,) = columns_of(_rows())
    assert [f.coordinates.subject for f in column.leaves] == ["2060301", "2060302"]
    assert [f.id for f in column.inside({"subject": "206"})] == ["r2", "r3"]
    assert [f.id for f in column.inside({"subject": "2060302"})] == ["r3"]


def test_a_column_is_complete_only_where_its_total_agrees() -> None:
    assert columns_of(_rows())[0].complete(ALL)
    assert not columns_of(_rows("31"))[0].complete(ALL)
    assert not columns_of(_rows()[1:])[0].complete(ALL)


def test_columns_with_other_headers_are_not_mixed() -> None:
    other = [replace(f, id=f"o{f.id}", header=("收入", "合计")) for f in _rows()]
    assert len(columns_of(_rows() + other)) == 2


def test_several_rows_at_one_place_repeat() -> None:
    leaf = _rows()[2]
    again = replace(leaf, id="again", locator=replace(leaf.locator, line=9, row=9))
    assert repeats([leaf, again]) == {leaf.table_id}
    assert repeats([leaf]) == set()
