"""Signing in at an identity provider: a scripted one on this machine, its corners and its lies."""

from __future__ import annotations

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from qa_service.api.application import create_app
from qa_service.records.roles import Role
from qa_service.settings import Settings
from tests.support.scripted import ScriptedService

KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
OTHER = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
CLIENT, SECRET = "budget-qa", "provider-secret"


class Provider:
    """An OpenID provider that vouches for ``claims``, and lies where a test tells it to."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "7", "name": "钱进", "roles": ["预算审核", "别的"]}
        self.userinfo: dict[str, Any] = {}
        self.key = KEY
        self.authorized: dict[str, str] = {}
        self.tokens = 0
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._tell(provider.get(urlsplit(self.path).path))

            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                form = {k: v[0] for k, v in parse_qs(self.rfile.read(size).decode()).items()}
                self._tell(provider.token(form, self.headers.get("Authorization", "")))

            def _tell(self, answer: tuple[int, dict[str, Any]]) -> None:
                status, body = answer
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.issuer = self.url

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "userinfo_endpoint": f"{self.url}/userinfo",
            }
        if path == "/keys":
            return 200, {"keys": [KEY.as_dict(private=False)]}
        return 200, self.userinfo

    def authorize(self, address: str) -> dict[str, str]:
        """What somebody's browser brings back after signing in at ``address``."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.url}/authorize"
        self.authorized = {k: v[0] for k, v in parse_qs(parts.query).items()}
        assert self.authorized["response_type"] == "code"
        assert self.authorized["client_id"] == CLIENT
        assert self.authorized["code_challenge_method"] == "S256"
        assert "openid" in self.authorized["scope"]
        return {"code": "c1", "state": self.authorized["state"]}

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        self.tokens += 1
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest())
        right = challenge.rstrip(b"=").decode() == self.authorized["code_challenge"]
        if form["code"] != "c1" or not right or not authorization.startswith("Basic "):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": self.authorized["nonce"], **self.claims,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.key)
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": token}


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def settings(provider: Provider, tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path,
        oidc_issuer=provider.url,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_roles="预算管理=admin,预算审核=reviewer,预算应答=answerer",
    )


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
