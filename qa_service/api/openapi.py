"""The OpenAPI document: what FastAPI derives, with problems and events under their media types."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from qa_service.api.events import StreamEvent
from qa_service.api.problems import MEDIA_TYPE

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_STREAM_EVENT = {"$ref": "#/components/schemas/StreamEvent"}

#: An OpenAPI document is JSON of any depth; no narrower type says what passes through here.
Json = Any


def describe(app: FastAPI) -> dict[str, Json]:
    """The document of ``app``, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        schemas = document["components"]["schemas"]
        events = StreamEvent.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= events.pop("$defs") | {"StreamEvent": events}
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        for path in document["paths"].values():
            for operation in path.values():
                _correct_media_types(operation["responses"])
        stream = document["paths"]["/api/ask/stream"]["post"]["responses"]["200"]
        stream["content"] = {"text/event-stream": {"schema": _STREAM_EVENT}}
        metrics = document["paths"]["/metrics"]["get"]["responses"]["200"]
        metrics["content"] = {"text/plain": {"schema": {"type": "string"}}}
        app.openapi_schema = document
    return app.openapi_schema


def _correct_media_types(responses: dict[str, Json]) -> None:
    for status, response in responses.items():
        if status >= "400":
            response["content"] = {MEDIA_TYPE: {"schema": _PROBLEM}}
