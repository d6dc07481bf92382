"""A model of one's own: trained from what is loaded, put in force, asked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from disclosure.store.releases import Releases
from eval.corpus import SHIPPED
from tests.support.models import cross_encoder

#: A question that is answered by searching passages.
SEARCHED = "科技局怎样帮中小企业融资？"
FOUND = "为我市科技型中小企业提供融资服务"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], env={"COLUMNS": "200"})


def unwrapped(result: Result) -> str:
    """What was printed, however the terminal broke it."""
    return "".join(result.output.split())


@pytest.fixture(scope="module")
def trained(shipped_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained") / "own"
    result = run(
        "train-embedding", "static", "--output", folder, "--data-dir", shipped_data, "--json",
        "--epochs", "8",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == json.loads((folder / "training.json").read_text())
    return folder


@pytest.fixture
def data_dir(shipped_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(shipped_data, tmp_path / "data")


@pytest.fixture
def own(trained: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The trained model is the one that is set; its name."""
    monkeypatch.setenv("BUDGET_QA_EMBEDDING", f"st:{trained}")
    return str(json.loads((trained / "training.json").read_text())["identity"])


def test_training_finds_more_of_what_it_has_not_seen(trained: Path) -> None:
    told = json.loads((trained / "training.json").read_text())
    assert told["before"]["questions"] == told["after"]["questions"] > 50
    assert told["after"]["mrr"] > told["before"]["mrr"]
    assert told["after"]["hit@5"] > told["before"]["hit@5"]
    assert told["losses"][-1] < told["losses"][0]


def test_data_of_another_model_is_refused_until_it_is_embedded_anew(
    data_dir: Path, own: str
) -> None:
    refused = run("ask", SEARCHED, "--data-dir", data_dir)
    assert refused.exit_code == 4
    assert own in refused.output
    assert f"budget-qareembed--data-dir{data_dir}" in unwrapped(refused)

    embedded = run("reembed", "--data-dir", data_dir)
    assert embedded.exit_code == 0, embedded.output
    assert own in embedded.output
    release = Releases(data_dir).require()
    manifest = Releases(data_dir).manifest(release)
    assert manifest is not None
    assert manifest.embedder == own

    assert FOUND in unwrapped(run("ask", SEARCHED, "--data-dir", data_dir))
    again = run("reembed", "--data-dir", data_dir)
    assert "没有变化" in again.output
    assert "新生成向量 0 条" in again.output


def test_importing_embeds_all_that_is_held_anew(data_dir: Path, own: str) -> None:
    result = run("ingest", SHIPPED, "--data-dir", data_dir, "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert report["changed"]
    assert report["embedded"] > 100
    assert FOUND in unwrapped(run("ask", SEARCHED, "--data-dir", data_dir))


def test_the_default_model_can_be_taken_back(
    data_dir: Path, own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Releases(data_dir).require()
    assert run("reembed", "--data-dir", data_dir).exit_code == 0
    monkeypatch.delenv("BUDGET_QA_EMBEDDING")
    assert run("ask", SEARCHED, "--data-dir", data_dir).exit_code == 4
    assert run("reembed", "--data-dir", data_dir).exit_code == 0
    assert Releases(data_dir).require() == before


def test_a_reranker_answers_with_it(
    data_dir: Path, own: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("reembed", "--data-dir", data_dir).exit_code == 0
    reranker = cross_encoder(tmp_path / "reranker", [SEARCHED, FOUND])
    monkeypatch.setenv("BUDGET_QA_RERANKER", f"st:{reranker}")
    monkeypatch.setenv("BUDGET_QA_RERANK_DEPTH", "5")
    assert run("ask", SEARCHED, "--data-dir", data_dir).exit_code == 0
    monkeypatch.setenv("BUDGET_QA_RERANKER", "st:/no/such/model")
    missing = run("ask", SEARCHED, "--data-dir", data_dir)
    assert missing.exit_code == 4
    assert "没有模型文件夹“/no/such/model”" in missing.output


@pytest.mark.parametrize("command", ["ingest", "serve", "check", "reembed"])
def test_a_model_that_is_not_there_ends_every_command_before_it_starts(
    data_dir: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGET_QA_EMBEDDING", "st:/no/such/model")
    result = run(command, "--data-dir", data_dir)
    assert result.exit_code == 4
    assert "没有模型文件夹“/no/such/model”" in result.output


def test_nothing_is_overwritten_and_nothing_left_behind(
    shipped_data: Path, trained: Path, tmp_path: Path
) -> None:
    taken = run("train-embedding", "static", "--output", trained, "--data-dir", shipped_data)
    assert taken.exit_code == 2
    assert "不是空文件夹" in taken.output
    failed = run(
        "train-embedding", "/no/such/model", "--output", tmp_path / "m", "--data-dir", shipped_data
    )
    assert failed.exit_code == 4
    assert list(tmp_path.iterdir()) == []


def test_reembed_with_nothing_published_says_what_to_run(tmp_path: Path) -> None:
    result = run("reembed", "--data-dir", tmp_path / "none")
    assert result.exit_code == 4
    assert "budget-qa ingest" in result.output
