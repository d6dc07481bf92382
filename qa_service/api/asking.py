"""``POST /api/ask`` and its stream: the way of one question through limits, threads and metrics."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Request
from sse_starlette import EventSourceResponse, ServerSentEvent

from qa_service.answering.answer import Answer
from qa_service.answering.reply import Reply
from qa_service.api.access import limiting
from qa_service.api.events import ErrorEvent, Event, events_of
from qa_service.api.health import require_ready
from qa_service.api.limits import RateLimiter
from qa_service.api.metrics import Metrics
from qa_service.api.problems import INTERNAL_ERROR, OVERLOADED, ApiError, Problem
from qa_service.api.requests import AskBody
from qa_service.service import AnswerService
from qa_service.settings import Settings

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Asker:
    """Runs the synchronous service in a bounded number of threads and counts what comes out."""

    def __init__(self, service: AnswerService, settings: Settings, metrics: Metrics) -> None:
        self._service = service
        self._settings = settings
        self._metrics = metrics
        self._threads = CapacityLimiter(settings.answer_threads)

    def require_room(self) -> None:
        """Turn the request away where too many are waiting."""
        if self._threads.statistics().tasks_waiting >= self._settings.max_waiting:
            raise ApiError(OVERLOADED, headers={"Retry-After": "2"})

    async def admit(self) -> None:
        """Turn the question away where nothing is loaded or too many are waiting."""
        self.require_room()
        await to_thread.run_sync(
            require_ready, self._service, self._settings, limiter=self._threads
        )

    async def answer(self, body: AskBody, channel: str) -> Answer:
        """Answer one admitted question."""
        return await self.run(
            partial(
                self._service.ask,
                body.question,
                body.known_form_of_conversation(),
                body.filters,
                channel=channel,
            )
        )

    async def run(self, work: Callable[[], T]) -> T:
        """Run work on the service in one of the threads, and count an answer that comes out."""
        started = time.perf_counter()
        done = await to_thread.run_sync(work, limiter=self._threads)
        if isinstance(done, Answer | Reply):
            self._metrics.answered(done.status, time.perf_counter() - started)
        return done

    async def events(self, body: AskBody, channel: str) -> AsyncIterator[ServerSentEvent]:
        """Answer one admitted question as server-sent events."""
        try:
            for event in events_of(await self.answer(body, channel)):
                yield _sent(event)
        except Exception:
            # The response has begun: the failure can only be told in the stream itself.
            _log.exception("a streamed question failed")
            self._metrics.problem(INTERNAL_ERROR.code)
            yield _sent(ErrorEvent(data=ApiError(INTERNAL_ERROR).problem))


def _sent(event: Event) -> ServerSentEvent:
    return ServerSentEvent(data=event.data.model_dump_json(), event=event.event)


def channel_of(request: Request) -> str:
    """Who asks: a page in a browser, which says so itself, or a program."""
    return "web" if "sec-fetch-mode" in request.headers else "api"


def asking_router(asker: Asker, limiter: RateLimiter) -> APIRouter:
    """The routes that take a question."""
    router = APIRouter(
        prefix="/api",
        tags=["问答"],
        dependencies=[Depends(limiting(limiter))],
        responses={code: {"model": Problem} for code in (413, 422, 429, 503)},
    )

    @router.post("/ask", summary="提问")
    async def ask(body: AskBody, request: Request) -> Answer:
        """回答一个关于已载入的部门预算、决算公开资料的问题，每个数都带出处。

        四种结果（`status`）都是HTTP 200：`answered` 已回答；`clarify` 需要选择`options`之一；
        `not_disclosed` 公开资料中没有；`out_of_scope` 与公开资料无关。
        """
        await asker.admit()
        return await asker.answer(body, channel_of(request))

    @router.post("/ask/stream", summary="提问，以事件流回答", response_class=EventSourceResponse)
    async def ask_stream(body: AskBody, request: Request) -> EventSourceResponse:
        """同`/api/ask`，以服务器推送事件（SSE）发送：`status`、若干`text`、`figure`、`citation`，
        最后是`done`（完整答案）或`error`（问题详情）。"""
        await asker.admit()
        events = asker.events(body, channel_of(request))
        return EventSourceResponse(events, headers={"X-Accel-Buffering": "no"})

    return router
