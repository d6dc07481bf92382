"""Signing in at an OpenID Connect provider: the authorization code flow with PKCE (Authlib).

State, nonce and PKCE verifier are derived from a random token that only the browser's cookie holds,
so that nothing is kept while somebody is away at the provider.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from httpx2 import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from qa_service.records.roles import Role
from qa_service.settings import Settings
from qa_service.staff.identity import Identity, IdentityError

#: Signatures by a key that only the provider has; a shared secret or none proves nothing.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
_SCOPE = "openid profile"
_TIMEOUT_SECONDS = 10
_LEEWAY_SECONDS = 60
_LONGEST_NAME = 40

#: Claims are JSON of the provider's making; what is used of them is checked where it is used.
Claims = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Metadata:
    authorization: str
    token: str
    keys: str
    userinfo: str


class OpenIdProvider:
    """The configured provider, an ``IdentityProvider``."""

    def __init__(self, settings: Settings) -> None:
        self._issuer = settings.oidc_issuer.rstrip("/")
        self._client_id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret
        self._claim = settings.oidc_role_claim
        pairs = (pair.split("=", 1) for pair in settings.oidc_roles.split(",") if pair)
        self._roles = {value: Role(role) for value, role in pairs}

    def address(self, visit: str, redirect: str) -> str:
        """Where to send somebody to sign in."""
        with self._client(redirect) as client:
            metadata = self._metadata(client)
            url, _ = client.create_authorization_url(
                metadata.authorization,
                state=_derived("state", visit),
                nonce=_derived("nonce", visit),
                code_verifier=_derived("verifier", visit),
            )
        return str(url)

    def identity(self, visit: str, redirect: str, state: str, code: str) -> Identity:
        """Who came back from the provider."""
        if not visit or not secrets.compare_digest(
            state.encode(), _derived("state", visit).encode()
        ):
            raise IdentityError("登录已过期或不是从本页开始的，请重新登录。")
        with self._client(redirect) as client:
            metadata = self._metadata(client)
            try:
                token = client.fetch_token(
                    metadata.token, code=code, code_verifier=_derived("verifier", visit)
                )
                claims = self._verified(client, metadata, token, _derived("nonce", visit))
                claims = self._with_roles(client, metadata, claims)
            except (AuthlibBaseError, JoseError, HTTPError, ValueError, KeyError) as error:
                raise IdentityError(
                    "统一身份认证的应答不能验证，请重新登录；若仍如此，请告知管理员。"
                ) from error
        return self._identity(claims)

    def _client(self, redirect: str) -> OAuth2Client:
        return OAuth2Client(
            client_id=self._client_id,
            client_secret=self._secret or None,
            scope=_SCOPE,
            redirect_uri=redirect,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if self._secret else "none",
            timeout=_TIMEOUT_SECONDS,
        )

    def _metadata(self, client: OAuth2Client) -> _Metadata:
        try:
            found = self._read(client, f"{self._issuer}/.well-known/openid-configuration")
            if str(found["issuer"]).rstrip("/") != self._issuer:
                raise ValueError("another issuer")
            return _Metadata(
                authorization=str(found["authorization_endpoint"]),
                token=str(found["token_endpoint"]),
                keys=str(found["jwks_uri"]),
                userinfo=str(found.get("userinfo_endpoint", "")),
            )
        except (HTTPError, ValueError, KeyError) as error:
            raise IdentityError(
                f"连接不到统一身份认证（{self._issuer}），请稍后重试或用本地账号登录。"
            ) from error

    def _verified(
        self, client: OAuth2Client, metadata: _Metadata, token: Claims, nonce: str
    ) -> Claims:
        """The claims of the ID token, its signature, issuer, audience, times and nonce checked."""
        keys = KeySet.import_key_set(self._read(client, metadata.keys))  # type: ignore[arg-type]
        decoded = jwt.decode(token["id_token"], keys, algorithms=_ALGORITHMS)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "values": [self._issuer, f"{self._issuer}/"]},
                "aud": {"essential": True, "value": self._client_id},
            },
            {"nonce": nonce, "client_id": self._client_id, "access_token": token["access_token"]},
        )
        claims.validate(leeway=_LEEWAY_SECONDS)
        return dict(claims)

    def _with_roles(self, client: OAuth2Client, metadata: _Metadata, claims: Claims) -> Claims:
        """Some providers tell groups only when they are asked for the user."""
        if _at(claims, self._claim) is not None or not metadata.userinfo:
            return claims
        told = client.request("GET", metadata.userinfo)
        told.raise_for_status()
        user = dict(told.json())
        if user.get("sub") != claims["sub"]:
            raise ValueError("another user")
        return {**user, **claims}

    def _identity(self, claims: Claims) -> Identity:
        found = _at(claims, self._claim)
        values = found if isinstance(found, list) else [found]
        roles = [self._roles[str(value)] for value in values if str(value) in self._roles]
        if not roles:
            raise IdentityError("您的统一身份认证账号没有使用本系统的权限，请联系管理员。")
        name = claims.get("preferred_username") or claims.get("name") or claims["sub"]
        return Identity(
            subject=f"{self._issuer}|{claims['sub']}",
            name=str(name)[:_LONGEST_NAME],
            role=max(roles, key=list(Role).index),
        )

    def _read(self, client: OAuth2Client, url: str) -> Claims:
        told = client.request("GET", url, withhold_token=True)
        told.raise_for_status()
        return dict(told.json())


def _at(claims: Claims, path: str) -> object:
    """A claim, or one inside another (``realm_access.roles``)."""
    if path in claims:
        return claims[path]
    found: object = claims
    for name in path.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
    return found


def _derived(purpose: str, visit: str) -> str:
    digest = hashlib.sha256(f"{purpose}:{visit}".encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
