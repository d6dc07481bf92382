"""Official names while somebody types, over the shipped disclosure."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from qa_service.api.application import create_app
from qa_service.service import AnswerService
from qa_service.settings import Settings
from tests.qa_service.api.conftest import MakeClient
from tests.support.scripted import ScriptedService


@pytest.fixture(scope="module")
def shipped_client(shipped_service: AnswerService) -> TestClient:
    return TestClient(create_app(shipped_service, Settings()))


def _offered(client: TestClient, typed: str, **more: str) -> list[tuple[str, str]]:
    response = client.get("/api/suggest", params={"q": typed, **more})
    assert response.status_code == 200
    return [(item["text"], item["kind"]) for item in response.json()["items"]]


DEPARTMENT = ("柳州市科学技术局", "department")
INSTITUTE = ("柳州市科学技术情报研究所", "unit")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("柳州市科学", DEPARTMENT),
        ("科技局", DEPARTMENT),
        ("kjj", DEPARTMENT),
        ("lzskxjsj", DEPARTMENT),
        ("柳州市科计局", DEPARTMENT),
        ("405002", INSTITUTE),
        ("情报所", INSTITUTE),
        ("2060301", ("机构运行", "subject")),
        ("机构运", ("机构运行", "subject")),
        ("三公", ("三公经费", "term")),
        ("部门支出总体", ("部门支出总体情况表", "table")),
    ],
)
def test_name_is_found_by_what_is_typed_of_it(
    shipped_client: TestClient, typed: str, first: tuple[str, str]
) -> None:
    assert _offered(shipped_client, typed)[0] == first


def test_project_is_found_by_a_part_of_its_name(
    shipped_client: TestClient, shipped_service: AnswerService
) -> None:
    library = shipped_service.library()
    assert library is not None
    projects = [name for _, name in library.names().projects if len(name) > 8]
    assert projects
    for name in projects:
        assert (name, "project") in _offered(shipped_client, name[2:8], limit="20")


@pytest.mark.parametrize("typed", ["柳州", "2", "经费", "支出", "科", "表", "jg", "项目"])
def test_every_question_offered_is_answered(
    shipped_client: TestClient, shipped_service: AnswerService, typed: str
) -> None:
    items = shipped_client.get("/api/suggest", params={"q": typed, "limit": 20}).json()["items"]
    assert items
    unanswered = [
        item["question"]
        for item in items
        if shipped_service.ask(item["question"]).status != "answered"
    ]
    assert unanswered == []


def test_limit_and_disclosure_narrow_what_is_offered(shipped_client: TestClient) -> None:
    assert len(_offered(shipped_client, "支出", limit="3")) == 3
    assert _offered(shipped_client, "支出", disclosure_id="none") == []


@pytest.mark.parametrize("typed", ["", " ", "\u200b", "\n", "查无此名的东西"])
def test_what_names_nothing_offers_nothing(shipped_client: TestClient, typed: str) -> None:
    assert _offered(shipped_client, typed) == []


def test_nothing_loaded_offers_nothing(make_client: MakeClient) -> None:
    assert _offered(make_client(ScriptedService(loaded=False)), "科技") == []


def test_typing_is_limited_apart_from_asking(make_client: MakeClient) -> None:
    client = make_client(ScriptedService(), Settings(rate_per_minute=1, rate_burst=1))
    assert client.get("/api/suggest", params={"q": "科"}).status_code == 200
    limited = client.get("/api/suggest", params={"q": "科"})
    assert (limited.status_code, limited.json()["code"]) == (429, "rate_limited")
    assert client.post("/api/ask", json={"question": "三公？"}).status_code == 200
