"""The console script: exit statuses, JSON, and messages that say what to do."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.findings import Checked, passed_share
from cli.findings_page import page
from cli.main import app
from disclosure.model import Disclosure, Finding, Kind, Level, Outcome, Region
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
    report = tmp_path / "report.html"
    result = run("check", "--data-dir", data_dir, "--html", report)
    assert result.exit_code == 0
    assert "临海市渔业局" in result.output
    assert "临海市渔业局" in report.read_text(encoding="utf-8")
    (one,) = json.loads(run("check", "--json", "--data-dir", data_dir).stdout)
    assert one["department"] == "临海市渔业局"
    assert one["checks"]["pass"] > 20
    assert one["passed_share"] == "100.00%"
    assert len(one["findings"]) == sum(one["checks"].values())


def test_check_shows_each_mismatch_with_its_difference(folder: Path) -> None:
    text = disclosure_text().replace(
        "2130101\t行政运行\t150.00\t150.00\t0.00", "2130101\t行政运行\t150.00\t150.00\t7.00", 1
    )
    (folder / "in" / "a.txt").write_text(text, encoding="utf-8")
    ingested = run("ingest", "in")
    assert "合计=基本支出+项目支出" in ingested.output.replace("\n", "")
    report = folder / "report.html"
    shown = run("check", "--html", report).output.replace("\n", "")
    assert "“行政运行”行" in shown
    assert "少7" in shown
    (one,) = json.loads(run("check", "--json").stdout)
    wrong = [f for f in one["findings"] if f["outcome"] == "mismatch"]
    assert {"rule": "合计=基本支出+项目支出", "difference": "-7"} in [
        {"rule": f["rule"], "difference": f["difference"].removesuffix(".00")} for f in wrong
    ]
    assert "合计=基本支出+项目支出" in report.read_text(encoding="utf-8")


def test_the_page_of_findings_needs_nothing_and_escapes_what_documents_say() -> None:
    disclosure = Disclosure(
        "d", "<b>局</b>", "", Region(), 2031, Kind.BUDGET, Level.DEPARTMENT, "<i>题</i>", (), (), ()
    )
    found = Finding("d", "合计=各科目之和", Outcome.MISMATCH, "<script>alert(1)</script>")
    html = page([Checked(disclosure, (found,))])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<b>局" not in html
    assert "<i>题" not in html
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", html)


def test_what_was_not_checked_never_counts_as_passed() -> None:
    assert passed_share(Counter({Outcome.NOT_CHECKED: 5})) == "—"
    assert passed_share(Counter({Outcome.PASS: 1, Outcome.NOT_CHECKED: 9})) == "100.00%"
    assert passed_share(Counter({Outcome.PASS: 99_999, Outcome.MISMATCH: 1})) == "99.99%"


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
