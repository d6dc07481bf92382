"""What is loaded, as the API lists it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.qa_service.api.conftest import MakeClient
from tests.support import scripted
from tests.support.scripted import ScriptedService


def test_disclosures_are_listed_with_region_year_and_units(client: TestClient) -> None:
    page = client.get("/api/disclosures").json()
    assert (page["total"], page["limit"], page["offset"]) == (1, 50, 0)
    [one] = page["items"]
    assert (one["id"], one["title"], one["year"]) == ("d1", scripted.TITLE, 2031)
    assert one["region"] == {"province": "海东省", "city": "云山市", "district": ""}
    assert one["units"][0] == {"code": "701001", "name": "云山市园林局", "head_office": True}


def test_pages_join_to_the_whole_list(make_client: MakeClient) -> None:
    client = make_client(ScriptedService(copies=7))
    pages = [
        client.get("/api/disclosures", params={"limit": 3, "offset": offset}).json()
        for offset in (0, 3, 6, 9)
    ]
    assert [len(page["items"]) for page in pages] == [3, 3, 1, 0]
    assert {page["total"] for page in pages} == {7}
    assert [item["id"] for page in pages for item in page["items"]] == [
        f"d{number}" for number in range(1, 8)
    ]


def test_nothing_loaded_is_an_empty_list(make_client: MakeClient) -> None:
    client = make_client(ScriptedService(loaded=False))
    assert client.get("/api/disclosures").json()["items"] == []
    assert client.get("/api/starters").json() == {"questions": []}


def test_starters_are_questions(client: TestClient) -> None:
    assert client.get("/api/starters").json() == {"questions": scripted.STARTERS}


def test_row_that_prints_a_figure_comes_with_its_headers(client: TestClient) -> None:
    row = client.get("/api/disclosures/d1/facts/f-project/row").json()
    assert row == {
        "table": "表3《部门支出总体情况表》",
        "unit": "万元",
        "headers": [
            ["科目编码"], ["科目名称"], ["合计"], ["支出", "基本支出"], ["支出", "项目支出"],
        ],
        "cells": ["", "合计", "3,200.50", "1,200.10", "2,000.40"],
        "column": 4,
    }  # fmt: skip


def test_paragraph_around_a_sentence_can_be_read(client: TestClient) -> None:
    paragraph = client.get("/api/disclosures/d1/passages/p1").json()
    assert paragraph["section"] == ["第二部分", "二、部门收入总体情况说明"]
    assert scripted.ANSWERS[scripted.WHY].citations[0].quote in paragraph["text"]


@pytest.mark.parametrize("path", ["d1/passages/none", "d9/passages/p1"])
def test_unknown_paragraph_is_not_found(client: TestClient, path: str) -> None:
    response = client.get(f"/api/disclosures/{path}")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_row_of_an_unknown_figure_or_disclosure_is_not_found(client: TestClient) -> None:
    for path in ("d1/facts/none", "d9/facts/f-total", "%00/facts/%00"):
        response = client.get(f"/api/disclosures/{path}/row")
        assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_every_page_links_to_its_neighbours(make_client: MakeClient) -> None:
    client = make_client(ScriptedService(copies=7))
    found, address = [], "/api/disclosures?limit=3"
    while address:
        page = client.get(address)
        found += [item["id"] for item in page.json()["items"]]
        address = page.links.get("next", {}).get("url", "")
    assert found == [f"d{number}" for number in range(1, 8)]
    assert page.links["prev"]["url"] == "/api/disclosures?limit=3&offset=3"
    assert page.links["first"]["url"] == "/api/disclosures?limit=3&offset=0"
    assert page.links["last"]["url"] == "/api/disclosures?limit=3&offset=6"
    assert "next" not in page.links


def test_links_of_an_empty_list_lead_nowhere_else(make_client: MakeClient) -> None:
    page = make_client(ScriptedService(loaded=False)).get("/api/disclosures")
    assert set(page.links) == {"first", "last"}
