"""Work in processes: results in order, and one crash costs one item."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from ingest.pool import HELD, cores, run_all


def double(n: int) -> int:
    return 2 * n


def double_or_die(n: int) -> int:
    if n % 7 == 3:
        os._exit(1)  # as a crash inside a C library ends a process
    return 2 * n


def crashed(n: int) -> int:
    return -n


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_results_come_in_the_order_of_the_items(count: int) -> None:
    assert list(run_all(double, range(count), crashed, 2)) == [2 * n for n in range(count)]


def test_an_item_that_kills_its_process_does_not_stop_the_others() -> None:
    results = list(run_all(double_or_die, range(11), crashed, 2))
    assert results == [-n if n in (3, 10) else 2 * n for n in range(11)]


def test_items_are_taken_only_a_little_ahead() -> None:
    taken: list[int] = []

    def items():  # type: ignore[no-untyped-def] # a generator, read by the pool
        for n in range(100):
            taken.append(n)
            yield n

    results = run_all(double, items(), crashed, 2)
    next(results)
    assert len(taken) <= 2 * HELD
    results.close()  # type: ignore[attr-defined] # a generator


def first_after_last(item: tuple[int, Path]) -> bool:
    """The first item is done when the last one has been; False where it waits in vain."""
    number, folder = item
    (folder / str(number)).touch()
    for _ in range(1 if number else 500):
        if (folder / "9").exists():
            return True
        time.sleep(0.02)
    return bool(number)


def test_the_others_are_done_while_a_long_item_is(tmp_path: Path) -> None:
    items = [(n, tmp_path) for n in range(10)]
    assert next(iter(run_all(first_after_last, items, lambda _: False, 2)))


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1
