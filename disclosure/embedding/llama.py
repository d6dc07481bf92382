"""Any ``Embedder`` as a LlamaIndex embedding, for its ingestion pipeline and retrievers.

LlamaIndex takes seconds to import: import this module only where it is used.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from disclosure.embedding import Embedder


class LlamaEmbedding(BaseEmbedding):
    """Adapts an ``Embedder``. ``done`` is told how many passages a batch has embedded."""

    _embedder: Embedder = PrivateAttr()
    _done: Callable[[int], None] = PrivateAttr()

    def __init__(
        self,
        embedder: Embedder,
        batch_size: int = 32,
        done: Callable[[int], None] = lambda _: None,
    ) -> None:
        super().__init__(model_name=embedder.identity, embed_batch_size=batch_size)
        self._embedder = embedder
        self._done = done

    @classmethod
    def class_name(cls) -> str:
        return "LlamaEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(x) for x in self._embedder.embed_query(query)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors = self._embedder.embed_passages(texts)
        self._done(len(texts))
        return [[float(x) for x in row] for row in vectors]
