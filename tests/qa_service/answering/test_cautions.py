"""An answer whose figure does not agree with the rest of its disclosure says so, end to end."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from ingest.pipeline import ingest_paths
from qa_service.answering.service import open_service
from qa_service.api.application import create_app
from qa_service.settings import Settings
from tests.ingest.reconcile.support import plant


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, shipped_text: str) -> TestClient:
    """The service over a copy of the shipped disclosure with two changed figures: the head
    office's 行政运行 in 表5, and the purchases that a sentence gives by source."""
    folder = tmp_path_factory.mktemp("planted")
    start = "2060101||行政运行|416.59|416.59|338.60"
    planted = plant(shipped_text, start, "338.60", "348.60").text
    planted = plant(planted, "按政府采购资金来源划分", "93.81", "98.31").text
    path = folder / "planted.txt"
    path.write_text(planted, encoding="utf-8")
    ingest_paths([path], folder / "data")
    service = open_service(folder / "data")
    return TestClient(create_app(service, Settings(data_dir=folder / "data")))


def ask(client: TestClient, question: str) -> dict[str, object]:
    reply = client.post("/api/ask", json={"question": question})
    assert reply.status_code == 200
    answer: dict[str, object] = reply.json()
    assert answer["status"] == "answered", answer
    return answer


def test_a_figure_that_a_mismatch_touches_is_given_with_a_warning(client: TestClient) -> None:
    answer = ask(client, "2026年政府采购预算是多少？")
    assert "93.81万元" in str(answer["answer"])
    assert "对不上" in str(answer["answer"])
    assert "98.31万元" in str(answer["answer"])


def test_a_figure_that_none_touches_has_no_warning(client: TestClient) -> None:
    answer = ask(client, "2026年公务接待费预算是多少？")
    assert "4.94万元" in str(answer["answer"])
    assert "对不上" not in str(answer["answer"])


def test_a_share_of_a_touched_figure_warns_too(client: TestClient) -> None:
    answer = ask(client, "货物类采购占政府采购预算的比重是多少？")
    assert "6.72%" in str(answer["answer"])
    assert "对不上" in str(answer["answer"])
