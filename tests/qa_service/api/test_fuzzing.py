"""The documented interface, fuzzed over the shipped disclosure: no input is a server error, and
every response is one that the document tells."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.schemas import BaseSchema

from qa_service.answering.service import open_service
from qa_service.api.application import create_app
from qa_service.records.answers import Answers
from qa_service.records.database import open_records
from qa_service.settings import Settings
from tests.support.scripted import ScriptedService

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def documented(shipped_data: Path, tmp_path_factory: pytest.TempPathFactory) -> BaseSchema:
    """The real service, keeping its answers, as the document describes it."""
    folder = tmp_path_factory.mktemp("fuzzed")
    records = open_records(folder)
    service = open_service(shipped_data, answers=Answers(records))
    app = create_app(service, Settings(data_dir=folder, rate_per_minute=0), records)
    return schemathesis.openapi.from_asgi("/openapi.json", app)


def operations() -> list[str]:
    """The documented operations, which do not depend on what is loaded."""
    app = create_app(ScriptedService(), Settings(), open_records(Path(), "sqlite://"))
    paths = app.openapi()["paths"]
    return [f"{method.upper()} {path}" for path, methods in paths.items() for method in methods]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", operations())
def test_every_response_is_documented_and_none_is_a_server_error(
    documented: BaseSchema, name: str, mode: GenerationMode
) -> None:
    method, path = name.split(" ", 1)
    operation = documented[path][method]
    if mode is GenerationMode.NEGATIVE and not (operation.query or operation.body):
        pytest.skip("it takes nothing that could be wrong")

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=50,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    check()
