"""``POST /api/ask`` and its stream."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from qa_service.answering.answer import Answer
from qa_service.settings import Settings
from tests.qa_service.api.conftest import MakeClient
from tests.support import scripted
from tests.support.scripted import ScriptedService


def events_in(text: str) -> list[tuple[str, dict[str, object]]]:
    """The (event, data) pairs of a server-sent event stream."""
    found = []
    for block in text.replace("\r\n", "\n").strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_answer_has_exactly_the_shape_of_the_contract(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": scripted.SHARE, "conversation_id": None})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    body = response.json()
    assert set(body) == {
        "status", "answer", "figures", "citations", "options",
        "follow_ups", "chart", "conversation_id", "answer_id", "planner",
    }  # fmt: skip
    expected = scripted.ANSWERS[scripted.SHARE]
    assert Answer.model_validate(body).figures == expected.figures
    assert body["figures"][0]["value"] == "62.50"


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (scripted.TOTAL, "answered"),
        (scripted.CLARIFY, "clarify"),
        (scripted.NOT_DISCLOSED, "not_disclosed"),
        (scripted.OUT_OF_SCOPE, "out_of_scope"),
    ],
)
def test_every_outcome_is_http_200(client: TestClient, question: str, status: str) -> None:
    response = client.post("/api/ask", json={"question": question})
    assert (response.status_code, response.json()["status"]) == (200, status)


def test_conversation_is_opened_and_kept(client: TestClient) -> None:
    first = client.post("/api/ask", json={"question": scripted.TOTAL}).json()["conversation_id"]
    second = client.post("/api/ask", json={"question": scripted.WHY, "conversation_id": first})
    assert first
    assert second.json()["conversation_id"] == first


@pytest.mark.parametrize("foreign", ["unknown-id", "没有这个会话", "", "a b", "x\u0000y"])
def test_unknown_conversation_opens_another(client: TestClient, foreign: str) -> None:
    response = client.post("/api/ask", json={"question": "问", "conversation_id": foreign})
    assert response.status_code == 200
    assert response.json()["conversation_id"] not in ("", foreign)


def test_filters_reach_the_service(client: TestClient, service: ScriptedService) -> None:
    client.post("/api/ask", json={"question": "问", "filters": {"year": 2031, "city": "云山市"}})
    _, _, filters = service.asked[-1]
    assert filters is not None
    assert (filters.year, filters.city) == (2031, "云山市")


def test_question_reaches_the_service_unchanged(
    client: TestClient, service: ScriptedService
) -> None:
    question = " 三公<b>经费</b>\n'; DROP TABLE facts; -- 😀"
    client.post("/api/ask", json={"question": question})
    assert service.asked[-1][0] == question


def test_stream_tells_status_text_figures_citations_and_the_whole_answer(
    client: TestClient,
) -> None:
    response = client.post("/api/ask/stream", json={"question": scripted.SHARE})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_in(response.text)
    names = [name for name, _ in events]
    assert names == ["status", "text", "text", "figure", "citation", "citation", "done"]
    done = Answer.model_validate(events[-1][1])
    assert events[0][1] == {"status": "answered", "conversation_id": done.conversation_id}
    assert "".join(str(data["text"]) for name, data in events if name == "text") == done.answer
    assert [data for name, data in events if name == "figure"] == [
        figure.model_dump(mode="json") for figure in done.figures
    ]


def test_stream_that_fails_ends_with_a_problem(client: TestClient) -> None:
    response = client.post("/api/ask/stream", json={"question": scripted.FAILING})
    [(name, problem)] = events_in(response.text)
    assert (name, problem["code"], problem["status"]) == ("error", "internal_error", 500)


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_nothing_loaded_is_a_problem_with_the_command_to_run(
    make_client: MakeClient, path: str
) -> None:
    client = make_client(ScriptedService(loaded=False))
    response = client.post(path, json={"question": "三公经费多少？"})
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == "not_ready"
    assert response.json()["command"].startswith("budget-qa ingest ")


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_client_beyond_its_limit_is_told_when_to_come_back(
    make_client: MakeClient, path: str
) -> None:
    client = make_client(ScriptedService(), Settings(rate_per_minute=6, rate_burst=2))
    statuses = [client.post(path, json={"question": "问"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = client.post(path, json={"question": "问"})
    assert refused.json()["code"] == "rate_limited"
    assert 1 <= int(refused.headers["retry-after"]) <= 10
