"""Which sites may use the service from their own pages: the allow-list of origins.

The public API is open to pages of this site and of the origins listed, without credentials. A page
of another origin is told so in a problem that it can read: it carries nothing else. The widget's
files, which are no secret, load anywhere, so that there is something to tell it with.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.api.errors import OPENAI_PREFIX, error_response
from qa_service.api.problems import ORIGIN_NOT_ALLOWED, ApiError

ASSETS = "/static/widget/"
_APIS, _STAFF_API = ("/api/", OPENAI_PREFIX), "/api/staff"
_METHODS = "GET, POST, OPTIONS"
_REMEMBERED_SECONDS = "600"
#: An origin is told back: no longer than a host's name can be.
_LONGEST = 300


def is_public_api(path: str) -> bool:
    """Whether pages of allowed origins may call it: all of the API but the staff's."""
    return path.startswith(_APIS) and not path.startswith(_STAFF_API)


class Origins:
    """ASGI middleware that answers cross-origin requests by the allow-list."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass, with the headers that let the page read the response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, headers = scope["path"], Headers(scope=scope)
        if path.startswith(ASSETS):
            await self._app(scope, receive, _opened(send, "*"))
            return
        origin = headers.get("origin")
        if not is_public_api(path) or origin is None or _own(origin, headers):
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            # Of any origin: a preflight that fails could not tell the page why.
            await _preflight(headers)(scope, receive, _opened(send, origin))
        elif origin in self._allowed:
            await self._app(scope, receive, _opened(send, origin))
        else:
            refusal = error_response(path, _refusal(origin))
            await refusal(scope, receive, _opened(send, origin))


def _own(origin: str, headers: Headers) -> bool:
    """Whether the page is one of this site's. A proxy may change ``Host``; the browser's own word
    on it, which no page can set, does not change."""
    if headers.get("sec-fetch-site") == "same-origin":
        return True
    return urlsplit(origin).netloc == headers.get("host")


def _opened(send: Send, origin: str) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Access-Control-Allow-Origin"] = origin
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            if origin != "*":
                headers["Access-Control-Expose-Headers"] = "Retry-After"
                headers.add_vary_header("Origin")
        await send(message)

    return send_with_headers


def _preflight(headers: Headers) -> Response:
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Methods": _METHODS,
            # Chat clients send headers of their own; none of them is believed but the key.
            "Access-Control-Allow-Headers": headers.get(
                "access-control-request-headers", "Content-Type, Accept"
            ),
            "Access-Control-Max-Age": _REMEMBERED_SECONDS,
        },
    )


def _refusal(origin: str) -> ApiError:
    told = origin if len(origin) <= _LONGEST and origin.isprintable() else "（无法显示的来源）"
    return ApiError(
        ORIGIN_NOT_ALLOWED,
        f"网站“{told}”不在允许使用本服务的名单中。"
        f"请管理员把它加入设置BUDGET_QA_ALLOWED_ORIGINS（多个来源以逗号分开）后重新启动服务。",
    )
