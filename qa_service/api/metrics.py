"""What the service counts, in Prometheus' text format at ``/metrics``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from qa_service.answering.answer import Status

#: Where prometheus_client keeps the counters of several workers. Read when it is imported.
SHARED_FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"

_BUCKETS = (0.005, 0.01, 0.02, 0.04, 0.08, 0.12, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@runtime_checkable
class Counting(Protocol):
    """A service with counters of its own; optional."""

    def counters(self) -> Sequence[CollectorRegistry]:
        """Its counters, to be shown beside those of the interface."""
        ...


class Metrics:
    """Counters of one worker; rendered, they are the sum of all workers. ``service`` may have
    counters of its own."""

    def __init__(self, service: object = None) -> None:
        self._registry = CollectorRegistry()
        self._more = service.counters() if isinstance(service, Counting) else ()
        self._questions = Counter(
            "budget_qa_questions",
            "Questions answered, by the status of the answer",
            ["status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "budget_qa_question_seconds",
            "Time from accepted question to finished answer",
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._problems = Counter(
            "budget_qa_problems",
            "Requests that ended in problem details, by their code",
            ["code"],
            registry=self._registry,
        )
        for status in Status:
            self._questions.labels(status.value)

    def answered(self, status: Status, seconds: float) -> None:
        """Count one finished answer."""
        self._questions.labels(status.value).inc()
        self._seconds.observe(seconds)

    def problem(self, code: str) -> None:
        """Count one request that ended in a problem."""
        self._problems.labels(code).inc()

    def render(self) -> bytes:
        """All counters as text."""
        if SHARED_FOLDER_VARIABLE not in os.environ:
            return b"".join(map(generate_latest, (self._registry, *self._more)))
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no annotations
        return generate_latest(registry)


def metrics_router(metrics: Metrics) -> APIRouter:
    """``GET /metrics``."""
    router = APIRouter(tags=["运行"])

    @router.get("/metrics", summary="运行指标（Prometheus 文本格式）", response_class=Response)
    def read_metrics() -> Response:
        return Response(metrics.render(), media_type=CONTENT_TYPE_LATEST)

    return router
