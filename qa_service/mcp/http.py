"""The MCP server over streamable HTTP, as one address of the application.

Every request stands alone (no sessions), so that any worker can answer it.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from qa_service.api.problems import METHOD_NOT_ALLOWED, ORIGIN_NOT_ALLOWED, ApiError

#: Hosts of this machine: their pages may use a server that listens here.
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class McpEndpoint:
    """The address that speaks the protocol. Serves while ``running`` is entered."""

    def __init__(
        self,
        server: Server[dict[str, Any]],
        *,
        origins: frozenset[str],
        within_limit: Callable[[HTTPConnection], None],
    ) -> None:
        self._server = server
        self._origins = origins
        self._within_limit = within_limit
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """What the protocol's library needs while requests are served."""
        # A manager runs once; the application may be started again (as tests do).
        manager = StreamableHTTPSessionManager(
            self._server,
            stateless=True,
            json_response=True,
            max_request_body_size=sys.maxsize,  # the application has a limit for all addresses
            # Its check of the Host header needs every name that a proxy may pass on to be listed.
            # A page that was rebound to this address still tells its own Origin, which is checked.
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with manager.run():
            self._manager = manager
            try:
                yield
            finally:
                self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Raises ``ApiError`` where it is not let through."""
        if scope["method"] != "POST":
            # Without sessions there is no stream to listen to and nothing to end.
            raise ApiError(METHOD_NOT_ALLOWED, headers={"Allow": "POST"})
        origin = Headers(scope=scope).get("origin")
        if origin is not None and not self._may_come_from(origin):
            raise ApiError(ORIGIN_NOT_ALLOWED)
        self._within_limit(HTTPConnection(scope))
        if self._manager is None:
            raise RuntimeError("the application's lifespan was not entered")
        await self._manager.handle_request(scope, receive, send)

    def _may_come_from(self, origin: str) -> bool:
        """Browsers tell whose page asks; programs tell nothing and are let through."""
        try:
            host = urlsplit(origin).hostname
        except ValueError:
            return False
        return origin in self._origins or host in _LOCAL


def origins_of(public_url: str, listed: tuple[str, ...]) -> frozenset[str]:
    """The origins whose pages may use the server: its own and those that the operator lists."""
    parts = urlsplit(public_url)
    own = {f"{parts.scheme}://{parts.netloc}"} if public_url else set()
    return frozenset(own | set(listed))
