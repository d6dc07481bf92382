"""The OpenAPI document: what FastAPI derives, with problems and events under their media types,
who may call what, and an example of everything (``documentation.yaml``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from qa_service.api.access import scope_needed
from qa_service.api.chat_models import ChatChunk
from qa_service.api.errors import OPENAI_PREFIX, error_response, openai_status
from qa_service.api.events import StreamEvent
from qa_service.api.problems import MEDIA_TYPE, PROBLEM_TYPES, ApiError, ProblemType

_DOCUMENTATION = Path(__file__).with_name("documentation.yaml")
_REFERENCE = "#/components/schemas/"
_STAFF = "/api/staff/"
#: Problems of questions only, of bodies only, and of one address or interface only.
_OF_QUESTIONS = {"empty_question", "question_too_long", "question_not_text"}
_OF_BODIES = {"invalid_json", "body_too_large"}
_OF_PREFIX = {
    "model_not_found": f"{OPENAI_PREFIX}models/",
    "not_signed_in": _STAFF,
    "sign_in_failed": _STAFF,
    "not_permitted": _STAFF,
    "stale_page": _STAFF,
    "unfounded_figure": _STAFF,
}

#: An OpenAPI document is JSON of any depth; no narrower type says what passes through here.
Json = Any


def describe(app: FastAPI) -> dict[str, Json]:
    """The document of ``app``, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        components = document["components"]
        for kind, name in ((StreamEvent, "StreamEvent"), (ChatChunk, "ChatChunk")):
            schema = kind.model_json_schema(ref_template=_REFERENCE + "{model}")
            components["schemas"] |= schema.pop("$defs") | {name: schema}
        for event in components["schemas"]["StreamEvent"]["oneOf"]:
            name = event["$ref"].removeprefix(_REFERENCE)
            properties = components["schemas"][name]["properties"]
            properties["data"] = _json_text(properties["data"])
        for unused in ("HTTPValidationError", "ValidationError"):
            components["schemas"].pop(unused, None)
        components["securitySchemes"] = {
            "key": {
                "type": "http",
                "scheme": "bearer",
                "description": "管理员用`budget-qa keys add`发给的密钥；服务要求密钥时才需要。",
            }
        }
        written = yaml.safe_load(_DOCUMENTATION.read_text(encoding="utf-8"))["operations"]
        for path, method, operation in _operations(document):
            _tell_errors(path, operation)
            _tell_media_types(f"{method} {path}", operation)
            _add_documentation(operation, written.get(f"{method} {path}", {}))
        app.openapi_schema = document
    return app.openapi_schema


def _json_text(schema: Json) -> Json:
    """The data of a server-sent event: a text that is JSON of this schema."""
    return {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}


def _operations(document: dict[str, Json]) -> Iterator[tuple[str, str, dict[str, Json]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def _tell_errors(path: str, operation: dict[str, Json]) -> None:
    """Every error that can come, in the shape and with the codes that it comes with."""
    responses = operation["responses"]
    stated = {int(status) for status in responses if status >= "400"} | {500}
    scope = scope_needed(path)
    if scope is not None:
        stated |= {401, 403, 429}
        operation["security"] = [{}, {"key": []}]
        said = operation.get("description", "")
        operation["description"] = f"{said}\n\n密钥的范围：`{scope.value}`。".strip()
    if path.startswith(OPENAI_PREFIX):
        stated = {openai_status(status) for status in stated}
    for status in [status for status in responses if status >= "400"]:
        del responses[status]
    for status in sorted(stated):
        kinds = [kind for kind in PROBLEM_TYPES.values() if _may_come(kind, path, operation)]
        told = [k for k in kinds if (_status(path, k.status)) == status]
        responses[str(status)] = _error_response(path, told)


def _status(path: str, status: int) -> int:
    return openai_status(status) if path.startswith(OPENAI_PREFIX) else status


def _may_come(kind: ProblemType, path: str, operation: dict[str, Json]) -> bool:
    if kind.code in _OF_QUESTIONS:
        return path.startswith(("/api/ask", f"{OPENAI_PREFIX}chat/"))
    if kind.code in _OF_PREFIX:
        return path.startswith(_OF_PREFIX[kind.code])
    return kind.code not in _OF_BODIES or "requestBody" in operation


def _error_response(path: str, kinds: list[ProblemType]) -> dict[str, Json]:
    openai = path.startswith(OPENAI_PREFIX)
    schema = {"$ref": _REFERENCE + ("OpenAIError" if openai else "Problem")}
    examples = {
        kind.code: {
            "summary": kind.title,
            "value": json.loads(bytes(error_response(path, ApiError(kind)).body)),
        }
        for kind in kinds
    }
    return {
        "description": "；".join(kind.title for kind in kinds),
        "content": {
            "application/json" if openai else MEDIA_TYPE: {"schema": schema, "examples": examples}
        },
    }


def _tell_media_types(name: str, operation: dict[str, Json]) -> None:
    """What FastAPI cannot derive: streams, and text."""
    success = operation["responses"]["200"]
    if name == "POST /api/ask/stream":
        success["content"] = {"text/event-stream": {"schema": {"$ref": f"{_REFERENCE}StreamEvent"}}}
    elif name == f"POST {OPENAI_PREFIX}chat/completions":
        last = {"type": "string", "const": "[DONE]", "description": "最后一个事件"}
        data = {"anyOf": [last, _json_text({"$ref": f"{_REFERENCE}ChatChunk"})]}
        event = {"type": "object", "properties": {"data": data}, "required": ["data"]}
        success["content"]["text/event-stream"] = {"schema": event}
    elif name == "GET /metrics":
        success["content"] = {"text/plain": {"schema": {"type": "string"}}}


def _add_documentation(operation: dict[str, Json], written: dict[str, Json]) -> None:
    """Description and examples of one operation."""
    if "description" in written:
        said = operation.get("description", "")
        operation["description"] = f"{written['description']}\n\n{said}".strip()
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in written.get("parameters", {}):
            parameter["example"] = written["parameters"][parameter["name"]]
    if "request" in written:
        (body,) = operation["requestBody"]["content"].values()
        body["examples"] = _named(written["request"])
    if "response" in written:
        success = operation["responses"]["200"]
        success["description"] = "成功"
        media_type, described = next(iter(success["content"].items()))
        examples = _named(written["response"])
        if media_type == "text/event-stream":
            for example in examples.values():
                data = json.dumps(example["value"]["data"], ensure_ascii=False)
                example["value"] = {**example["value"], "data": data}
        described["examples"] = examples


def _named(values: dict[str, Json]) -> dict[str, Json]:
    return {name: {"summary": name, "value": value} for name, value in values.items()}
