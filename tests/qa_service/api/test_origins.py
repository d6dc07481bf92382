"""Which other sites' pages may use the service, and what the others are told."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from starlette.testclient import TestClient

from qa_service.settings import Settings
from tests.qa_service.api.conftest import MakeClient
from tests.support.scripted import ScriptedService

ALLOWED = "https://www.example.cn"
FOREIGN = "https://evil.example"
QUESTION = {"question": "三公经费预算是多少？"}


@pytest.fixture
def open_client(make_client: MakeClient) -> TestClient:
    return make_client(
        ScriptedService(), Settings(allowed_origins=f"{ALLOWED}, http://10.0.0.8:80")
    )


def test_page_of_an_allowed_origin_reads_the_answer(open_client: TestClient) -> None:
    response = open_client.post("/api/ask", json=QUESTION, headers={"Origin": ALLOWED})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == ALLOWED
    assert "access-control-allow-credentials" not in response.headers
    assert "Origin" in response.headers["vary"]


def test_usual_port_is_left_out_as_browsers_do(open_client: TestClient) -> None:
    response = open_client.get("/api/starters", headers={"Origin": "http://10.0.0.8"})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "origin", [FOREIGN, "null", f"{ALLOWED}.evil.example", "http://www.example.cn"]
)
def test_page_of_another_origin_is_told_which_and_what_to_set(
    open_client: TestClient, origin: str
) -> None:
    response = open_client.post("/api/ask", json=QUESTION, headers={"Origin": origin})
    problem = response.json()
    assert (response.status_code, problem["code"]) == (403, "origin_not_allowed")
    assert f"“{origin}”" in problem["detail"]
    assert "BUDGET_QA_ALLOWED_ORIGINS" in problem["detail"]
    # Or the page could not read why.
    assert response.headers["access-control-allow-origin"] == origin


def test_preflight_lets_the_page_ask_and_be_told(client: TestClient) -> None:
    response = client.options(
        "/api/ask",
        headers={
            "Origin": FOREIGN,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == FOREIGN
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "content-type" in response.headers["access-control-allow-headers"].lower()


def test_pages_of_this_site_and_programs_need_no_leave(client: TestClient) -> None:
    own = {"Origin": "http://testserver"}
    behind_proxy = {"Origin": "https://ask.example.cn", "Sec-Fetch-Site": "same-origin"}
    for headers in (own, behind_proxy, {}):
        response = client.post("/api/ask", json=QUESTION, headers=headers)
        assert response.status_code == 200
        assert "access-control-allow-origin" not in response.headers


def test_widget_loads_anywhere_but_other_files_only_here(client: TestClient) -> None:
    widget = client.get("/static/widget/none.js", headers={"Origin": FOREIGN})
    assert widget.headers["access-control-allow-origin"] == "*"
    assert widget.headers["cross-origin-resource-policy"] == "cross-origin"
    other = client.get("/static/icon.svg", headers={"Origin": FOREIGN})
    assert "access-control-allow-origin" not in other.headers
    assert other.headers["cross-origin-resource-policy"] == "same-origin"


def test_allowed_origins_may_frame_pages_and_nobody_else(
    client: TestClient, open_client: TestClient
) -> None:
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]
    headers = open_client.get("/").headers
    assert f"frame-ancestors 'self' {ALLOWED} http://10.0.0.8" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


def test_foreign_question_is_never_asked(make_client: MakeClient) -> None:
    service = ScriptedService()
    client = make_client(service)
    client.post("/api/ask", json=QUESTION, headers={"Origin": FOREIGN})
    assert service.asked == []


@pytest.mark.parametrize(
    "text", ["*", "www.example.cn", "https://*.example.cn", "https://a.cn/path", "ftp://a.cn"]
)
def test_setting_that_is_no_origin_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValidationError, match="不是网站的来源"):
        Settings(allowed_origins=text)
