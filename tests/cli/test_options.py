"""What several commands share: the release in force, from wherever the settings say it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app


@pytest.mark.parametrize(
    "arguments", [["check"], ["export"], ["train-embedding", "static", "--output", "model"]]
)
def test_commands_read_the_release_from_the_servers_that_are_set(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BUDGET_QA_DATABASE_URL", "nonsense://host/name")
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 4
    assert "BUDGET_QA_DATABASE_URL" in result.stderr


def test_command_line_starts_without_what_most_commands_do_not_need() -> None:
    heavy = "{'sqlalchemy', 'chromadb', 'fastapi', 'numpy', 'llama_index'}"
    code = f"import sys, cli.main; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
