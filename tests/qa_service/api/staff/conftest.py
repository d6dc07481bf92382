"""Clients of the console over the scripted service, one a role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from qa_service.api.application import create_app
from qa_service.records.database import open_records
from qa_service.records.roles import Role
from qa_service.settings import Settings
from qa_service.staff.console import open_signing_in
from qa_service.staff.passwords import hash_of
from tests.support.scripted import ScriptedService

PASSWORD = "春风又绿江南岸一二三"
NAMES = {Role.ANSWERER: "李明", Role.REVIEWER: "赵静", Role.ADMIN: "王芳"}
SignIn = Callable[[Role], TestClient]


@pytest.fixture(scope="session")
def hashed() -> str:
    """Hashing is slow by design: once for all tests."""
    return hash_of(PASSWORD, "谁")


@pytest.fixture
def settings(tmp_path: Path, hashed: str) -> Settings:
    made = Settings(data_dir=tmp_path)
    accounts = open_signing_in(open_records(tmp_path), made).accounts
    for role, name in NAMES.items():
        accounts.add(name, role, hashed)
    return made


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(ScriptedService(), settings)


@pytest.fixture
def stranger(app: FastAPI) -> TestClient:
    """A client that is not signed in."""
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def sign_in(app: FastAPI, settings: Settings) -> Iterator[SignIn]:
    """Signs in as somebody of a role."""
    signing_in = open_signing_in(open_records(settings.data_dir), settings)

    def enter(role: Role) -> TestClient:
        account = signing_in.accounts.named(NAMES[role])
        assert account is not None
        client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
        client.cookies.set("budget-qa-staff", signing_in.sessions.open(account.id))
        client.headers["X-CSRF-Token"] = client.get("/api/staff/session").json()["csrf"]
        return client

    return enter


@pytest.fixture
def answerer(sign_in: SignIn) -> TestClient:
    return sign_in(Role.ANSWERER)


@pytest.fixture
def reviewer(sign_in: SignIn) -> TestClient:
    return sign_in(Role.REVIEWER)


@pytest.fixture
def admin(sign_in: SignIn) -> TestClient:
    return sign_in(Role.ADMIN)
