"""Clients of the application over the scripted service."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from qa_service.api.application import create_app
from qa_service.settings import Settings
from tests.support.scripted import ScriptedService

MakeClient = Callable[..., TestClient]


@pytest.fixture
def service() -> ScriptedService:
    return ScriptedService()


@pytest.fixture
def client(service: ScriptedService) -> Iterator[TestClient]:
    with TestClient(create_app(service, Settings()), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def make_client() -> Iterator[MakeClient]:
    opened: list[TestClient] = []

    def make(service: ScriptedService, settings: Settings | None = None) -> TestClient:
        made = TestClient(
            create_app(service, settings or Settings()), raise_server_exceptions=False
        )
        opened.append(made.__enter__())
        return made

    yield make
    for one in opened:
        one.__exit__(None, None, None)
