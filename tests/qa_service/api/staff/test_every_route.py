"""Every route of the application is walked: nothing of the console answers without a session, and
nothing is changed without the session's token."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient

from qa_service.api.problems import Problem

#: What somebody may see who is not signed in: the way in, and nothing else.
OPEN = {
    ("GET", "/staff/sign-in"),
    ("GET", "/api/staff/sign-in"),
    ("POST", "/api/staff/sign-in"),
    ("GET", "/staff/oidc/start"),
    ("GET", "/staff/oidc/callback"),
}
_VALUES = {
    "inquiry_id": "1",
    "standard_id": "1",
    "candidate_id": "1",
    "feedback_id": "1",
    "account_id": "1",
    "disclosure_id": "d1",
    "table_id": "t3",
}


def walked(routes: list[BaseRoute], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every method and path, also of what is mounted or included."""
    for route in routes:
        path = prefix + getattr(route, "path", "")
        inner = getattr(route, "routes", None)
        if isinstance(route, Mount) and inner:
            yield from walked(list(inner), path)
        elif methods := getattr(route, "methods", None):
            for method in methods:
                yield method, path
        elif (router := getattr(route, "original_router", None)) is not None:
            yield from walked(list(router.routes), prefix)


def console_routes(app: FastAPI) -> list[tuple[str, str]]:
    found = [
        (method, path.format(**_VALUES))
        for method, path in walked(list(app.routes))
        if path.startswith(("/staff", "/api/staff"))
    ]
    assert len(found) > 25
    return sorted(set(found))


def test_nothing_of_the_console_answers_a_stranger(app: FastAPI, stranger: TestClient) -> None:
    for method, path in console_routes(app):
        if (method, path) in OPEN:
            continue
        response = stranger.request(method, path)
        if path == "/staff":
            assert response.status_code == 303, (method, path)
            assert response.headers["location"] == "/staff/sign-in"
        else:
            assert response.status_code == 401, (method, path)
            if method != "HEAD":
                assert Problem.model_validate(response.json()).code == "not_signed_in"


@pytest.mark.parametrize("cookie", ["x", "", "a" * 5000, "'; DROP TABLE staff_session; --"])
def test_nothing_of_the_console_answers_an_invented_session(
    app: FastAPI, stranger: TestClient, cookie: str
) -> None:
    stranger.cookies.set("budget-qa-staff", cookie)
    for method, path in console_routes(app):
        if (method, path) not in OPEN:
            assert stranger.request(method, path).status_code in (303, 401), (method, path)


def test_nothing_is_changed_without_the_session_s_token(app: FastAPI, admin: TestClient) -> None:
    for token in ("", "0" * 64):
        admin.headers["X-CSRF-Token"] = token
        for method, path in console_routes(app):
            if method not in ("GET", "HEAD"):
                response = admin.request(method, path, json={})
                assert response.status_code == 403, (method, path)
                assert response.json()["code"] == "stale_page"


def test_unknown_addresses_of_the_console_tell_nothing(stranger: TestClient) -> None:
    for path in ("/staff/", "/staff/x", "/api/staff", "/api/staff/", "/api/staff/x"):
        assert stranger.get(path).status_code == 404


def test_walk_sees_the_rest_of_the_application_too(app: FastAPI) -> None:
    paths = {path for _, path in walked(list(app.routes))}
    assert {"/api/ask", "/healthz", "/docs"} <= paths


def test_public_description_leaves_the_console_out(stranger: TestClient) -> None:
    described = stranger.get("/openapi.json").json()["paths"]
    assert "/api/ask" in described
    assert not any(path.startswith(("/staff", "/api/staff")) for path in described)
