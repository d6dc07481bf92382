"""Requests from a fixed number of clients with kept connections, and how long each one took."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import quantiles

from bench.server import HOST


@dataclass(frozen=True)
class Request:
    """One HTTP request; a question is a POST with its JSON body."""

    method: str
    path: str
    body: bytes | None = None


@dataclass(frozen=True)
class Load:
    """What a bounded run of requests took: in all, and each of them, in seconds."""

    seconds: float
    latencies: tuple[float, ...]
    bodies: tuple[bytes, ...]

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, percent: int) -> float:
        """The latency in ms that ``percent`` % of the requests did not exceed."""
        return 1e3 * quantiles(self.latencies, n=100, method="inclusive")[percent - 1]

    def answered(self) -> float:
        """The share of questions with status ``answered``, in %: a quick refusal is no feat."""
        statuses = [json.loads(body)["status"] for body in self.bodies]
        return 100 * statuses.count("answered") / len(statuses)


def asking(question: str) -> Request:
    """The request that opens a conversation with this question."""
    body = json.dumps({"question": question, "conversation_id": None}).encode()
    return Request("POST", "/api/ask", body)


def drive(port: int, requests: Sequence[Request], clients: int) -> Load:
    """Send every request once, each client its share. A status other than 200 ends the run."""
    shares = [requests[client::clients] for client in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        start = time.perf_counter()
        clients_answers = list(pool.map(lambda share: _client(port, share), shares))
        seconds = time.perf_counter() - start
    answers = [answer for one in clients_answers for answer in one]
    return Load(seconds, tuple(span for span, _ in answers), tuple(body for _, body in answers))


def _client(port: int, requests: Sequence[Request]) -> list[tuple[float, bytes]]:
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    answers = []
    for request in requests:
        start = time.perf_counter()
        connection.request(
            request.method, request.path, request.body, {"Content-Type": "application/json"}
        )
        response = connection.getresponse()
        body = response.read()
        answers.append((time.perf_counter() - start, body))
        if response.status != 200:
            raise RuntimeError(f"{request.path}: HTTP {response.status}: {body.decode()}")
    connection.close()
    return answers
