"""The MCP server over standard input and output, for a program that starts it itself."""

from __future__ import annotations

from typing import Any

import anyio
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server


def serve_stdio(server: Server[dict[str, Any]]) -> None:
    """Serve until the input ends. Nothing else may be written to the output meanwhile."""

    async def serve() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(serve)
