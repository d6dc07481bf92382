"""API keys at the HTTP interface: what they open, their limits, and when one is needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from qa_service.api.application import create_app
from qa_service.records.database import open_records
from qa_service.records.keys import Keys
from qa_service.records.scopes import KeyScope
from qa_service.settings import Settings
from tests.support import scripted
from tests.support.scripted import ScriptedService

QUESTION = {"question": scripted.TOTAL}


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(open_records(tmp_path))


def serving(data_dir: Path, **settings: Any) -> TestClient:
    app = create_app(ScriptedService(), Settings(data_dir=data_dir, **settings))
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def open_to_all(tmp_path: Path) -> Iterator[TestClient]:
    with serving(tmp_path) as client:
        yield client


@pytest.fixture
def requiring(tmp_path: Path) -> Iterator[TestClient]:
    with serving(tmp_path, require_keys=True) as client:
        yield client


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_nobody_needs_a_key_by_default(open_to_all: TestClient) -> None:
    assert open_to_all.post("/api/ask", json=QUESTION).status_code == 200
    assert open_to_all.get("/api/disclosures").status_code == 200


@pytest.mark.parametrize("text", ["bqa_0123456789ab_" + "A" * 43, "something"])
def test_wrong_key_is_told_even_where_none_is_needed(open_to_all: TestClient, text: str) -> None:
    response = open_to_all.post("/api/ask", json=QUESTION, headers=bearer(text))
    assert (response.status_code, response.json()["code"]) == (401, "invalid_key")
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert "content-security-policy" in response.headers


def test_revoked_and_expired_keys_are_told_apart(keys: Keys, open_to_all: TestClient) -> None:
    made, revoked = keys.add("一", [KeyScope.ASK])
    keys.revoke(made.id)
    _, expired = keys.add("二", [KeyScope.ASK], lifetime=-1)
    codes = {
        text: open_to_all.post("/api/ask", json=QUESTION, headers=bearer(text)).json()["code"]
        for text in (revoked, expired)
    }
    assert codes == {revoked: "revoked_key", expired: "expired_key"}


def test_key_opens_only_its_scopes(keys: Keys, open_to_all: TestClient) -> None:
    _, text = keys.add("一", [KeyScope.READ])
    assert open_to_all.get("/api/disclosures", headers=bearer(text)).status_code == 200
    response = open_to_all.post("/api/ask", json=QUESTION, headers=bearer(text))
    assert (response.status_code, response.json()["code"]) == (403, "insufficient_scope")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/ask"),
        ("POST", "/api/ask/stream"),
        ("GET", "/api/disclosures"),
        ("POST", "/mcp"),
    ],
)
def test_required_key_is_asked_for(requiring: TestClient, method: str, path: str) -> None:
    response = requiring.request(method, path, json=QUESTION)
    assert (response.status_code, response.json()["code"]) == (401, "key_required")
    assert response.headers["www-authenticate"] == "Bearer"


def test_required_key_opens(keys: Keys, requiring: TestClient) -> None:
    _, text = keys.add("一", [KeyScope.ASK])
    assert requiring.post("/api/ask", json=QUESTION, headers=bearer(text)).status_code == 200


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/metrics", "/docs"])
def test_pages_and_supervision_need_no_key(requiring: TestClient, path: str) -> None:
    assert requiring.get(path).status_code == 200


def test_own_page_needs_no_key_but_another_sites_does(requiring: TestClient) -> None:
    own, other = ({"sec-fetch-site": site} for site in ("same-origin", "cross-site"))
    assert requiring.post("/api/ask", json=QUESTION, headers=own).status_code == 200
    assert requiring.post("/api/ask", json=QUESTION, headers=other).status_code == 401


def test_key_has_a_limit_of_its_own(keys: Keys, tmp_path: Path) -> None:
    _, slow = keys.add("一", [KeyScope.ASK], per_minute=2)
    _, other = keys.add("二", [KeyScope.ASK])
    with serving(tmp_path, rate_per_minute=1, rate_burst=1) as client:

        def ask(text: str | None) -> int:
            headers = bearer(text) if text else {}
            return client.post("/api/ask", json=QUESTION, headers=headers).status_code

        assert [ask(slow) for _ in range(3)] == [200, 200, 429]
        # Neither other keys nor those without a key are counted with it.
        assert [ask(other) for _ in range(3)] == [200, 200, 200]
        assert [ask(None) for _ in range(2)] == [200, 429]
        refused = client.post("/api/ask", json=QUESTION, headers=bearer(slow))
        assert refused.json()["code"] == "rate_limited"
        assert 1 <= int(refused.headers["retry-after"]) <= 30


def test_refusals_are_counted(requiring: TestClient) -> None:
    requiring.post("/api/ask", json=QUESTION)
    assert 'budget_qa_problems_total{code="key_required"} 1.0' in requiring.get("/metrics").text
