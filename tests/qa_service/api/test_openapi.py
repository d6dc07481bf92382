"""The OpenAPI document: everything is described, exemplified, and its examples are true to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from qa_service.api.application import create_app
from qa_service.api.problems import PROBLEM_TYPES
from qa_service.records.database import open_records
from qa_service.settings import Settings
from tests.support.scripted import ScriptedService

Json = dict[str, Any]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Json:
    return _application(tmp_path_factory.mktemp("records")).openapi()


def _application(folder: Path) -> FastAPI:
    settings = Settings(data_dir=folder)
    return create_app(ScriptedService(), settings, open_records(folder))


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def contents(operation: Json) -> Iterator[tuple[str, str, Json]]:
    """Where a body is described: (place, media type, description)."""
    for media_type, body in operation.get("requestBody", {}).get("content", {}).items():
        yield "request", media_type, body
    for status, response in operation["responses"].items():
        for media_type, body in response["content"].items():
            yield status, media_type, body


def test_every_operation_is_described_and_exemplified(document: Json) -> None:
    wanting = []
    for name, operation in operations(document):
        for key in ("summary", "description", "tags"):
            if not operation.get(key):
                wanting.append((name, key))
        for parameter in operation.get("parameters", ()):
            if "example" not in parameter:
                wanting.append((name, parameter["name"]))
        first_success = True
        for place, media_type, body in contents(operation):
            # A second form of the same success (a stream) needs no example of its own.
            if not body.get("examples") and not (place == "200" and not first_success):
                wanting.append((name, f"{place} {media_type}"))
            first_success = first_success and place != "200"
    assert wanting == []


def test_every_example_is_valid(document: Json) -> None:
    registry: Registry[Any] = Registry().with_resource(
        "urn:document", Resource.from_contents(document, default_specification=DRAFT202012)
    )
    wrong = []
    for name, operation in operations(document):
        for place, _, body in contents(operation):
            validator = Draft202012Validator(
                _absolute(body["schema"]), registry=registry, format_checker=None
            )
            for title, example in body.get("examples", {}).items():
                wrong += [
                    (name, place, title, error.message)
                    for error in validator.iter_errors(example["value"])
                ]
    assert wrong == []


def _absolute(schema: Any) -> Any:
    """The schema with its references into the document."""
    if isinstance(schema, dict):
        return {
            key: f"urn:document{value}" if key == "$ref" else _absolute(value)
            for key, value in schema.items()
        }
    return [_absolute(item) for item in schema] if isinstance(schema, list) else schema


def test_errors_are_told_with_their_codes(document: Json) -> None:
    asking = document["paths"]["/api/ask"]["post"]["responses"]
    assert set(asking) == {"200", "401", "403", "413", "422", "429", "500", "503"}
    problem = asking["422"]["content"]["application/problem+json"]
    assert problem["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert set(problem["examples"]) >= {"empty_question", "question_too_long", "invalid_json"}
    assert set(asking["401"]["content"]["application/problem+json"]["examples"]) == {
        "key_required", "invalid_key", "expired_key", "revoked_key",
    }  # fmt: skip
    chat = document["paths"]["/v1/chat/completions"]["post"]["responses"]
    assert "422" not in chat
    assert chat["400"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/OpenAIError"
    }


def test_every_code_is_documented_somewhere(document: Json) -> None:
    told = {
        code
        for _, operation in operations(document)
        for status, response in operation["responses"].items()
        if status >= "400"
        for body in response["content"].values()
        for code in body["examples"]
    }
    # Of the staff's interface, which is not public, and of addresses that are no operation.
    assert set(PROBLEM_TYPES) - told == {
        "method_not_allowed", "not_signed_in", "sign_in_failed", "not_permitted", "stale_page",
        "unfounded_figure",
    }  # fmt: skip


def test_keys_are_told_where_they_count(document: Json) -> None:
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for name, operation in operations(document):
        keyed = name.split()[1].startswith(("/api/", "/v1/"))
        assert ("security" in operation) == keyed
        if keyed:
            assert operation["security"] == [{}, {"key": []}]
