"""Who may use the interfaces, and how often: API keys of programs, and limits without a key."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from anyio import to_thread
from sqlalchemy import Engine
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from qa_service.api.errors import OPENAI_PREFIX, error_response
from qa_service.api.limits import RateLimiter, client_key
from qa_service.api.metrics import Metrics
from qa_service.api.problems import KEY_REQUIRED, PROBLEM_TYPES, RATE_LIMITED, ApiError
from qa_service.records.database import open_records
from qa_service.records.keys import PREFIX, Key, KeyRefusedError, Keys
from qa_service.records.scopes import KeyScope
from qa_service.settings import Settings

MCP_PATH = "/mcp"
_ASKING = ("/api/ask", OPENAI_PREFIX + "chat/")
_READING = ("/api/", OPENAI_PREFIX)


def scope_needed(path: str) -> KeyScope | None:
    """What a key must open for this address; None where keys play no part."""
    if path.rstrip("/") == MCP_PATH:
        return KeyScope.MCP
    if path.startswith(_ASKING):
        return KeyScope.ASK
    return KeyScope.READ if path.startswith(_READING) else None


class Access:
    """ASGI middleware: checks the key of a request that has one, and counts it against the key's
    own limit. A request without one is refused where keys are required."""

    def __init__(
        self, app: ASGIApp, settings: Settings, metrics: Metrics, records: Engine | None = None
    ) -> None:
        self._app = app
        self._settings = settings
        self._metrics = metrics
        self._keys = cache(lambda: Keys(records or _records(settings)))
        self._limiters: dict[int, RateLimiter] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with its key as ``request.state.api_key``, or refuse it."""
        needed = scope_needed(scope["path"]) if scope["type"] == "http" else None
        if needed is not None and scope["method"] != "OPTIONS":
            try:
                key = await self._key(Headers(scope=scope), scope["path"], needed)
            except ApiError as error:
                self._metrics.problem(error.kind.code)
                await error_response(scope["path"], error)(scope, receive, send)
                return
            if key is not None:
                scope.setdefault("state", {})["api_key"] = key
        await self._app(scope, receive, send)

    async def _key(self, headers: Headers, path: str, needed: KeyScope) -> Key | None:
        scheme, _, text = headers.get("authorization", "").partition(" ")
        text = text.strip()
        if scheme.lower() != "bearer" or not text or self._is_filler(text, path):
            if self._settings.require_keys and not self._from_a_page(headers):
                raise ApiError(KEY_REQUIRED, headers={"WWW-Authenticate": "Bearer"})
            return None
        try:
            key = await to_thread.run_sync(lambda: self._keys().open(text, needed))
        except KeyRefusedError as refused:
            kind = PROBLEM_TYPES[refused.fault.value]
            error = "insufficient_scope" if kind.status == 403 else "invalid_token"
            raise ApiError(
                kind, headers={"WWW-Authenticate": f'Bearer error="{error}"'}
            ) from refused
        self._count(key)
        return key

    def _from_a_page(self, headers: Headers) -> bool:
        """Whether a browser says that it asks for our own page, or for one that may embed us: such
        pages are public, and have no key to show."""
        own = headers.get("sec-fetch-site") == "same-origin"
        return own or headers.get("origin") in self._settings.origins()

    def _is_filler(self, text: str, path: str) -> bool:
        """Chat clients send some key always: one that cannot be ours stands for none."""
        return path.startswith(OPENAI_PREFIX) and not text.startswith(PREFIX)

    def _count(self, key: Key) -> None:
        rate = self._settings.key_per_minute if key.per_minute is None else key.per_minute
        limiter = self._limiters.setdefault(rate, RateLimiter(rate, max(1, rate)))
        _within(limiter, key.id)


def _records(settings: Settings) -> Engine:
    """Opened at the first key that is shown: a service without keys has no records to read."""
    return open_records(settings.data_dir, settings.records_url, quick=True)


def limiting(limiter: RateLimiter) -> Callable[[HTTPConnection], None]:
    """What counts a request without a key against its client's limit. Raises ``ApiError``."""

    def within_limit(request: HTTPConnection) -> None:
        if not hasattr(request.state, "api_key"):
            _within(limiter, client_key(request.client.host if request.client else None))

    return within_limit


def _within(limiter: RateLimiter, client: str) -> None:
    wait = limiter.wait_for(client)
    if wait:
        raise ApiError(
            RATE_LIMITED,
            f"{RATE_LIMITED.title}，请在{wait}秒后再试。",
            headers={"Retry-After": str(wait)},
        )
