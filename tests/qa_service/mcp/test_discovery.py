"""The discovery documents: the catalogue points to the card, the card to the server."""

from __future__ import annotations

import re

import pytest
from mcp import Client
from starlette.testclient import TestClient

from qa_service.api.application import create_app
from qa_service.service import AnswerService
from qa_service.settings import Settings
from tests.support.scripted import ScriptedService
from tests.support.serving import serving

PUBLIC = "https://ask.example.cn"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(ScriptedService(), Settings(public_url=PUBLIC)))


@pytest.mark.parametrize("path", ["/.well-known/ai-catalog.json", "/.well-known/mcp/catalog.json"])
def test_catalogue_leads_to_the_card(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.headers["content-type"] == "application/ai-catalog+json"
    (entry,) = response.json()["entries"]
    assert entry["identifier"] == "urn:air:ask.example.cn:mcp:budget-qa"
    assert entry["type"] == "application/mcp-server-card+json"
    assert entry["url"] == f"{PUBLIC}/mcp/server-card"


@pytest.mark.parametrize(
    "path", ["/mcp/server-card", "/.well-known/mcp/server-card.json", "/.well-known/mcp.json"]
)
def test_card_follows_its_schema(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.headers["content-type"] == "application/mcp-server-card+json"
    card = response.json()
    assert card["$schema"].endswith("/schemas/v1/server-card.schema.json")
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", card["name"])
    assert card["name"] == "cn.example.ask/budget-qa"
    assert 1 <= len(card["description"]) <= 100
    (remote,) = card["remotes"]
    assert (remote["type"], remote["url"]) == ("streamable-http", f"{PUBLIC}/mcp")
    # Only what the schema knows: it takes no further fields.
    assert set(card) <= {
        "$schema", "name", "version", "description", "title", "websiteUrl", "remotes"
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/mcp/server-card", "/.well-known/ai-catalog.json"])
def test_any_page_may_read_them(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"origin": "https://elsewhere.example"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["cache-control"] == "public, max-age=3600"


def test_they_need_no_key() -> None:
    client = TestClient(create_app(ScriptedService(), Settings(require_keys=True)))
    assert client.get("/.well-known/ai-catalog.json").status_code == 200
    assert client.get("/mcp/server-card").status_code == 200


@pytest.mark.asyncio
async def test_what_is_discovered_can_be_connected_to(shipped_service: AnswerService) -> None:
    with serving(create_app(shipped_service, Settings())) as url:
        found = TestClient(create_app(shipped_service, Settings()), base_url=url)
        catalogue = found.get("/.well-known/ai-catalog.json").json()
        card = found.get(catalogue["entries"][0]["url"]).json()
        (remote,) = card["remotes"]
        async with Client(remote["url"]) as client:
            assert client.protocol_version in remote["supportedProtocolVersions"]
            assert client.server_info is not None
            assert (client.server_info.name, client.server_info.version) == (
                card["name"],
                card["version"],
            )
