"""``budget-qa mcp``: the MCP server over standard input and output, with the protocol's client."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters


@pytest.mark.asyncio
async def test_tools_and_documents_over_stdio(shipped_data: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "cli.main", "mcp", "--data-dir", str(shipped_data)],
        env={"BUDGET_QA_PUBLIC_URL": "https://ask.example.cn"},
    )
    async with Client(command) as client:
        assert len((await client.list_tools()).tools) == 7
        reply = await client.call_tool("ask", {"question": "三公经费预算是多少？"})
        data = reply.structured_content
        assert data["figures"][0]["value"] == "12.94"
        assert data["citations"][0]["url"].startswith("https://ask.example.cn/d/")
        (resource,) = (await client.list_resources()).resources
        (content,) = (await client.read_resource(resource.uri)).contents
        assert content.text.startswith("# ")  # type: ignore[union-attr]


@pytest.mark.asyncio
async def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "cli.main", "mcp", "--data-dir", str(tmp_path)]
    )
    async with Client(command) as client:
        reply = await client.call_tool("lookup", {"items": ["三公经费"]})
        assert reply.is_error
        assert "budget-qa ingest" in reply.content[0].text  # type: ignore[union-attr]
