"""Signing in at an identity provider: a scripted one on this machine, its corners and its lies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from qa_service.api.application import create_app
from qa_service.records.roles import Role
from qa_service.settings import Settings
from tests.support.oidc import OTHER, Provider, providing, settings_for
from tests.support.scripted import ScriptedService


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providing() as made:
        yield made


@pytest.fixture
def settings(provider: Provider, tmp_path: Path) -> Settings:
    return settings_for(provider, data_dir=tmp_path)


@pytest.fixture
def client(settings: Settings) -> TestClient:
    return TestClient(create_app(ScriptedService(), settings), follow_redirects=False)


def come_back(client: TestClient, provider: Provider, **changes: str) -> str:
    """Sign in there and come back; where that leads to."""
    start = client.get("/staff/oidc/start")
    assert start.status_code == 303
    told = provider.authorize(start.headers["location"]) | changes
    back = client.get("/staff/oidc/callback", params=told)
    assert back.status_code == 303
    return str(back.headers["location"])


def refused(location: str) -> str:
    assert location.startswith("/staff/sign-in?reason=")
    return parse_qs(urlsplit(location).query)["reason"][0]


def test_somebody_vouched_for_is_signed_in_with_the_highest_role(
    client: TestClient, provider: Provider
) -> None:
    assert client.get("/api/staff/sign-in").json()["federated"] is True
    provider.claims["roles"] = ["预算应答", "预算审核"]
    assert come_back(client, provider) == "/staff"
    session = client.get("/api/staff/session").json()
    assert (session["name"], session["role"], session["federated"]) == ("钱进", "reviewer", True)


def test_role_follows_the_provider_at_the_next_time(client: TestClient, provider: Provider) -> None:
    come_back(client, provider)
    provider.claims["roles"] = "预算应答"
    come_back(client, provider)
    assert client.get("/api/staff/session").json()["role"] == Role.ANSWERER


def test_roles_may_be_told_with_the_user_only(client: TestClient, provider: Provider) -> None:
    del provider.claims["roles"]
    provider.userinfo = {"sub": "7", "roles": ["预算审核"]}
    assert come_back(client, provider) == "/staff"
    provider.userinfo = {"sub": "8", "roles": ["预算审核"]}
    assert "不能验证" in refused(come_back(client, provider))


def test_who_has_no_role_is_not_let_in(client: TestClient, provider: Provider) -> None:
    provider.claims["roles"] = ["别的"]
    assert "没有使用本系统的权限" in refused(come_back(client, provider))
    assert client.get("/api/staff/session").status_code == 401


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "other"},
        {"aud": "somebody-else"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"sub": None},
    ],
)
def test_token_for_another_is_not_believed(
    client: TestClient, provider: Provider, lie: dict[str, Any]
) -> None:
    provider.claims |= lie
    assert "不能验证" in refused(come_back(client, provider))
    assert client.get("/api/staff/session").status_code == 401


def test_token_by_another_key_is_not_believed(client: TestClient, provider: Provider) -> None:
    provider.key = OTHER
    assert "不能验证" in refused(come_back(client, provider))


def test_state_of_another_browser_is_not_believed(client: TestClient, provider: Provider) -> None:
    assert "过期" in refused(come_back(client, provider, state="x"))
    assert provider.tokens == 0
    client.get("/staff/oidc/start")
    client.cookies.clear()
    told = {"code": "c1", "state": provider.authorized["state"]}
    assert "过期" in refused(client.get("/staff/oidc/callback", params=told).headers["location"])
    assert provider.tokens == 0


def test_wrong_code_and_refusal_are_told(client: TestClient, provider: Provider) -> None:
    assert "不能验证" in refused(come_back(client, provider, code="c2"))
    declined = client.get("/staff/oidc/callback", params={"error": "access_denied"})
    assert "没有完成" in refused(declined.headers["location"])


def test_provider_that_is_another_or_gone_is_told(client: TestClient, provider: Provider) -> None:
    provider.issuer = "https://other.example"
    assert "连接不到" in refused(client.get("/staff/oidc/start").headers["location"])


def test_without_a_provider_there_is_no_way_to_it(tmp_path: Path) -> None:
    client = TestClient(create_app(ScriptedService(), Settings(data_dir=tmp_path)))
    assert client.get("/api/staff/sign-in").json()["federated"] is False
    assert client.get("/staff/oidc/start").status_code == 404
    assert client.get("/staff/oidc/callback").status_code == 404


@pytest.mark.parametrize("text", ["x", "a=boss", "a=admin,b", "=admin"])
def test_roles_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="oidc_roles"):
        Settings(oidc_roles=text)


def test_provider_sends_people_back_to_the_configured_address(
    settings: Settings, provider: Provider
) -> None:
    public = settings.model_copy(update={"public_url": "https://ask.example.cn"})
    client = TestClient(create_app(ScriptedService(), public), follow_redirects=False)
    start = client.get("/staff/oidc/start", headers={"Host": "evil.example"})
    provider.authorize(start.headers["location"])
    assert provider.authorized["redirect_uri"] == "https://ask.example.cn/staff/oidc/callback"
