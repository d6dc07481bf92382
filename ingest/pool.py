"""A process pool that survives what it runs: a crash costs its item, not the rest."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: Items in flight for each worker: enough that none waits, few enough for memory.
AHEAD = 3
#: Items held for each worker, with those done that an earlier, longer one keeps from their turn.
HELD = 8


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


def run_all(
    work: Callable[[T], R], items: Iterable[T], crashed: Callable[[T], R], workers: int
) -> Iterator[R]:
    """``work`` on every item in worker processes; results in the items' order, as they come.

    ``items`` is read a little ahead only, so it may hold more than fits in memory. An item that
    kills its process (a crash inside a PDF library, no memory left) gives ``crashed(item)``; the
    others are done all the same.
    """
    ahead = iter(items)
    waiting = deque(islice(ahead, 2))
    if len(waiting) == 1:
        yield work(waiting.popleft())  # starting a process takes longer than most single items
    while waiting:
        try:
            yield from _in_pool(work, waiting, ahead, workers)
        except BrokenProcessPool:
            # Whose fault it was is not known: the next one is tried alone, then the pool goes on.
            yield _alone(work, waiting.popleft(), crashed)


def _in_pool(
    work: Callable[[T], R], waiting: deque[T], ahead: Iterator[T], workers: int
) -> Iterator[R]:
    """Work off ``waiting`` and then ``ahead``; ``waiting`` keeps what has not been yielded yet."""
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        flying = deque(pool.submit(work, item) for item in waiting)
        while waiting:
            undone = [future for future in flying if not future.done()]
            room = min(AHEAD * workers - len(undone), HELD * workers - len(waiting))
            for item in islice(ahead, max(0, room)):
                waiting.append(item)
                flying.append(pool.submit(work, item))
            if not flying[0].done():
                wait(undone, return_when=FIRST_COMPLETED)
                continue
            result = flying.popleft().result()
            waiting.popleft()
            yield result


def _alone(work: Callable[[T], R], item: T, crashed: Callable[[T], R]) -> R:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return crashed(item)
