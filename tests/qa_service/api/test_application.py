"""What holds for the application as a whole: errors, headers, documentation, metrics."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from disclosure.store.errors import OutdatedReleaseError
from qa_service.api.problems import PROBLEM_TYPES
from qa_service.settings import Settings
from tests.qa_service.api.conftest import MakeClient
from tests.support import scripted
from tests.support.scripted import ScriptedService


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/no/such/page", "not_found"),
        ("GET", "/static/../settings.py", "not_found"),
        ("GET", "/static/%2e%2e/%2e%2e/settings.py", "not_found"),
        ("GET", "/api/ask", "method_not_allowed"),
        ("DELETE", "/", "method_not_allowed"),
        ("GET", "/api/disclosures?limit=0", "invalid_request"),
        ("GET", "/api/disclosures?offset=-1", "invalid_request"),
        ("GET", "/api/disclosures?limit=%00", "invalid_request"),
    ],
)
def test_every_error_is_a_problem(client: TestClient, method: str, path: str, code: str) -> None:
    response = client.request(method, path)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == code
    assert response.status_code == PROBLEM_TYPES[code].status == response.json()["status"]


def test_failure_of_the_service_is_told_without_its_cause(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": scripted.FAILING})
    assert (response.status_code, response.json()["code"]) == (500, "internal_error")
    assert "scripted failure" not in response.text
    assert "content-security-policy" in response.headers


@pytest.mark.parametrize("code", PROBLEM_TYPES)
def test_problem_type_can_be_looked_up(client: TestClient, code: str) -> None:
    response = client.get(f"/problems/{code}")
    assert response.status_code == 200
    assert PROBLEM_TYPES[code].title in response.text


@pytest.mark.parametrize(
    "path", ["/", "/static/widget/budget-qa-chat.js", "/api/starters", "/nowhere", "/healthz"]
)
def test_every_response_forbids_inline_script_and_sniffing(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", ["/", "/docs", "/redoc"])
def test_pages_load_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "<script>" not in page
    assert "script-src 'self';" in client.get(path).headers["content-security-policy"]


def test_openapi_types_stream_events(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    stream = document["paths"]["/api/ask/stream"]["post"]["responses"]["200"]["content"]
    assert stream["text/event-stream"]["schema"] == {"$ref": "#/components/schemas/StreamEvent"}
    schemas = document["components"]["schemas"]
    assert set(schemas["StreamEvent"]["discriminator"]["mapping"]) == {
        "status", "text", "figure", "citation", "done", "error",
    }  # fmt: skip
    assert schemas["LocatorOut"]["properties"].keys() >= {"file", "page", "line", "row", "column"}
    assert "lookup" in schemas["Operation"]["enum"]


def test_openapi_refers_only_to_schemas_that_it_holds(client: TestClient) -> None:
    text = client.get("/openapi.json").text
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    used = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert used <= set(schemas)


def test_health_does_not_depend_on_data(make_client: MakeClient) -> None:
    client = make_client(ScriptedService(loaded=False))
    assert client.get("/healthz").json() == {"status": "ok"}


def test_ready_when_something_is_loaded(client: TestClient) -> None:
    assert client.get("/readyz").json() == {"status": "ready"}


def test_not_ready_names_the_command_and_the_data_folder(make_client: MakeClient) -> None:
    settings = Settings(data_dir="/srv/budget data")
    response = make_client(ScriptedService(loaded=False), settings).get("/readyz")
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["command"].endswith("--data-dir '/srv/budget data'")
    assert response.json()["command"] in response.json()["detail"]


class OutdatedService(ScriptedService):
    """A service whose release was written by another version of the program."""

    def ready(self) -> bool:
        raise OutdatedReleaseError("数据由另一版本写成，请重新导入。")


@pytest.mark.parametrize("path", ["/readyz", "/api/starters"])
def test_release_that_cannot_be_read_is_told(make_client: MakeClient, path: str) -> None:
    response = make_client(OutdatedService()).get(path)
    assert (response.status_code, response.json()["code"]) == (503, "not_ready")
    assert response.json()["detail"] == "数据由另一版本写成，请重新导入。"


def test_metrics_count_answers_by_status_and_problems_by_code(client: TestClient) -> None:
    for question in (scripted.TOTAL, scripted.SHARE, scripted.OUT_OF_SCOPE):
        client.post("/api/ask", json={"question": question})
    client.post("/api/ask/stream", json={"question": scripted.TOTAL})
    client.post("/api/ask", json={"question": ""})
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    lines = response.text.splitlines()
    assert 'budget_qa_questions_total{status="answered"} 3.0' in lines
    assert 'budget_qa_questions_total{status="out_of_scope"} 1.0' in lines
    assert 'budget_qa_questions_total{status="clarify"} 0.0' in lines
    assert 'budget_qa_problems_total{code="empty_question"} 1.0' in lines
    assert "budget_qa_question_seconds_count 4.0" in lines
    assert any(line.startswith('budget_qa_question_seconds_bucket{le="0.04"}') for line in lines)
