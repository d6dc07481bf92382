"""The MCP server over HTTP, as the protocol's own client sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from jsonschema import validate
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from mcp_types import ResourceLink, TextContent

from qa_service.api.application import create_app
from qa_service.records.database import open_records
from qa_service.records.keys import Keys
from qa_service.records.scopes import KeyScope
from qa_service.service import AnswerService
from qa_service.settings import Settings
from tests.support.scripted import ScriptedService
from tests.support.serving import serving

TOOLS = ["ask", "lookup", "aggregate", "compare", "search", "list_disclosures", "define"]
#: The current revision of the protocol, and those with a handshake before it.
MODES = ["auto", "legacy"]


@asynccontextmanager
async def connected(address: str, mode: str = "auto") -> AsyncIterator[Client]:
    async with Client(f"{address}/mcp", mode=mode, cache=None) as client:
        yield client


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.asyncio
async def test_tools_have_typed_arguments_and_replies(address: str, mode: str) -> None:
    async with connected(address, mode) as client:
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == TOOLS
        assert client.instructions is not None
        assert "出处" in client.instructions
        for tool in tools:
            assert tool.description
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint is True
            assert tool.input_schema["type"] == "object"
            assert tool.output_schema is not None
            reply = await client.call_tool(tool.name, _EXAMPLES[tool.name])
            assert not reply.is_error
            validate(reply.structured_content, tool.output_schema)


_EXAMPLES = {
    "ask": {"question": "三公经费预算是多少？"},
    "lookup": {"items": ["三公经费"]},
    "aggregate": {"operation": "rank", "by": "unit", "items": ["公务接待费"]},
    "compare": {"left": {"item": "基本支出"}, "right": {"item": "项目支出"}},
    "search": {"query": "科技培训"},
    "list_disclosures": {},
    "define": {"terms": ["机关运行经费"]},
}


@pytest.mark.asyncio
async def test_reply_is_data_and_text_with_its_evidence(address: str) -> None:
    async with connected(address) as client:
        reply = await client.call_tool("lookup", {"items": ["三公经费"]})
    data = reply.structured_content
    assert data["figures"][0]["value"] == "12.94"
    text, link = reply.content
    assert isinstance(text, TextContent)
    assert "12.94万元[^1]" in text.text
    for citation in data["citations"]:
        assert citation["url"] in text.text
    assert isinstance(link, ResourceLink)
    assert link.uri == f"budget-qa://disclosures/{data['citations'][0]['disclosure_id']}"


@pytest.mark.asyncio
async def test_wrong_arguments_are_told_for_the_model_to_mend(address: str) -> None:
    async with connected(address) as client:
        reply = await client.call_tool("lookup", {"item": "三公经费"})
        assert reply.is_error
        assert isinstance(reply.content[0], TextContent)
        assert "items：缺少这个参数" in reply.content[0].text
        with pytest.raises(MCPError):
            await client.call_tool("delete_everything", {})


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.asyncio
async def test_disclosures_are_resources(
    address: str, mode: str, shipped_service: AnswerService
) -> None:
    library = shipped_service.library()
    assert library is not None
    (held,) = library.disclosures()
    async with connected(address, mode) as client:
        (resource,) = (await client.list_resources()).resources
        assert (resource.title, resource.mime_type) == (held.title, "text/markdown")
        (content,) = (await client.read_resource(resource.uri)).contents
        document = content.text  # type: ignore[union-attr]
        assert document.startswith(f"# {held.title}")
        assert all(table.name in document for table in library.tables(held.id))
        assert "| 合计 |" in document
        templates = (await client.list_resource_templates()).resource_templates
        table = library.tables(held.id)[1]
        address_of_table = next(
            t.uri_template for t in templates if "{table_id}" in t.uri_template
        ).format(disclosure_id=held.id, table_id=table.id)
        (content,) = (await client.read_resource(address_of_table)).contents
        assert content.text.startswith(f"# {table.name}")  # type: ignore[union-attr]
        for unknown in ("nothing", f"{held.id}/tables/nothing", f"{held.id}/passages/nothing"):
            with pytest.raises(MCPError, match="没有这份资料"):
                await client.read_resource(f"budget-qa://disclosures/{unknown}")


@pytest.mark.asyncio
async def test_many_disclosures_are_listed_by_pages() -> None:
    app = create_app(ScriptedService(copies=250), Settings())
    with serving(app) as url:
        async with connected(url) as client:
            found: list[str] = []
            cursor: str | None = None
            while True:
                page = await client.list_resources(cursor=cursor)
                found += [resource.name for resource in page.resources]
                cursor = page.next_cursor
                if cursor is None:
                    break
            assert found == [f"d{number}" for number in range(1, 251)]
            with pytest.raises(MCPError):
                await client.list_resources(cursor="zzz")


@pytest.mark.asyncio
async def test_nothing_loaded_is_told_with_the_command_to_run() -> None:
    with serving(create_app(ScriptedService(loaded=False), Settings())) as url:
        async with connected(url) as client:
            assert (await client.list_resources()).resources == []
            reply = await client.call_tool("list_disclosures", {})
            assert reply.is_error
            assert "budget-qa ingest" in reply.content[0].text  # type: ignore[union-attr]


@pytest.mark.asyncio
async def test_any_worker_can_answer_any_request(shipped_service: AnswerService) -> None:
    settings = Settings(rate_per_minute=0)
    with (
        serving(create_app(shipped_service, settings)) as one,
        serving(create_app(shipped_service, settings)) as other,
    ):
        async with connected(one, "legacy") as here, connected(other, "legacy") as there:
            for client in (here, there):
                assert (await client.call_tool("list_disclosures", {})).structured_content["total"]
            # No session ties a client to the worker that it began with.
            answered = httpx2.post(
                f"{other}/mcp",
                json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"},
                headers={"accept": "application/json, text/event-stream"},
            )
            assert len(answered.json()["result"]["tools"]) == len(TOOLS)
            assert "mcp-session-id" not in answered.headers


LISTING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPT = {"accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://evil.example", 403),
        ("null", 403),
        ("http://localhost:6274", 200),
        ("http://127.0.0.1", 200),
        ("https://www.example.cn", 200),
        ("https://ask.example.cn", 200),
        ("https://ask.example.cn.evil.example", 403),
        ("http://[", 403),
    ],
)
def test_pages_of_other_sites_are_kept_out(tmp_path: Path, origin: str, status: int) -> None:
    settings = Settings(
        public_url="https://ask.example.cn", allowed_origins="https://www.example.cn"
    )
    with serving(create_app(ScriptedService(), settings)) as url:
        # A rebound name: the browser believes that the page and the server are of one site.
        host = {"host": origin.removeprefix("http://")} if status == 403 else {}
        headers = ACCEPT | {"origin": origin} | host
        response = httpx2.post(f"{url}/mcp", json=LISTING, headers=headers)
    assert response.status_code == status
    if status == 403:
        assert response.json()["code"] == "origin_not_allowed"


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_no_session_to_open_or_end(address: str, method: str) -> None:
    response = httpx2.request(method, f"{address}/mcp", headers=ACCEPT)
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.json()["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"jsonrpc": "2.0"}',
        b'{"jsonrpc": "2.0", "id": {}, "method": 1}',
    ],
)
def test_broken_messages_are_no_server_errors(address: str, body: bytes) -> None:
    response = httpx2.post(
        f"{address}/mcp", content=body, headers=ACCEPT | {"content-type": "application/json"}
    )
    assert 400 <= response.status_code < 500


def test_message_over_the_limit_is_refused(address: str) -> None:
    big = LISTING | {"params": {"cursor": "x" * 2_000_000}}
    response = httpx2.post(f"{address}/mcp", json=big, headers=ACCEPT)
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


@pytest.mark.asyncio
async def test_key_with_the_scope_opens_it(tmp_path: Path) -> None:
    keys = Keys(open_records(tmp_path))
    _, opening = keys.add("一", [KeyScope.MCP])
    _, other = keys.add("二", [KeyScope.ASK])
    settings = Settings(data_dir=tmp_path, require_keys=True)
    with serving(create_app(ScriptedService(), settings)) as url:

        def status(text: str | None) -> int:
            headers = ACCEPT | ({"authorization": f"Bearer {text}"} if text else {})
            return httpx2.post(f"{url}/mcp", json=LISTING, headers=headers).status_code

        assert [status(text) for text in (None, "wrong", other, opening)] == [401, 401, 403, 200]
        headers = {"authorization": f"Bearer {opening}"}
        async with (
            httpx2.AsyncClient(headers=headers) as carrying,
            Client(streamable_http_client(f"{url}/mcp", http_client=carrying)) as client,
        ):
            assert (await client.call_tool("list_disclosures", {})).structured_content["total"] == 1


def test_clients_without_a_key_share_the_limit_of_questions() -> None:
    settings = Settings(rate_per_minute=1, rate_burst=2)
    with serving(create_app(ScriptedService(), settings)) as url:
        statuses = [
            httpx2.post(f"{url}/mcp", json=LISTING, headers=ACCEPT).status_code for _ in range(3)
        ]
    assert statuses == [200, 200, 429]


@pytest.mark.asyncio
async def test_answers_are_counted_with_the_others(shipped_service: AnswerService) -> None:
    with serving(create_app(shipped_service, Settings())) as url:
        async with connected(url) as client:
            await client.call_tool("lookup", {"items": ["三公经费"]})
            await client.call_tool("lookup", {"items": ["火星探测"]})
            await client.call_tool("list_disclosures", {})
        counted = httpx2.get(f"{url}/metrics").text
    assert 'budget_qa_questions_total{status="answered"} 1.0' in counted
    assert 'budget_qa_questions_total{status="not_disclosed"} 1.0' in counted
    assert "budget_qa_question_seconds_count 2.0" in counted
