"""Candidates, standard answers, accounts and the audit log over HTTP: who may do what."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.qa_service.api.staff.conftest import PASSWORD
from tests.support import scripted

EXPECTED = {
    "status": "answered",
    "figures": [{"value": "3200.50", "unit": "万元"}],
    "contains": ["支出总预算"],
    "excludes": [],
    "cites": ["表3"],
}
WORDING = "2031年支出总预算3,200.50万元。"


def mark(client: TestClient) -> int:
    taken = client.post("/api/staff/inquiries", json={"question": scripted.TOTAL}).json()
    marked = client.post(
        "/api/staff/candidates",
        json={"inquiry_id": taken["inquiry"]["id"], "mark": "wrong", "note": "少了一项"},
    )
    assert marked.status_code == 200, marked.text
    candidate_id: int = marked.json()["id"]
    return candidate_id


def test_marked_answer_is_reviewed_by_a_reviewer_only(
    answerer: TestClient, reviewer: TestClient
) -> None:
    path = f"/api/staff/candidates/{mark(answerer)}/review"
    decision = {"accept": True, "question": scripted.TOTAL, "expected": EXPECTED}
    refused = answerer.post(path, json=decision)
    assert refused.status_code == 403
    assert "审核员" in refused.json()["detail"]
    accepted = reviewer.post(path, json=decision).json()
    assert (accepted["state"], accepted["reviewer"]) == ("accepted", "赵静")
    (listed,) = answerer.get("/api/staff/candidates").json()
    assert listed["expected"] == EXPECTED
    assert listed["documents"] == ["云山市园林局2031.txt"]
    assert listed["note"] == "少了一项"


def test_expectation_must_be_figures(reviewer: TestClient) -> None:
    path = f"/api/staff/candidates/{mark(reviewer)}/review"
    for value in ("很多", "NaN", "", "1e", "Infinity"):
        wrong = EXPECTED | {"figures": [{"value": value, "unit": "万元"}]}
        body = {"accept": True, "question": "x", "expected": wrong}
        assert reviewer.post(path, json=body).status_code == 422, value
    missing = "/api/staff/candidates/99/review"
    body = {"accept": False, "question": "x", "expected": EXPECTED}
    assert reviewer.post(missing, json=body).status_code == 404


def test_standard_answer_is_proposed_by_anybody_and_approved_by_a_reviewer(
    answerer: TestClient, reviewer: TestClient
) -> None:
    wrong = answerer.post(
        "/api/staff/standard-answers",
        json={"question": scripted.TOTAL, "text": "支出总预算3,200.60万元。"},
    )
    assert wrong.status_code == 422
    assert "3,200.60万元" in wrong.json()["detail"]
    made = answerer.post(
        "/api/staff/standard-answers", json={"question": scripted.TOTAL, "text": WORDING}
    ).json()
    assert made["state"] == "proposed"
    assert made["figures"] == [{"label": "支出总预算", "value": "3200.50", "unit": "万元"}]
    path = f"/api/staff/standard-answers/{made['id']}"
    assert answerer.post(f"{path}/approve", json={"text": WORDING}).status_code == 403
    assert answerer.post(f"{path}/retire").status_code == 403
    assert reviewer.post(f"{path}/approve", json={"text": "3,200.60万元"}).status_code == 422
    approved = reviewer.post(f"{path}/approve", json={"text": WORDING}).json()
    assert (approved["state"], approved["reviewer"]) == ("approved", "赵静")
    assert reviewer.post(f"{path}/retire").json()["state"] == "retired"
    assert [s["state"] for s in answerer.get("/api/staff/standard-answers").json()] == ["retired"]
    assert reviewer.post("/api/staff/standard-answers/9/retire").status_code == 404


def test_accounts_and_the_audit_log_are_for_admins(
    answerer: TestClient, reviewer: TestClient, admin: TestClient
) -> None:
    for client in (answerer, reviewer):
        for path in ("/api/staff/accounts", "/api/staff/audit"):
            assert client.get(path).status_code == 403
        body = {"name": "新人", "role": "admin", "password": PASSWORD}
        assert client.post("/api/staff/accounts", json=body).status_code == 403
    assert [a["name"] for a in admin.get("/api/staff/accounts").json()]


def test_admin_manages_accounts(answerer: TestClient, admin: TestClient) -> None:
    body = {"name": "新人", "role": "answerer", "password": PASSWORD}
    made = admin.post("/api/staff/accounts", json=body).json()
    assert "password" not in made
    assert admin.post("/api/staff/accounts", json=body).status_code == 422
    assert admin.post("/api/staff/accounts", json=body | {"password": "短"}).status_code == 422
    path = f"/api/staff/accounts/{made['id']}"
    assert admin.patch(path, json={"role": "reviewer"}).json()["role"] == "reviewer"
    ids = {a["name"]: a["id"] for a in admin.get("/api/staff/accounts").json()}
    assert admin.patch(f"/api/staff/accounts/{ids['李明']}", json={"disabled": True}).json()[
        "disabled"
    ]
    assert answerer.get("/api/staff/session").status_code == 401
    last = admin.patch(f"/api/staff/accounts/{ids['王芳']}", json={"role": "answerer"})
    assert last.status_code == 422
    assert "最后一个" in last.json()["detail"]
    assert admin.patch("/api/staff/accounts/99", json={}).status_code == 404


def test_audit_log_says_who_changed_what(answerer: TestClient, admin: TestClient) -> None:
    taken = answerer.post("/api/staff/inquiries", json={"question": scripted.TOTAL}).json()
    path = f"/api/staff/inquiries/{taken['inquiry']['id']}"
    answerer.patch(path, json={"note": "回电13812345678"})
    mark(answerer)
    admin.get("/api/staff/inquiries/export.csv")
    log = admin.get("/api/staff/audit").json()
    assert [(e["account"], e["action"]) for e in log] == [
        ("王芳", "inquiry.export"),
        ("李明", "candidate.propose"),
        ("李明", "inquiry.note"),
    ]
    assert log[2]["detail"] == "（空） → 回电138****5678"
    older = admin.get("/api/staff/audit", params={"before": log[0]["id"], "limit": 1}).json()
    assert older == log[1:2]
    assert admin.get("/api/staff/audit", params={"account": "王芳"}).json() == log[:1]
