"""How often one client may ask: a token bucket for each, kept in memory by each worker."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

#: Clients remembered at most; the one not heard of for longest is forgotten first.
_MAX_CLIENTS = 20_000


class RateLimiter:
    """A bucket of ``burst`` tokens for each client, refilled at ``per_minute``. 0 sets no limit."""

    def __init__(
        self, per_minute: int, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_minute / 60
        self._burst = float(burst)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_for(self, client: str) -> int:
        """Take one token. 0 when it was there, else the seconds after which one will be."""
        if self._per_second == 0:
            return 0
        now = self._clock()
        tokens, then = self._buckets.pop(client, (self._burst, now))
        tokens = min(self._burst, tokens + (now - then) * self._per_second)
        allowed = tokens >= 1
        self._buckets[client] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > _MAX_CLIENTS:
            self._buckets.popitem(last=False)
        return 0 if allowed else math.ceil((1 - tokens) / self._per_second)


def client_key(host: str | None) -> str:
    """Who counts as one client: an address, of IPv6 its /64, which one subscriber holds whole."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return host or "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        network = ipaddress.ip_network((address, 64), strict=False)
        return str(address.ipv4_mapped or network)
    return str(address)
