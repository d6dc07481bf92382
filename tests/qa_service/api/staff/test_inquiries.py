"""The desk and the log over HTTP."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.support import scripted

Json = Any


def take(client: TestClient, question: str = scripted.TOTAL, **more: str) -> Json:
    response = client.post("/api/staff/inquiries", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return response.json()


def test_inquiry_is_answered_with_its_evidence_open(answerer: TestClient) -> None:
    opened = take(answerer, channel="来访")
    assert opened["answer"]["answer"] == scripted.ANSWERS[scripted.TOTAL].answer
    assert opened["inquiry"]["account"] == "李明"
    assert opened["inquiry"]["channel"] == "来访"
    table = opened["evidence"][0]["table"]
    assert table["column"] == 2
    assert [row["cited"] for row in table["rows"]] == [True, False]
    assert opened["conversation_id"]
    again = answerer.get(f"/api/staff/inquiries/{opened['inquiry']['id']}").json()
    assert again["inquiry"] == opened["inquiry"]


def test_reply_is_taken_as_text_and_document(answerer: TestClient) -> None:
    path = f"/api/staff/inquiries/{take(answerer)['inquiry']['id']}"
    text = answerer.get(f"{path}/reply").json()["text"]
    assert text.startswith("您好！感谢您的来电。")
    assert "3,200.50万元" in text
    assert "《云山市园林局2031年部门预算公开说明》表3" in text
    document = answerer.get(f"{path}/reply.docx")
    assert document.content.startswith(b"PK")
    assert "attachment" in document.headers["content-disposition"]
    done = answerer.post(f"{path}/replied").json()
    assert (done["inquiry"]["state"], done["inquiry"]["reply"]) == ("已答复", text)


def test_reply_with_another_figure_is_refused(answerer: TestClient) -> None:
    path = f"/api/staff/inquiries/{take(answerer)['inquiry']['id']}"
    refused = answerer.patch(path, json={"reply": "支出总预算为3,300.50万元。"})
    assert refused.status_code == 422
    assert refused.json()["code"] == "unfounded_figure"
    assert "3,300.50万元" in refused.json()["detail"]
    saved = answerer.patch(path, json={"reply": "支出总预算为3,200.50万元。", "note": "急"})
    assert saved.status_code == 200
    assert [edit["field"] for edit in saved.json()["edits"]] == ["reply", "note"]
    assert answerer.get(f"{path}/reply").json()["text"] == "支出总预算为3,200.50万元。"


def test_log_is_searched_and_paged(answerer: TestClient, admin: TestClient) -> None:
    for question in (scripted.TOTAL, scripted.WHY, scripted.CLARIFY):
        take(answerer, question)
    take(admin, scripted.TOTAL)
    log = admin.get("/api/staff/inquiries", params={"account": "李明", "limit": 2}).json()
    assert log["total"] == 3
    assert [item["question"] for item in log["items"]] == [scripted.CLARIFY, scripted.WHY]
    found = admin.get("/api/staff/inquiries", params={"text": "原因"}).json()
    assert [item["question"] for item in found["items"]] == [scripted.WHY]
    assert admin.get("/api/staff/inquiries", params={"since": "2999-01-01"}).json()["total"] == 0
    assert admin.get("/api/staff/inquiries", params={"until": "2000-01-01"}).json()["total"] == 0


def test_export_runs_nothing_in_a_spreadsheet(answerer: TestClient) -> None:
    taken = take(answerer, '=HYPERLINK("http://x")，电话13812345678')
    answerer.patch(f"/api/staff/inquiries/{taken['inquiry']['id']}", json={"note": "@SUM(1)"})
    response = answerer.get("/api/staff/inquiries/export.csv")
    assert response.headers["content-type"].startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff")))
    assert row["问题"] == '\'=HYPERLINK("http://x")，电话138****5678'
    assert row["备注"] == "'@SUM(1)"
    assert row["结果"] == "没有公布"
    assert row["修改次数"] == "1"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": ""},
        {"question": "   "},
        {"question": "x" * 501},
        {"question": "a\u0000b"},
        {"question": "x", "channel": "电报"},
        {"question": "x", "year": 99},
        {"question": "x", "conversation_id": "../x"},
        {"question": "x", "unknown": 1},
    ],
)
def test_what_cannot_be_taken_is_refused(answerer: TestClient, body: Json) -> None:
    assert answerer.post("/api/staff/inquiries", json=body).status_code == 422


@pytest.mark.parametrize("path", ["", "/reply", "/reply.docx"])
def test_unknown_inquiry_is_told(answerer: TestClient, path: str) -> None:
    response = answerer.get(f"/api/staff/inquiries/99{path}")
    assert response.status_code == 404
    assert "99" in response.json()["detail"]


def test_unknown_reading_is_told(answerer: TestClient) -> None:
    path = f"/api/staff/inquiries/{take(answerer)['inquiry']['id']}/reading"
    for selector in (
        {"disclosure_id": "x", "name": "支出", "readings": [{}]},
        {"disclosure_id": "d1", "name": "支出", "readings": [{"axes": {"moon": "1"}}]},
        {"disclosure_id": "d1", "name": "支出", "readings": [{"axes": {"subject": "999"}}]},
        {"disclosure_id": "d1", "name": "支出", "readings": [{"measure": "x"}], "aspect": "y"},
    ):
        assert answerer.post(path, json=selector).status_code == 404, selector
    assert answerer.post(path, json={"readings": []}).status_code == 422
