"""Planners side by side: a scripted model plans for one, the embedded planner for the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from eval.cli import app
from qa_service.answering.service import EmbeddedService
from qa_service.service import AnswerService
from tests.support.endpoint import MODEL, Does, Request, ScriptedEndpoint, calls
from tests.support.model import copies_all
from tests.support.oracle import Oracle

UNKNOWN = "小轿车保养要掏多少"
CASES = f"""
theme: lookup
part: dev
cases:
  - id: both
    question: "三公经费预算是多少？"
    expect: {{status: answered, figures: [{{value: "12.94", unit: 万元}}]}}
  - id: only-model
    question: "{UNKNOWN}"
    expect: {{status: answered, figures: [{{value: "8.00", unit: 万元}}]}}
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "lookup.yaml").write_text(CASES, encoding="utf-8")
    return folder


def evaluate(cases: Path, data: Path, *options: str) -> Result:
    arguments = ["--cases", str(cases), "--data-dir", str(data), "--no-gate", *options]
    return CliRunner().invoke(app, arguments)


def test_three_planners_are_compared(
    cases: Path,
    shipped_data: Path,
    shipped_service: AnswerService,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert isinstance(shipped_service, EmbeddedService)
    library = shipped_service.library()
    assert library is not None
    oracle = Oracle(shipped_service.explain, library.disclosures())

    def model(request: Request) -> Does:
        if UNKNOWN not in request.told[1]:
            return oracle(request)
        if request.body["messages"][-1]["role"] == "tool":
            return copies_all(request)
        return calls(("lookup", {"selectors": [{"item": "公务用车运行维护费"}]}))

    written = tmp_path / "result.json"
    with ScriptedEndpoint([model]) as endpoint:
        monkeypatch.setenv("BUDGET_QA_LLM_BASE_URL", endpoint.url)
        monkeypatch.setenv("BUDGET_QA_LLM_MODEL", MODEL)
        result = evaluate(
            cases, shipped_data, "--planner", "embedded,llm,auto", "--json", str(written)
        )
    assert result.exit_code == 0, result.output
    assert "规划器对照" in result.output
    assert "only-model" in result.output
    planners = json.loads(written.read_text(encoding="utf-8"))["planners"]
    told = {
        name: (run["accuracy"], run["answered_by_model"], run["requests"])
        for name, run in planners.items()
    }
    assert told == {"embedded": (0.5, 0, 0), "llm": (1.0, 2, 4), "auto": (1.0, 1, 2)}
    assert planners["auto"]["prompt_tokens"] > 0
    assert planners["embedded"]["verdicts"]["main.dev/lookup/only-model"] != "right"


@pytest.mark.parametrize("names", ["", "gpt", "embedded,embedded", "embedded;llm"])
def test_a_planner_that_does_not_exist_is_a_usage_error(
    cases: Path, shipped_data: Path, names: str
) -> None:
    assert evaluate(cases, shipped_data, "--planner", names).exit_code == 2


def test_a_model_without_its_endpoint_is_a_usage_error(cases: Path, shipped_data: Path) -> None:
    result = evaluate(cases, shipped_data, "--planner", "embedded,llm")
    assert result.exit_code == 2
    assert "BUDGET_QA_LLM_BASE_URL" in result.output
