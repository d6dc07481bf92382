"""The console script: exit statuses, JSON, and messages that say what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from tests.ingest.small import disclosure_text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory of its own, so that nothing is written beside the project."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BUDGET_QA_DATA_DIR", raising=False)
    (tmp_path / "in").mkdir()
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], env={"COLUMNS": "200"})


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with one small disclosure."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "a.txt").write_text(disclosure_text(), encoding="utf-8")
    result = run("ingest", folder / "a.txt", "--data-dir", folder / "data")
    assert result.exit_code == 0, result.output
    return folder / "data"


def test_help_names_every_command() -> None:
    output = run("--help").output
    assert all(name in output for name in ("ingest", "remove", "serve", "ask", "check", "eval"))


def test_ingest_shows_a_table_and_what_was_refused(folder: Path) -> None:
    (folder / "in" / "a.txt").write_text(disclosure_text(), encoding="utf-8")
    (folder / "in" / "b.txt").write_bytes(b"")
    result = run("ingest", "in")
    assert result.exit_code == 3
    assert "临海市渔业局" in result.output
    assert "b.txt" in result.output
    assert "拒绝 1" in result.output
    assert (folder / "var" / "current").exists()


def test_ingest_json_is_the_whole_report(folder: Path) -> None:
    (folder / "in" / "b.txt").write_bytes(b"")
    result = run("ingest", "in", "--json", "--data-dir", "d")
    assert result.exit_code == 4
    report = json.loads(result.stdout)
    assert report["exit_status"] == 4
    assert report["files"][0]["outcome"] == "refused"


def test_the_data_directory_comes_from_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGET_QA_DATA_DIR", str(folder / "elsewhere"))
    (folder / "in" / "a.txt").write_text(disclosure_text(), encoding="utf-8")
    assert run("ingest", "in").exit_code == 0
    assert (folder / "elsewhere" / "current").exists()
    assert not (folder / "var").exists()


def test_ask_answers_with_its_source(data_dir: Path) -> None:
    result = run("ask", "临海市渔业局2031年支出总预算是多少", "--data-dir", data_dir)
    assert result.exit_code == 0
    assert "200.00万元" in result.output
    assert "[1]" in result.output


def test_ask_json_is_the_public_contract(data_dir: Path) -> None:
    result = run("ask", "支出总预算是多少", "--json", "--data-dir", data_dir)
    answer = json.loads(result.stdout)
    assert answer["status"] == "answered"
    assert answer["citations"]


@pytest.mark.parametrize("command", [("ask", "支出是多少"), ("check",)])
def test_without_data_the_remedy_is_named(folder: Path, command: tuple[str, ...]) -> None:
    result = run(*command, "--data-dir", "empty")
    assert result.exit_code == 4
    assert "budget-qa ingest" in result.stderr


def test_check_lists_every_disclosure(data_dir: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    result = run("check", "--data-dir", data_dir, "--html", page)
    assert result.exit_code == 0
    assert "临海市渔业局" in result.output
    assert "临海市渔业局" in page.read_text(encoding="utf-8")
    (one,) = json.loads(run("check", "--json", "--data-dir", data_dir).stdout)
    assert one["department"] == "临海市渔业局"


def test_remove_takes_out_and_names_what_is_not_held(folder: Path) -> None:
    (folder / "in" / "a.txt").write_text(disclosure_text(), encoding="utf-8")
    report = json.loads(run("ingest", "in", "--json").stdout)
    disclosure_id = report["disclosures"][0]["id"]
    assert run("remove", "unknown").exit_code == 3
    assert run("remove", disclosure_id).exit_code == 0
    assert json.loads(run("check", "--json").stdout) == []


def test_eval_hands_over_to_the_evaluation() -> None:
    result = run("eval", "--help")
    assert result.exit_code == 0
    assert "--gate" in result.output
