"""The command: what it asks, prints, writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from eval.cli import app

CASES = """
theme: lookup
part: dev
cases:
  - id: right
    question: "三公经费预算是多少？"
    expect: {status: answered, figures: [{value: "12.94", unit: 万元}]}
"""
WRONG = """
theme: wrong
part: heldout
cases:
  - id: wrong
    question: "公务接待费预算是多少？"
    expect: {status: answered, figures: [{value: "99.99", unit: 万元}]}
"""
ABSENT = """
theme: absent
part: dev
documents: [absent.pdf]
cases:
  - id: absent
    question: "某局的三公经费？"
    expect: {status: answered}
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    for name, text in (("lookup", CASES), ("wrong", WRONG), ("absent", ABSENT)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def evaluate(cases: Path, data: Path, *options: str) -> Result:
    arguments = ["--cases", str(cases), "--data-dir", str(data), *options]
    return CliRunner().invoke(app, arguments)


def test_the_gate_fails_on_a_wrong_figure(cases: Path, shipped_data: Path) -> None:
    result = evaluate(cases, shipped_data, "--gate")
    assert result.exit_code == 1
    assert "未达标" in result.output
    assert "99.99万元" in result.output


def test_one_part_alone_can_pass_it(cases: Path, shipped_data: Path, tmp_path: Path) -> None:
    written = tmp_path / "result.json"
    result = evaluate(cases, shipped_data, "--part", "dev", "--gate", "--json", str(written))
    assert result.exit_code == 0
    assert "absent.pdf" in result.output
    data = json.loads(written.read_text(encoding="utf-8"))
    assert [case["id"] for case in data["cases"]] == ["right"]
    assert data["groups"]["main.dev"]["accuracy"] == 1.0


def test_a_folder_without_cases_is_a_usage_error(tmp_path: Path, shipped_data: Path) -> None:
    assert evaluate(tmp_path, shipped_data).exit_code == 2
