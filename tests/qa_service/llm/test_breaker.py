"""The circuit breaker, on a clock of the test's own."""

from __future__ import annotations

from qa_service.llm.breaker import CircuitBreaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_opens_after_failures_in_a_row() -> None:
    breaker = CircuitBreaker(2, 30, Clock())
    assert not breaker.failed()
    breaker.succeeded()
    assert not breaker.failed()
    assert breaker.admits()
    assert breaker.failed()
    assert not breaker.admits()


def test_after_its_rest_one_attempt_decides() -> None:
    clock = Clock()
    breaker = CircuitBreaker(1, 30, clock)
    breaker.failed()
    clock.now = 31
    assert [breaker.admits(), breaker.admits()] == [True, False]
    breaker.failed()
    assert not breaker.admits()
    clock.now = 62
    assert breaker.admits()
    breaker.succeeded()
    assert [breaker.admits(), breaker.admits()] == [True, True]
