"""Pages of lists: ``limit`` and ``offset`` in the query, the neighbours in the ``Link`` header."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request

Limit = Annotated[int, Query(ge=1, le=200, description="一页最多几项")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="从第几项开始，0为第一项")]


#: The header as the OpenAPI document tells it.
LINK_HEADER = {
    "Link": {
        "description": "首页、末页、上一页、下一页的地址（RFC 8288）",
        "schema": {"type": "string"},
    }
}


def page_links(request: Request, *, total: int, limit: int, offset: int) -> str:
    """The ``Link`` header (RFC 8288) of one page: first, prev, next and last as there are any."""
    starts = {"first": 0, "last": max(0, total - 1) // limit * limit}
    if offset > 0:
        starts["prev"] = max(0, offset - limit)
    if offset + limit < total:
        starts["next"] = offset + limit
    links = []
    for relation, start in starts.items():
        url = request.url.include_query_params(limit=limit, offset=start)
        links.append(f'<{url.path}?{url.query}>; rel="{relation}"')
    return ", ".join(links)
