"""``budget-qa mcp``: the MCP server over standard input and output."""

from __future__ import annotations

from cli.options import DataDir, data_directory, needing_data, servers


def mcp(data_dir: DataDir = None) -> None:
    """以标准输入输出提供MCP服务，由支持MCP的程序启动；网络上的程序请用serve的/mcp。"""
    from qa_service.answering.links import Links
    from qa_service.answering.service import open_service
    from qa_service.mcp.discovery import Identity
    from qa_service.mcp.server import build_server
    from qa_service.mcp.stdio import serve_stdio
    from qa_service.mcp.tools import Tools
    from qa_service.settings import Settings

    settings = Settings()
    with needing_data():
        service = open_service(data_directory(data_dir), settings.own_department, servers=servers())
    tools = Tools(service, Links(settings.public_url))
    serve_stdio(build_server(tools, Identity.of(settings.public_url)))
