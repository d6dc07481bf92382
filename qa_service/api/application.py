"""``create_app``: the HTTP application over a service, wired from its routers and handlers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy import Engine
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from disclosure.embedding.errors import ModelError
from disclosure.store.errors import StoreError
from qa_service.api.access import Access, limiting
from qa_service.api.answers import answers_router
from qa_service.api.asking import Asker, asking_router
from qa_service.api.body_limit import BodyLimit
from qa_service.api.catalogue import catalogue_router
from qa_service.api.chat import chat_router
from qa_service.api.errors import error_response
from qa_service.api.headers import SECURITY_HEADERS, SecurityHeaders
from qa_service.api.health import health_router
from qa_service.api.limits import RateLimiter
from qa_service.api.metrics import Metrics, metrics_router
from qa_service.api.openapi import describe
from qa_service.api.origins import Origins
from qa_service.api.pages import page_routes
from qa_service.api.problems import (
    BODY_TOO_LARGE,
    INTERNAL_ERROR,
    INVALID_JSON,
    INVALID_REQUEST,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    NOT_READY,
    ApiError,
)
from qa_service.api.requests import invalid
from qa_service.api.site import Site
from qa_service.api.staff.router import staff_router
from qa_service.api.suggest import suggest_router
from qa_service.mcp.router import mcp_router
from qa_service.records.answers import Answers
from qa_service.records.feedback import Feedbacks
from qa_service.service import AnswerService
from qa_service.settings import Settings
from qa_service.typeahead.current import CurrentNames

_log = logging.getLogger(__name__)

_DESCRIPTION = (
    "对政府部门预算、决算公开资料的精确问答：每个数都来自已公开的文件，并带出处、算式。"
    "错误一律为RFC 9457问题详情（`application/problem+json`），`code`稳定。"
)

#: What the framework itself raises, by status. 400 is its word for a body that cannot be decoded.
_FRAMEWORK_ERRORS = {
    400: INVALID_JSON,
    404: NOT_FOUND,
    405: METHOD_NOT_ALLOWED,
    413: BODY_TOO_LARGE,
}


def create_app(
    service: AnswerService, settings: Settings, records: Engine | None = None
) -> FastAPI:
    """The application that serves ``service`` over HTTP. With ``records``, where ``service`` keeps
    its answers, they can be shared and judged."""
    metrics = Metrics(service)
    names = CurrentNames(service)
    app = FastAPI(
        title="预算问",
        version=version("budget-disclosure-qa"),
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=partial(_lifespan, service, names),
    )
    asker = Asker(service, settings, metrics)
    limiter = RateLimiter(settings.rate_per_minute, settings.rate_burst)
    app.include_router(asking_router(asker, limiter))
    app.include_router(chat_router(service, asker, limiter, settings))
    app.include_router(mcp_router(service, asker, settings, limiting(limiter)))
    app.include_router(catalogue_router(service))
    typing = RateLimiter(settings.rate_per_minute, settings.rate_burst)
    app.include_router(suggest_router(names, limiting(typing)))
    answers = Answers(records, settings.answers_kept_days) if records is not None else None
    if records is not None and answers is not None:
        app.include_router(
            answers_router(service, settings, answers, Feedbacks(records), limiting(limiter))
        )
    app.include_router(health_router(service, settings))
    app.include_router(metrics_router(metrics))
    app.include_router(staff_router(service, settings))
    app.router.routes.extend(
        page_routes(Site(service, settings, names, answers, limiting(limiter)))
    )
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(Access, settings=settings, metrics=metrics, records=records)
    app.add_middleware(Origins, allowed=settings.origins())
    app.add_middleware(SecurityHeaders, allowed_origins=settings.origins())
    _handle_errors(app, metrics)
    app.openapi = partial(describe, app)  # type: ignore[method-assign]  # FastAPI's own way
    return app


@asynccontextmanager
async def _lifespan(
    service: AnswerService, names: CurrentNames, app: FastAPI
) -> AsyncIterator[None]:
    """While serving: the first visitor does not wait for what is built at first use."""
    warming = asyncio.create_task(asyncio.to_thread(_warm, service, names))
    yield
    await warming


def _warm(service: AnswerService, names: CurrentNames) -> None:
    try:
        if service.ready():
            service.starters()
            names.index()
            library = service.library()
            if library is not None:
                library.search("预算", ())  # opens the vectors
    except (StoreError, ModelError) as error:
        # Requests tell it as well, and go on doing so until it is mended.
        _log.warning("%s", error)


def _handle_errors(app: FastAPI, metrics: Metrics) -> None:
    def told(request: Request, error: ApiError) -> Response:
        metrics.problem(error.kind.code)
        return error_response(request.url.path, error)

    @app.exception_handler(ApiError)
    async def on_problem(request: Request, error: ApiError) -> Response:
        return told(request, error)

    @app.exception_handler(ModelError)
    @app.exception_handler(StoreError)
    async def on_unreadable_store(request: Request, error: StoreError | ModelError) -> Response:
        return told(request, ApiError(NOT_READY, str(error), headers={"Retry-After": "5"}))

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> Response:
        return told(request, invalid(error))

    @app.exception_handler(HTTPException)
    async def on_http_error(request: Request, error: HTTPException) -> Response:
        kind = _FRAMEWORK_ERRORS.get(error.status_code, INVALID_REQUEST)
        return told(request, ApiError(kind, headers=error.headers))

    @app.exception_handler(Exception)
    async def on_failure(request: Request, error: Exception) -> Response:
        # Sent from outside the middleware, which would have added the headers. The server logs
        # the traceback.
        return told(request, ApiError(INTERNAL_ERROR, headers=SECURITY_HEADERS))
