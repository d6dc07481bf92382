"""Any sentence-transformers model as an ``Embedder``. Needs the extra ``transformers``.

PyTorch takes seconds to import: it is imported, and the model loaded, at the first text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from disclosure.embedding import Matrix, Vector
from disclosure.embedding.errors import ModelLoadError
from disclosure.embedding.local_models import fingerprint, model_directory, require_extra
from disclosure.settings import ModelSettings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_Model = TypeVar("_Model")


class SentenceEmbedder:
    """A bi-encoder by path or name; raises ``ModelError`` where it is not to be had.

    Prompts are the model's own (``query``; ``document``, ``passage`` or ``corpus``) unless the
    settings give others, an empty one included. The identity is the model's name with a hash of
    its files, and of the passages' prompt where that was set: what is embedded depends on nothing
    else. The question's prompt can be changed without embedding anew.
    """

    def __init__(self, name: str, settings: ModelSettings) -> None:
        require_extra()
        self._directory = model_directory(name, settings.download_models)
        self._settings = settings
        self._name = name
        # The tokenizers are not safe to share, and one call already uses all cores it is given.
        self._lock = Lock()
        self._loaded: SentenceTransformer | None = None
        self._dimension = 0

    @cached_property
    def identity(self) -> str:
        """Read from the whole of the model's files, a second or two for a large one."""
        return _identity(self._name, self._directory, self._settings.embedding_passage_prompt)

    @property
    def dimension(self) -> int:
        if not self._dimension:
            self._dimension = len(self.embed_query("一"))
        return self._dimension

    def embed_query(self, text: str) -> Vector:
        with self._lock:
            vectors = self._model().encode_query(
                [utf8(text)],
                prompt=self._settings.embedding_query_prompt,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors[0], dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:
            vectors = self._model().encode_document(
                [utf8(text) for text in texts],
                prompt=self._settings.embedding_passage_prompt,
                batch_size=self._settings.inference_batch,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    def _model(self) -> SentenceTransformer:
        if self._loaded is None:
            from sentence_transformers import SentenceTransformer

            self._loaded = load(SentenceTransformer, self._directory, self._settings)
        return self._loaded


def load(kind: Callable[..., _Model], directory: Path, settings: ModelSettings) -> _Model:
    """A model of a class of sentence-transformers, from its folder only."""
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    device = settings.inference_device
    try:
        return kind(str(directory), device=device or None, local_files_only=True)
    except Exception as error:  # libraries below raise of every kind; all mean the same here
        raise ModelLoadError(
            f"模型“{directory}”在设备“{device or '自动'}”上无法载入：{error}。"
            "请检查模型文件是否完整、BUDGET_QA_INFERENCE_DEVICE 是否可用。"
        ) from error


def utf8(text: str) -> str:
    """The tokenizers take UTF-8, which cannot hold lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _identity(name: str, directory: Path, passage_prompt: str | None) -> str:
    by_path = Path(name).expanduser().is_dir()
    shown = directory.name if by_path else name.rsplit("/", 1)[-1]
    digest = fingerprint(directory)
    if passage_prompt is not None:
        digest = sha256(f"{digest}\0{passage_prompt}".encode()).hexdigest()
    return f"st-{shown}-{digest[:16]}"
