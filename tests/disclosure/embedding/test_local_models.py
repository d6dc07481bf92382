"""Models come from this machine; the network is not so much as tried unless that is allowed."""

from __future__ import annotations

import shutil
import socket
import tomllib
from pathlib import Path

import pytest
from huggingface_hub import constants

from disclosure.embedding.errors import ExtraMissingError, ModelNotFoundError
from disclosure.embedding.local_models import fingerprint, model_directory, require_extra
from tests.support.models import static_model

ROOT = Path(__file__).parents[3]


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the hub."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every address that is looked up or connected to; none is reached."""
    addresses: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        addresses.append(arguments)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return addresses


def test_without_the_extra_the_command_that_installs_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("disclosure.embedding.local_models.find_spec", lambda _: None)
    with pytest.raises(ExtraMissingError, match="pip install") as told:
        require_extra()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["optional-dependencies"]["transformers"][0]
    assert f'pip install "{wanted}"' in str(told.value)


def test_a_folder_is_a_model_by_what_it_holds(tmp_path: Path) -> None:
    model = static_model(tmp_path / "model", ["支出"])
    assert model_directory(str(model)) == model
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelNotFoundError, match="不是模型文件夹"):
        model_directory(str(tmp_path / "empty"))


@pytest.mark.parametrize("path", ["/no/such/model", "./no-model", "a/b/c"])
def test_a_path_that_leads_nowhere_is_not_taken_for_a_name(path: str, tried: list[object]) -> None:
    with pytest.raises(ModelNotFoundError, match="没有模型文件夹"):
        model_directory(path, download=True)
    assert tried == []


@pytest.mark.parametrize("name", ["some-model", "owner/some-model", "not a name"])
def test_a_name_not_on_this_machine_is_refused_without_trying_the_network(
    name: str, hub: Path, tried: list[object]
) -> None:
    with pytest.raises(ModelNotFoundError, match=r"默认不联网.*BUDGET_QA_DOWNLOAD_MODELS"):
        model_directory(name)
    assert tried == []


def test_the_network_is_tried_where_it_is_allowed(
    hub: Path, tried: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)  # put back after the test
    with pytest.raises(ModelNotFoundError, match="下载也没有成功"):
        model_directory("owner/some-model", download=True)
    assert tried


@pytest.mark.parametrize("name", ["owner/cached", "cached"])
def test_a_name_in_the_cache_is_found(
    name: str, hub: Path, tmp_path: Path, tried: list[object]
) -> None:
    owner = "owner" if "/" in name else "sentence-transformers"
    kept = hub / f"models--{owner}--cached"
    (kept / "refs").mkdir(parents=True)
    (kept / "refs" / "main").write_text("0123abcd")
    snapshot = static_model(kept / "snapshots" / "0123abcd", ["支出"])
    assert model_directory(name) == snapshot
    assert tried == []


def test_the_fingerprint_is_of_what_decides_the_vectors(tmp_path: Path) -> None:
    model = static_model(tmp_path / "a", ["支出"])
    first = fingerprint(model)
    copy = shutil.copytree(model, tmp_path / "b")
    (copy / "onnx").mkdir()
    (copy / "onnx" / "config.json").write_text("{}")
    (copy / ".cache").mkdir()
    (copy / ".cache" / "x.json").write_text("{}")
    (copy / "pytorch_model.bin").write_bytes(b"the same weights in another form")
    assert fingerprint(copy) == first
    tokenizer = copy / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text().replace("支", "收"))
    assert fingerprint(copy) != first
