"""The routes of the MCP server in the application: its endpoint and what others discover it by."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from starlette.requests import HTTPConnection
from starlette.routing import Route

from qa_service.answering.links import Links
from qa_service.api.access import MCP_PATH
from qa_service.api.asking import Asker
from qa_service.mcp.discovery import Identity, discovery_routes
from qa_service.mcp.http import McpEndpoint, origins_of
from qa_service.mcp.server import build_server
from qa_service.mcp.tools import Tools
from qa_service.service import AnswerService
from qa_service.settings import Settings


def mcp_router(
    service: AnswerService,
    asker: Asker,
    settings: Settings,
    within_limit: Callable[[HTTPConnection], None],
) -> APIRouter:
    """A router to be included: it brings its part of the application's lifespan along."""

    def admitted(request: HTTPConnection) -> None:
        within_limit(request)
        asker.require_room()

    identity = Identity.of(settings.public_url)
    tools = Tools(service, Links(settings.public_url))
    endpoint = McpEndpoint(
        build_server(tools, identity, asker.run),
        origins=origins_of(settings.public_url, settings.origins()),
        within_limit=admitted,
    )
    router = APIRouter(lifespan=lambda app: endpoint.running())
    # With a final slash too: addresses are copied either way.
    router.routes.extend(Route(path, endpoint) for path in (MCP_PATH, f"{MCP_PATH}/"))
    router.routes.extend(discovery_routes(identity, settings.public_url, MCP_PATH))
    return router
