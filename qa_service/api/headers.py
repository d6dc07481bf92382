"""Response headers that keep browsers safe, set on every response."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def content_security_policy(**changes: str) -> str:
    """The policy of a page: nothing but our own files, no inline script. ``changes`` replace
    directives, their names written with underscores."""
    policy = _POLICY | {name.replace("_", "-"): value for name, value in changes.items()}
    return "; ".join(f"{name} {value}" for name, value in policy.items())


SECURITY_HEADERS = {
    "Content-Security-Policy": content_security_policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _caching(path: str) -> str:
    """Files of the page are revalidated by their ETag, third parties' kept, the rest not stored."""
    if path.startswith("/static/vendor/"):
        return "public, max-age=86400"
    if path == "/" or path.startswith("/static/"):
        return "no-cache"
    return "no-store"


class SecurityHeaders:
    """ASGI middleware that adds the headers which a response does not set itself."""

    def __init__(self, app: ASGIApp, allowed_origins: Sequence[str] = ()) -> None:
        self._app = app
        self._headers = dict(SECURITY_HEADERS)
        if allowed_origins:
            ancestors = " ".join(("'self'", *allowed_origins))
            self._headers["Content-Security-Policy"] = content_security_policy(
                frame_ancestors=ancestors
            )
            del self._headers["X-Frame-Options"]  # it knows no list, and would forbid them

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add headers as the response starts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", _caching(scope["path"]))
            await send(message)

        await self._app(scope, receive, send_with_headers)
