"""A CrossEncoder of sentence-transformers as a ``Reranker``. Needs the extra ``transformers``."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from disclosure.embedding import Vector
from disclosure.embedding.errors import ModelLoadError
from disclosure.embedding.local_models import model_directory, require_extra
from disclosure.embedding.sentence_transformers import load, utf8
from disclosure.settings import ModelSettings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class CrossEncoderReranker:
    """Reads the question and a passage together, which is slower and more exact than vectors."""

    def __init__(self, name: str, settings: ModelSettings) -> None:
        require_extra()
        self._directory = model_directory(name, settings.download_models)
        self._settings = settings
        self._lock = Lock()
        self._loaded: CrossEncoder | None = None

    @property
    def depth(self) -> int:
        return self._settings.rerank_depth

    def relevances(self, question: str, passages: Sequence[str]) -> Vector:
        if not passages:
            return np.empty(0, dtype=np.float32)
        asked = utf8(question)
        with self._lock:
            model = self._model()
            from torch.nn import Identity

            # The raw scores: a sigmoid would round the surest ones to the same 1.
            scores = model.predict(
                [(asked, utf8(passage)) for passage in passages],
                batch_size=self._settings.inference_batch,
                activation_fn=Identity(),
                show_progress_bar=False,
            )
        return np.asarray(scores, dtype=np.float32)

    def _model(self) -> CrossEncoder:
        if self._loaded is None:
            from sentence_transformers import CrossEncoder

            model = load(CrossEncoder, self._directory, self._settings)
            if model.num_labels != 1:
                raise ModelLoadError(
                    f"“{self._directory}”给出 {model.num_labels} 个分类，不是重排模型"
                    "（重排模型只给出一个相关分）。请更换 BUDGET_QA_RERANKER。"
                )
            self._loaded = model
        return self._loaded
