"""The explorer's routes: choices, tables shown whole, and what is no sum."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


def test_choices_are_what_is_held(answerer: TestClient) -> None:
    choices = answerer.get("/api/staff/choices").json()
    (held,) = choices["disclosures"]
    assert (held["department"], held["year"], held["kind"]) == ("云山市园林局", 2031, "预算")
    assert {"kind": "projects", "name": "项目支出表"} in choices["table_kinds"]


def test_table_is_shown_whole(answerer: TestClient) -> None:
    (named,) = answerer.get("/api/staff/disclosures/d1/tables").json()
    assert named["name"] == "表3《部门支出总体情况表》"
    table = answerer.get(f"/api/staff/disclosures/d1/tables/{named['id']}").json()
    assert [row["cells"][1] for row in table["rows"]] == ["合计", "城乡社区支出"]
    assert not any(row["cited"] for row in table["rows"])
    assert answerer.get("/api/staff/disclosures/d1/tables/x").status_code == 404


def test_sum_is_exact_and_says_what_it_cannot_add(answerer: TestClient) -> None:
    facts = [{"disclosure_id": "d1", "id": "f-total"}, {"disclosure_id": "d1", "id": "f-project"}]
    done = answerer.post("/api/staff/facts/sum", json={"facts": facts}).json()
    assert (done["value"], done["unit"], done["count"]) == ("5200.90", "万元", 2)
    assert done["formula"] == "3,200.50 + 2,000.40 = 5,200.90万元"
    gone = answerer.post(
        "/api/staff/facts/sum", json={"facts": [{"disclosure_id": "d1", "id": "x"}]}
    )
    assert gone.status_code == 422
    assert "刷新" in gone.json()["detail"]
    assert answerer.post("/api/staff/facts/sum", json={"facts": []}).status_code == 422
    wrong = answerer.post("/api/staff/facts/sum", json={"facts": facts, "unit": "名"})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    "query",
    ["sort=colour", "limit=0", "limit=5000", "year=12", "measure=x", "table_kind=y", "words=%00"],
)
def test_what_cannot_be_looked_for_is_refused(answerer: TestClient, query: str) -> None:
    assert answerer.get(f"/api/staff/facts?{query}").status_code == 422


def test_export_is_noted(answerer: TestClient, admin: TestClient) -> None:
    response = answerer.get("/api/staff/facts/export.csv")
    assert response.text.startswith("\ufeff部门,年度")
    (entry,) = admin.get("/api/staff/audit").json()
    assert (entry["account"], entry["action"]) == ("李明", "facts.export")
