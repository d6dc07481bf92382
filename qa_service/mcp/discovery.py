"""What others read before they connect: the server card and the catalogue that points to it.

After the Server Card extension of the protocol (SEP-2127) and the AI Catalog that it builds on:
``/.well-known/ai-catalog.json`` lists the card, which lies at ``/mcp/server-card``. Clients that
follow earlier drafts look for the catalogue and the card at the other addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import urlsplit

from mcp_types.version import KNOWN_PROTOCOL_VERSIONS
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

CATALOG_PATHS = ("/.well-known/ai-catalog.json", "/.well-known/mcp/catalog.json")
CARD_PATH = "/mcp/server-card"
CARD_PATHS = (CARD_PATH, "/.well-known/mcp/server-card.json", "/.well-known/mcp.json")

_CARD_TYPE = "application/mcp-server-card+json"
_CATALOG_TYPE = "application/ai-catalog+json"
_SCHEMA = "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json"
#: Public and the same for everybody: pages of any site may read it.
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET",
    "Access-Control-Allow-Headers": "Content-Type",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=3600",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """How the server calls itself, in its card and when it is connected to."""

    host: str
    name: str
    title: str = "预算问"
    description: str = "政府部门预算、决算公开资料的精确问答：每个数都有出处"

    @classmethod
    def of(cls, public_url: str) -> Identity:
        """The identity at an address: its name begins with the host, read backwards."""
        host = urlsplit(public_url).hostname or "localhost"
        return cls(host, f"{'.'.join(reversed(host.split('.')))}/budget-qa")


def discovery_routes(identity: Identity, public_url: str, endpoint: str) -> list[Route]:
    """The routes of catalogue and card; ``endpoint`` is the path that speaks the protocol."""

    def base(request: Request) -> str:
        return public_url or str(request.base_url).rstrip("/")

    async def card(request: Request) -> Response:
        document = {
            "$schema": _SCHEMA,
            "name": identity.name,
            "version": version("budget-disclosure-qa"),
            "title": identity.title,
            "description": identity.description,
            "websiteUrl": base(request),
            "remotes": [
                {
                    "type": "streamable-http",
                    "url": base(request) + endpoint,
                    "headers": [
                        {
                            "name": "Authorization",
                            "description": "“Bearer ”加管理员发给的密钥；服务要求密钥时才需要",
                            "isRequired": False,
                            "isSecret": True,
                        }
                    ],
                    "supportedProtocolVersions": list(KNOWN_PROTOCOL_VERSIONS),
                }
            ],
        }
        return JSONResponse(document, media_type=_CARD_TYPE, headers=_HEADERS)

    async def catalog(request: Request) -> Response:
        document = {
            "specVersion": "1.0",
            "host": {"displayName": identity.title},
            "entries": [
                {
                    "identifier": f"urn:air:{identity.host}:mcp:budget-qa",
                    "displayName": identity.title,
                    "type": _CARD_TYPE,
                    "url": base(request) + CARD_PATH,
                    "description": identity.description,
                    "version": version("budget-disclosure-qa"),
                }
            ],
        }
        return JSONResponse(document, media_type=_CATALOG_TYPE, headers=_HEADERS)

    return [Route(path, card) for path in CARD_PATHS] + [
        Route(path, catalog) for path in CATALOG_PATHS
    ]
