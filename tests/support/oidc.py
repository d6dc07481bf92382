"""A small OpenID provider on this machine, over real HTTP: it vouches for whom a test says."""

from __future__ import annotations

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from qa_service.settings import Settings

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
                parts = urlsplit(self.path)
                if parts.path == "/authorize":
                    self._let_in(parts.query)
                else:
                    self._tell(provider.get(parts.path))

            def _let_in(self, query: str) -> None:
                """A browser comes, somebody is known at once, and is sent back with a code."""
                told = provider.authorize(f"{provider.url}/authorize?{query}")
                self.send_response(302)
                back = f"{provider.authorized['redirect_uri']}?{urlencode(told)}"
                self.send_header("Location", back)
                self.send_header("Content-Length", "0")
                self.end_headers()

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


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider that runs."""
    made = Provider()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
        thread.join()


def settings_for(provider: Provider, **more: Any) -> Settings:
    """Settings of a service that believes the provider."""
    return Settings(
        oidc_issuer=provider.url,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_roles="预算管理=admin,预算审核=reviewer,预算应答=answerer",
        **more,
    )
