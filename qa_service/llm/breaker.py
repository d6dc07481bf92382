"""A circuit breaker: an endpoint that keeps failing is left alone for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock


class CircuitBreaker:
    """Opens after ``failures`` in a row; after ``rest`` seconds one attempt decides whether it
    closes. Safe to call from several threads."""

    def __init__(
        self, failures: int, rest: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = failures
        self._rest = rest
        self._clock = clock
        self._lock = Lock()
        self._failed = 0
        self._opened: float | None = None

    def admits(self) -> bool:
        """Whether a request may be made now; where the rest is over, the one that tries."""
        with self._lock:
            if self._opened is None:
                return True
            now = self._clock()
            if now - self._opened < self._rest:
                return False
            self._opened = now  # the others wait for what this attempt comes to
            return True

    def succeeded(self) -> None:
        """The endpoint works."""
        with self._lock:
            self._failed = 0
            self._opened = None

    def failed(self) -> bool:
        """The endpoint failed once more; whether that opened the circuit."""
        with self._lock:
            self._failed += 1
            if self._failed < self._limit:
                return False
            opened = self._opened is None
            self._opened = self._clock()
            return opened
