"""Sentence vectors behind one small protocol. Only this package knows the embedding engines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

#: One L2-normalised vector, so that a dot product is a cosine.
Vector: TypeAlias = npt.NDArray[np.float32]
#: Vectors as rows.
Matrix: TypeAlias = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Turns text into L2-normalised vectors. Safe to call from several threads.

    ``identity`` names the engine, its version and model: vectors of different identities are never
    compared, so it is part of a release's id and of the cache's key.
    """

    @property
    def identity(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed_query(self, text: str) -> Vector:
        """The vector of a question."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """The vectors of passages, one row each, in their order."""
        ...


class Reranker(Protocol):
    """Judges passages against a question by reading both together. Safe to call from several
    threads."""

    @property
    def depth(self) -> int:
        """How many of the best passages by other means it is shown."""
        ...

    def relevances(self, question: str, passages: Sequence[str]) -> Vector:
        """A number for each passage, in their order; higher is nearer. Only numbers of one call
        can be compared."""
        ...
