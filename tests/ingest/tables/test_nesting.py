"""Projects among their categories, told by sums."""

from __future__ import annotations

from decimal import Decimal

from ingest.tables.nesting import containers


def _of(*values: str, whole: str) -> list[int | None] | None:
    return containers(tuple(map(Decimal, values)), Decimal(whole))


def test_categories_contain_the_rows_that_add_up_to_them() -> None:
    assert _of("5", "2", "2", "3", "3", "4", "4", whole="9") == [None, 0, 1, 0, 3, None, 5]


def test_flat_list_has_no_containers() -> None:
    assert _of("1", "2", "4", whole="7") == [None, None, None]


def test_list_that_does_not_add_up_is_not_guessed() -> None:
    assert _of("1", "2", "4", whole="8") is None
