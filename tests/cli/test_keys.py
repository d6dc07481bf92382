"""``budget-qa keys``: keys are shown once, listed without their secret, and ended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from qa_service.records.database import open_records
from qa_service.records.keys import KeyRefusedError, Keys
from qa_service.records.scopes import KeyScope


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data_dir: Path, *arguments: str) -> Result:
    command = ["keys", *arguments, "--data-dir", str(data_dir)]
    return CliRunner().invoke(app, command, env={"COLUMNS": "200"})


def test_key_is_shown_once_and_opens_what_was_chosen(data_dir: Path) -> None:
    made = run(data_dir, "add", "统计程序", "--scope", "ask", "--scope", "mcp", "--days", "90")
    assert made.exit_code == 0
    text = made.stdout.strip()
    keys = Keys(open_records(data_dir))
    assert keys.open(text, KeyScope.MCP).name == "统计程序"
    with pytest.raises(KeyRefusedError):
        keys.open(text, KeyScope.READ)
    listed = run(data_dir, "list").output
    assert "统计程序" in listed
    assert "有效" in listed
    assert text.split("_", 2)[2] not in listed


def test_json_has_everything_that_a_script_needs(data_dir: Path) -> None:
    made = json.loads(
        run(data_dir, "add", "一", "--days", "30", "--per-minute", "60", "--json").stdout
    )
    assert made["scopes"] == ["ask", "read"]
    assert made["per_minute"] == 60
    assert made["expires"] > made["created"]
    assert Keys(open_records(data_dir)).open(made["key"], KeyScope.READ).id == made["id"]
    (listed,) = json.loads(run(data_dir, "list", "--json").stdout)
    assert listed == {name: value for name, value in made.items() if name != "key"} | {
        "used": listed["used"]
    }


def test_revoked_key_opens_nothing(data_dir: Path) -> None:
    made = json.loads(run(data_dir, "add", "一", "--json").stdout)
    assert run(data_dir, "revoke", made["id"]).exit_code == 0
    with pytest.raises(KeyRefusedError):
        Keys(open_records(data_dir)).open(made["key"], KeyScope.ASK)
    assert "已撤销" in run(data_dir, "list").output
    again = run(data_dir, "revoke", made["id"], "unknown")
    assert again.exit_code == 3
    assert "unknown" in again.stderr


@pytest.mark.parametrize(
    "arguments", [("add", ""), ("add", "一", "--days", "0"), ("add", "一", "--scope", "everything")]
)
def test_impossible_keys_are_refused(data_dir: Path, arguments: tuple[str, ...]) -> None:
    assert run(data_dir, *arguments).exit_code == 2
