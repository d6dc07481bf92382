"""Answers that are kept: shared by an address, read again, judged by readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa_service.answering.service import open_service
from qa_service.api.application import create_app
from qa_service.records.answers import Answers
from qa_service.records.database import open_records
from qa_service.records.feedback import MOST_OF_ONE_ANSWER, Feedbacks, Verdict
from qa_service.settings import Settings

QUESTION = "三公经费预算是多少？"


class Kept:
    """A client, and the records behind it."""

    def __init__(self, client: TestClient, answers: Answers, feedbacks: Feedbacks) -> None:
        self.client = client
        self.answers = answers
        self.feedbacks = feedbacks

    def ask(self, question: str = QUESTION, **more: str) -> dict[str, str]:
        response = self.client.post("/api/ask", json={"question": question, **more})
        assert response.status_code == 200
        answer: dict[str, str] = response.json()
        return answer


@pytest.fixture
def kept(shipped_data: Path, tmp_path: Path) -> Kept:
    records = open_records(tmp_path)
    answers = Answers(records)
    service = open_service(shipped_data, answers=answers)
    return Kept(TestClient(create_app(service, Settings(), records)), answers, Feedbacks(records))


def test_shared_answer_is_read_as_it_was_given(kept: Kept) -> None:
    given = kept.ask()
    path = f"/api/answers/{given['answer_id']}"
    assert kept.client.get(path).status_code == 404  # nobody shared it yet
    shared = kept.client.post(f"{path}/share").json()
    assert shared["url"] == f"http://testserver/a/{given['answer_id']}"
    read = kept.client.get(path).json()
    assert read["question"] == QUESTION
    assert read["answer"] == given | {"conversation_id": ""}
    assert read["plan"][0]["words"]
    assert read["today"]["changed"] is False
    assert read["today"]["release_id"] == read["release_id"]


def test_follow_up_is_repeated_with_what_the_conversation_remembered(kept: Kept) -> None:
    first = kept.ask()
    second = kept.ask("公务接待费呢？", conversation_id=first["conversation_id"])
    path = f"/api/answers/{second['answer_id']}"
    kept.client.post(f"{path}/share")
    assert kept.client.get(path).json()["today"]["changed"] is False


def test_configured_address_is_the_one_told(shipped_data: Path, tmp_path: Path) -> None:
    records = open_records(tmp_path)
    service = open_service(shipped_data, answers=Answers(records))
    settings = Settings(public_url="https://ask.example.cn/")
    kept = Kept(
        TestClient(create_app(service, settings, records)), Answers(records), Feedbacks(records)
    )
    shared = kept.client.post(f"/api/answers/{kept.ask()['answer_id']}/share").json()
    assert shared["url"].startswith("https://ask.example.cn/a/")


def test_unknown_answer_is_told_as_such(kept: Kept) -> None:
    verdict = {"verdict": "right"}
    for response in (
        kept.client.get("/api/answers/none"),
        kept.client.post("/api/answers/none/share"),
        kept.client.post("/api/answers/none/feedback", json=verdict),
    ):
        assert (response.status_code, response.json()["code"]) == (404, "not_found")
        assert "重新提问" in response.json()["detail"]


def test_feedback_is_kept_with_personal_numbers_masked(kept: Kept) -> None:
    answer_id = kept.ask()["answer_id"]
    response = kept.client.post(
        f"/api/answers/{answer_id}/feedback",
        json={"verdict": "wrong", "note": "口径不对，请回电13812345678"},
    )
    assert response.status_code == 200
    [said] = kept.feedbacks.of(answer_id)
    assert (said.verdict, said.note) == (Verdict.WRONG, "口径不对，请回电138****5678")
    assert kept.feedbacks.judged(verdict=Verdict.RIGHT) == []
    (judged,) = kept.feedbacks.judged()
    assert judged.feedback == said
    assert judged.answer.id == said.answer_id


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"verdict": "maybe"},
        {"verdict": "right", "note": "长" * 1001},
        {"verdict": "right", "note": "\0"},
        {"verdict": "right", "more": 1},
    ],
)
def test_feedback_that_is_none_is_refused(kept: Kept, body: dict[str, object]) -> None:
    answer_id = kept.ask()["answer_id"]
    response = kept.client.post(f"/api/answers/{answer_id}/feedback", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    assert kept.feedbacks.of(answer_id) == []


def test_one_answer_takes_only_so_much_feedback(kept: Kept) -> None:
    answer_id = kept.ask()["answer_id"]
    for _ in range(MOST_OF_ONE_ANSWER + 2):
        kept.feedbacks.add(answer_id, Verdict.RIGHT)
    assert len(kept.feedbacks.of(answer_id)) == MOST_OF_ONE_ANSWER
