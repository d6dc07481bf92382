"""What API keys may be used for, apart from the keys themselves: nothing else is imported."""

from __future__ import annotations

from enum import StrEnum


class KeyScope(StrEnum):
    """What a key may be used for."""

    ASK = "ask"  # questions: /api/ask, /v1/chat/completions
    READ = "read"  # what is loaded: the other addresses under /api and /v1
    MCP = "mcp"  # the MCP server
