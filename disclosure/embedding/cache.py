"""Vectors kept by content, outside releases: a passage seen before is never embedded again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import numpy as np

from disclosure.embedding import Embedder, Matrix, Vector

#: Passages embedded between two commits: what a kill can cost.
BATCH = 64

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vector (
    identity TEXT NOT NULL, text_hash BLOB NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (identity, text_hash)
) WITHOUT ROWID
"""


class CachedEmbedder:
    """An ``Embedder`` that remembers the passages it has embedded, in one SQLite file.

    The key is the embedder's identity and the text's hash, so neither another model nor another
    document can change what comes back. ``embedded`` counts the passages that the inner embedder
    had to do, in ``seconds``.
    """

    def __init__(self, inner: Embedder, path: Path) -> None:
        self._inner = inner
        self._path = path
        self.embedded = 0
        self.seconds = 0.0
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as connection, connection:
            connection.execute(_SCHEMA)

    @property
    def identity(self) -> str:
        return self._inner.identity

    @property
    def dimension(self) -> int:
        return self._inner.dimension

    def embed_query(self, text: str) -> Vector:
        return self._inner.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        out = np.empty((len(texts), self.dimension), dtype=np.float32)
        with closing(self._connect()) as connection:
            for start in range(0, len(texts), BATCH):
                batch = texts[start : start + BATCH]
                out[start : start + len(batch)] = self._batch(connection, batch)
        return out

    def _batch(self, connection: sqlite3.Connection, texts: Sequence[str]) -> Matrix:
        hashes = [sha256(text.encode("utf-8", "replace")).digest() for text in texts]
        marks = ",".join("?" * len(hashes))
        known = dict(
            connection.execute(
                "SELECT text_hash, vector FROM vector"
                f" WHERE identity = ? AND text_hash IN ({marks})",
                (self.identity, *hashes),
            ).fetchall()
        )
        missing = {h: t for h, t in zip(hashes, texts, strict=True) if h not in known}
        if missing:
            start = time.perf_counter()
            vectors = self._inner.embed_passages(list(missing.values()))
            self.seconds += time.perf_counter() - start
            fresh = {h: row.tobytes() for h, row in zip(missing, vectors, strict=True)}
            with connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO vector VALUES (?, ?, ?)",
                    [(self.identity, h, blob) for h, blob in fresh.items()],
                )
            known |= fresh
            self.embedded += len(fresh)
        return np.frombuffer(b"".join(known[h] for h in hashes), dtype=np.float32).reshape(
            len(texts), self.dimension
        )

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=60)
        # A lost vector is only embedded again, so the cache need not wait for the disk.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection
