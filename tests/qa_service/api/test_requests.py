"""Bad input: what is refused, with which code, and that nothing is a server error."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from qa_service.api.application import create_app
from qa_service.settings import Settings
from tests.support.scripted import ScriptedService

JSON = {"content-type": "application/json"}

REFUSED = {
    "empty question": (b'{"question": ""}', "empty_question"),
    "blank question": ('{"question": " \\n\u3000"}'.encode(), "empty_question"),
    "invisible question": ('{"question": "\u200b\ufeff"}'.encode(), "empty_question"),
    "501 characters": (json.dumps({"question": "问" * 501}).encode(), "question_too_long"),
    "100,000 characters": (json.dumps({"question": "问" * 100_000}).encode(), "question_too_long"),
    "NUL": (b'{"question": "a\\u0000b"}', "question_not_text"),
    "lone surrogate": (b'{"question": "\\ud800"}', "question_not_text"),
    "number": (b'{"question": 12}', "question_not_text"),
    "null": (b'{"question": null}', "question_not_text"),
    "list": (b'{"question": ["a"]}', "question_not_text"),
    "no question": (b"{}", "invalid_request"),
    "unknown field": ('{"question": "问", "数": 1}'.encode(), "invalid_request"),
    "body is a list": (b"[]", "invalid_request"),
    "body is a string": ('"三公经费"'.encode(), "invalid_request"),
    "body is null": (b"null", "invalid_request"),
    "no body": (b"", "invalid_request"),
    "not JSON": ("三公经费多少".encode(), "invalid_json"),
    "truncated JSON": (b'{"question": "a', "invalid_json"),
    "GB18030": ('{"question": "三公经费"}'.encode("gb18030"), "invalid_json"),
    "binary": (bytes(range(128, 256)), "invalid_json"),
    "deep": (b"[" * 100_000, "invalid_json"),
    "huge number": (b'{"question": ' + b"1" * 10_000 + b"}", "invalid_json"),
    "conversation is a number": (
        '{"question": "问", "conversation_id": 5}'.encode(),
        "invalid_request",
    ),
    "conversation too long": (
        json.dumps({"question": "问", "conversation_id": "a" * 65}).encode(),
        "invalid_request",
    ),
    "year without bounds": (
        b'{"question": "a", "filters": {"year": 99999999999999999999999}}',
        "invalid_request",
    ),
    "NUL in a filter": (b'{"question": "a", "filters": {"city": "\\u0000"}}', "invalid_request"),
    "surrogate in a filter": (
        b'{"question": "a", "filters": {"city": "\\udfff"}}',
        "invalid_request",
    ),
}


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
@pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_input_is_refused_with_a_stable_code(
    client: TestClient, service: ScriptedService, path: str, body: bytes, code: str
) -> None:
    response = client.post(path, content=body, headers=JSON)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["code"] == code
    assert problem["status"] == 422
    assert problem["type"] == f"/problems/{code}"
    assert problem["title"]
    assert problem["detail"]
    assert service.asked == []


def test_question_of_500_characters_is_taken(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": "问" * 500}).status_code == 200


def test_body_that_is_not_declared_as_json_is_refused(client: TestClient) -> None:
    response = client.post("/api/ask", data={"question": "问"})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


def test_problem_names_the_field(client: TestClient) -> None:
    problem = client.post("/api/ask", json={"question": "问", "filters": {"year": "去年"}}).json()
    assert problem["errors"] == [{"field": "filters.year", "message": "必须是整数"}]
    assert "filters.year" in problem["detail"]


def test_body_over_the_limit_is_refused(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "问" * 2_000_000})
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


def test_body_of_undeclared_length_is_refused_at_the_limit(client: TestClient) -> None:
    pieces = (b" " * 65_536 for _ in range(20))
    response = client.post("/api/ask", content=pieces, headers=JSON)
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


_APP = create_app(ScriptedService(), Settings(rate_per_minute=0))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    body=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(lambda text: json.dumps({"question": text}).encode()),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["question", "conversation_id", "filters", "year"]),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=8,
        ).map(lambda value: json.dumps(value).encode()),
    )
)
def test_no_input_is_a_server_error(body: bytes) -> None:
    response = TestClient(_APP).post("/api/ask", content=body, headers=JSON)
    assert response.status_code in (200, 413, 422)
    if response.status_code != 200:
        assert response.headers["content-type"] == "application/problem+json"
