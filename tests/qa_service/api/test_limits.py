"""The token bucket of each client."""

from __future__ import annotations

import pytest

from qa_service.api.limits import RateLimiter, client_key


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_burst_is_allowed_and_then_refilled_at_the_rate() -> None:
    clock = Clock()
    limiter = RateLimiter(per_minute=60, burst=2, clock=clock)
    assert [limiter.wait_for("a") for _ in range(3)] == [0, 0, 1]
    clock.now = 1.0
    assert [limiter.wait_for("a") for _ in range(2)] == [0, 1]


def test_waiting_as_long_as_told_is_enough() -> None:
    clock = Clock()
    limiter = RateLimiter(per_minute=7, burst=1, clock=clock)
    assert limiter.wait_for("a") == 0
    clock.now = float(limiter.wait_for("a"))
    assert limiter.wait_for("a") == 0


def test_clients_do_not_share_a_bucket() -> None:
    limiter = RateLimiter(per_minute=1, burst=1, clock=Clock())
    assert limiter.wait_for("a") == 0
    assert limiter.wait_for("b") == 0
    assert limiter.wait_for("a") > 0


def test_zero_sets_no_limit() -> None:
    limiter = RateLimiter(per_minute=0, burst=1, clock=Clock())
    assert {limiter.wait_for("a") for _ in range(100)} == {0}


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
        (None, "unknown"),
    ],
)
def test_ipv6_subscriber_is_one_client(host: str | None, key: str) -> None:
    assert client_key(host) == key
