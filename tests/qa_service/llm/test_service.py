"""The LLM planner as an operator turns it on: by environment, seen over HTTP and in metrics."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa_service.answering.service import EmbeddedService, open_service
from qa_service.api.application import create_app
from qa_service.llm.settings import LlmSettings
from qa_service.settings import Settings
from tests.qa_service.llm.conftest import MEANT, UNKNOWN
from tests.support.endpoint import MODEL, ScriptedEndpoint, calls
from tests.support.model import copies

LOOKUP = calls(("lookup", {"selectors": [{"item": MEANT}]}))


def test_by_environment_over_http_and_in_metrics(
    shipped_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedEndpoint([LOOKUP, copies]) as endpoint:
        for name, value in {
            "PLANNER": "auto",
            "LLM_BASE_URL": endpoint.url,
            "LLM_MODEL": MODEL,
            "LLM_API_KEY": "sk-test",
        }.items():
            monkeypatch.setenv(f"BUDGET_QA_{name}", value)
        service = open_service(shipped_data)
        assert isinstance(service, EmbeddedService)
        with TestClient(create_app(service, Settings())) as client:
            asked = [
                client.post("/api/ask", json={"question": question}).json()
                for question in ("三公经费预算是多少？", UNKNOWN)
            ]
            metrics = client.get("/metrics").text
        service.close()
    assert [answer["planner"] for answer in asked] == ["embedded", "llm"]
    assert 'budget_qa_llm_questions_total{outcome="used"} 1.0' in metrics
    assert 'budget_qa_questions_total{status="answered"} 2.0' in metrics
    assert endpoint.requests[0].authorization == "Bearer sk-test"


def test_the_key_shows_nowhere() -> None:
    settings = LlmSettings(llm_api_key="sk-secret")
    assert "sk-secret" not in repr(settings)
    assert "sk-secret" not in settings.model_dump_json()


def test_the_embedded_mode_loads_no_llm_library(shipped_data: Path) -> None:
    """Whoever asks no model pays no start-up for one."""
    program = (
        "import sys; from pathlib import Path;"
        "from qa_service.answering.service import open_service;"
        f"open_service(Path({str(shipped_data)!r})).ask('三公经费多少');"
        "print([m for m in ('openai', 'llama_index.llms', 'llama_index.core.workflow',"
        " 'qa_service.llm.planner') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout.strip() == "[]", ran.stderr
