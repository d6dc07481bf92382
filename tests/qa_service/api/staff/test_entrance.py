"""Signing in and out over HTTP: cookies, tokens, throttling."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.testclient import TestClient

from qa_service.records.roles import Role
from qa_service.staff.signing_in import PER_ACCOUNT
from tests.qa_service.api.staff.conftest import PASSWORD, SignIn


def enter(client: TestClient, name: str = "王芳", password: str = PASSWORD) -> int:
    token = client.get("/api/staff/sign-in").json()["csrf"]
    response = client.post(
        "/api/staff/sign-in",
        json={"name": name, "password": password},
        headers={"X-CSRF-Token": token},
    )
    return response.status_code


def test_session_is_a_cookie_that_scripts_and_other_sites_do_not_get(
    stranger: TestClient,
) -> None:
    token = stranger.get("/api/staff/sign-in").json()["csrf"]
    response = stranger.post(
        "/api/staff/sign-in",
        json={"name": "王芳", "password": PASSWORD},
        headers={"X-CSRF-Token": token},
    )
    assert response.json()["role"] == "admin"
    (cookie,) = [c for c in response.headers.get_list("set-cookie") if "budget-qa-staff=" in c]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age" not in cookie
    assert "Secure" not in cookie
    assert stranger.get("/staff").status_code == 200
    assert stranger.get("/staff/sign-in").headers["location"] == "/staff"


def test_cookie_is_secure_behind_tls(app: FastAPI) -> None:
    client = TestClient(app, base_url="https://testserver", follow_redirects=False)
    token = client.get("/api/staff/sign-in").json()["csrf"]
    response = client.post(
        "/api/staff/sign-in",
        json={"name": "王芳", "password": PASSWORD},
        headers={"X-CSRF-Token": token},
    )
    (cookie,) = [c for c in response.headers.get_list("set-cookie") if "staff=" in c]
    assert cookie.startswith("__Host-budget-qa-staff=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert client.get("/api/staff/session").status_code == 200


def test_signing_in_needs_our_own_page(stranger: TestClient) -> None:
    body = {"name": "王芳", "password": PASSWORD}
    assert stranger.post("/api/staff/sign-in", json=body).status_code == 403
    stranger.get("/api/staff/sign-in")
    wrong = {"X-CSRF-Token": "0" * 64}
    assert stranger.post("/api/staff/sign-in", json=body, headers=wrong).status_code == 403


def test_wrong_password_is_refused_and_then_slowed_down(stranger: TestClient) -> None:
    codes = [enter(stranger, password="不对不对不对不对") for _ in range(PER_ACCOUNT + 1)]
    assert codes == [401] * PER_ACCOUNT + [429]
    assert enter(stranger) == 429
    assert enter(stranger, "李明") == 200


def test_signing_out_ends_the_session(stranger: TestClient) -> None:
    assert enter(stranger) == 200
    token = stranger.cookies["budget-qa-staff"]
    csrf = stranger.get("/api/staff/session").json()["csrf"]
    assert csrf not in token
    response = stranger.post("/api/staff/sign-out", headers={"X-CSRF-Token": csrf})
    assert response.status_code == 204
    stranger.cookies.set("budget-qa-staff", token)
    assert stranger.get("/api/staff/session").status_code == 401


def test_signing_out_everywhere_ends_all_sessions(sign_in: SignIn) -> None:
    here, there, other = sign_in(Role.ADMIN), sign_in(Role.ADMIN), sign_in(Role.ANSWERER)
    assert here.post("/api/staff/sign-out-everywhere").status_code == 204
    assert there.get("/api/staff/session").status_code == 401
    assert other.get("/api/staff/session").status_code == 200


def test_own_password_is_changed_with_the_old_one(answerer: TestClient) -> None:
    change = "/api/staff/password"
    assert answerer.post(change, json={"old": "不对", "new": "x" * 12}).status_code == 401
    weak = answerer.post(change, json={"old": PASSWORD, "new": "短"})
    assert weak.status_code == 422
    assert "10" in weak.json()["detail"]
    fresh = "野火烧不尽春风吹又生"
    assert answerer.post(change, json={"old": PASSWORD, "new": fresh}).status_code == 204


def test_pages_are_not_kept_by_browsers(admin: TestClient) -> None:
    for path in ("/staff", "/api/staff/session", "/api/staff/inquiries"):
        assert admin.get(path).headers["cache-control"] == "no-store"


def test_name_that_is_no_text_is_told(stranger: TestClient) -> None:
    assert enter(stranger, name="王\0芳") == 422
    assert enter(stranger, password="a\0b") == 422
