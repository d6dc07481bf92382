"""What the README shows is what the service says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa_service.api.application import create_app
from qa_service.service import AnswerService
from qa_service.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")

QUESTIONS = re.findall(r'budget-qa ask "(.+?)"', README)
ANSWERS = re.findall(r"```text\n(.+?)\n", README)


def test_both_languages_show_one_question_and_its_answer() -> None:
    assert len(QUESTIONS) == len(ANSWERS) == 2
    assert len(set(QUESTIONS)) == 1


@pytest.mark.parametrize(("question", "answer"), list(zip(QUESTIONS, ANSWERS, strict=True)))
def test_question_gets_the_answer_shown(
    shipped_service: AnswerService, question: str, answer: str
) -> None:
    assert shipped_service.ask(question).answer == answer


def test_example_request_is_answered(shipped_service: AnswerService) -> None:
    (body,) = re.findall(r"--json '(.+?)'", README)
    client = TestClient(create_app(shipped_service, Settings()))
    response = client.post(
        "/api/ask", content=body.encode(), headers={"content-type": "application/json"}
    )
    assert response.json()["answer"] == ANSWERS[0]


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make ([a-z-]+)", README))))
def test_make_verb_exists(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"(?:GET|POST) (/[a-z/]+)`", README))))
def test_route_exists(shipped_service: AnswerService, path: str) -> None:
    document = TestClient(create_app(shipped_service, Settings())).get("/openapi.json").json()
    assert path in document["paths"]
