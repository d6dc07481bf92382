"""A thread-safe least-recently-used cache bounded by weight, not by number of entries."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LruCache(Generic[K, V]):
    """Keeps what was used last, up to ``capacity`` in the unit of ``weigh`` (facts, rows …).

    One entry is always kept, however heavy: the disclosure being asked about.
    """

    def __init__(self, capacity: int, weigh: Callable[[V], int] = lambda _: 1) -> None:
        self._capacity = capacity
        self._weigh = weigh
        self._held: OrderedDict[K, V] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def get(self, key: K, load: Callable[[], V]) -> V:
        """The value of ``key``, loaded where it is not held. Two threads may both load it once."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        value = load()
        with self._lock:
            if key not in self._held:
                self._held[key] = value
                self._weight += self._weigh(value)
                while self._weight > self._capacity and len(self._held) > 1:
                    _, dropped = self._held.popitem(last=False)
                    self._weight -= self._weigh(dropped)
        return value
