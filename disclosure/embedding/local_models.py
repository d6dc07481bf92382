"""Where a model's files lie and what they are. Nothing is downloaded unless that is allowed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import file_digest, sha256
from importlib.util import find_spec
from pathlib import Path

from disclosure.embedding.errors import ExtraMissingError, ModelNotFoundError

#: Where names without an owner are looked for, as sentence-transformers does.
_DEFAULT_OWNER = "sentence-transformers"
#: A model's folder holds at least one of these.
_MARKS = ("modules.json", "config.json")
#: Files that decide a model's vectors: its parts, their configuration, tokenizer and weights.
_DECISIVE = ("*.json", "*.txt", "*.model", "*.safetensors", "*.bin")
#: Other files beside them: copies for other engines, notes on training, hub metadata.
_OTHER_ENGINES = frozenset({"onnx", "openvino"})
_NOTES = frozenset({"data_config.json", "training.json", "model_args.json"})
_NOT_NEEDED = ["onnx/*", "openvino/*", "*.onnx", "*.h5", "*.ot", "*.msgpack", "*.tflite"]


def require_extra() -> None:
    """Raises ``ExtraMissingError`` where the extra ``transformers`` is not installed. Keeps its
    libraries from reaching for the network by themselves: call it before they are imported."""
    if find_spec("sentence_transformers") is None:
        raise ExtraMissingError(
            "以 st: 开头的模型需要 sentence-transformers，本机没有安装。请运行："
            'pip install "sentence-transformers>=6"'
            '（在项目目录中也可以运行 pip install -e ".[transformers]"）'
        )
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")


def model_directory(name: str, download: bool = False) -> Path:
    """The folder of a model given by path, or by its name on the Hugging Face hub and kept in this
    machine's cache. Raises ``ModelNotFoundError``."""
    path = Path(name).expanduser()
    if path.is_dir():
        if not any((path / mark).is_file() for mark in _MARKS):
            raise ModelNotFoundError(
                f"“{name}”不是模型文件夹（缺少 modules.json 或 config.json）。"
                "请把设置改为模型所在的文件夹。"
            )
        return path.resolve()
    if path.is_absolute() or name.startswith((".", "~")) or name.count("/") > 1:
        raise ModelNotFoundError(f"没有模型文件夹“{name}”。请检查路径。")
    return _from_hub(name, download)


def fingerprint(directory: Path) -> str:
    """The hash of what decides the model's output; the same model in two places has the same."""
    total = sha256()
    for path in _decisive_files(directory):
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        total.update(f"{path.relative_to(directory).as_posix()}\0{digest}\n".encode())
    return total.hexdigest()


def _decisive_files(directory: Path) -> Iterator[Path]:
    files = {path for pattern in _DECISIVE for path in directory.rglob(pattern)}
    # Where both forms of the weights are there, safetensors are what is loaded.
    both = any(path.suffix == ".safetensors" for path in files)
    for path in sorted(files):
        inside = path.relative_to(directory).parts
        hidden = any(part.startswith(".") for part in inside)
        if hidden or _OTHER_ENGINES & set(inside) or path.name in _NOTES:
            continue
        if path.is_file() and not (both and path.suffix == ".bin"):
            yield path


def _from_hub(name: str, download: bool) -> Path:
    from huggingface_hub import constants, snapshot_download

    if download:
        # Read when the library was imported, perhaps before this setting was.
        constants.HF_HUB_OFFLINE = False
    names = [name] if "/" in name else [f"{_DEFAULT_OWNER}/{name}", name]
    cause: Exception | None = None
    for candidate in names:
        try:
            return Path(
                snapshot_download(
                    candidate, local_files_only=not download, ignore_patterns=_NOT_NEEDED
                )
            )
        except (OSError, ValueError) as error:  # not cached, no network, no such name
            cause = cause or error
    remedy = (
        "下载也没有成功，请检查名称和网络"
        if download
        else "本服务默认不联网。请先把模型放到本机，再把设置改为它的文件夹（st:/文件夹）；"
        "或者设 BUDGET_QA_DOWNLOAD_MODELS=true 允许下载"
    )
    raise ModelNotFoundError(f"本机没有模型“{name}”。{remedy}。") from cause
