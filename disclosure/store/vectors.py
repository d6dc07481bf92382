"""Passages and their vectors in Chroma: one release's collection, wherever it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import numpy as np

from disclosure.embedding import Matrix, Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import Where

#: Vectors that go over the wire at once, where a collection is copied.
_PAGE = 1000


class VectorStore:
    """One release's collection. Ids are passage ids; metadata hold ``disclosure_id``.

    Chroma takes more than a second to import, so it is imported when a store is opened.
    """

    def __init__(self, client: Client, name: str, create: bool = False) -> None:
        self._client = client
        # Vectors are normalised, so the inner product is the cosine. No embedding function: Chroma
        # would otherwise load (and download) its own model.
        self.collection: Collection = (
            client.get_or_create_collection(
                name, configuration={"hnsw": {"space": "ip"}}, embedding_function=None
            )
            if create
            else client.get_collection(name, embedding_function=None)
        )

    def close(self) -> None:
        """Let go of the files or the connection."""
        close_client(self._client)

    def count(self) -> int:
        return self.collection.count()

    def add_all(self, other: VectorStore) -> None:
        """Everything that another collection holds, a page at a time."""
        for offset in range(0, other.count(), _PAGE):
            page = other.collection.get(
                limit=_PAGE, offset=offset, include=["embeddings", "metadatas", "documents"]
            )
            self.collection.add(
                ids=page["ids"],
                embeddings=page["embeddings"],
                metadatas=page["metadatas"],
                documents=page["documents"],
            )

    def remove(self, disclosure_id: str) -> None:
        self.collection.delete(where={"disclosure_id": disclosure_id})

    def get(self, ids: Sequence[str]) -> Matrix:
        """The vectors of passages, one row each, in the order of ``ids``."""
        got = self.collection.get(ids=list(ids), include=["embeddings"])
        rows = dict(zip(got["ids"], np.asarray(got["embeddings"], dtype=np.float32), strict=True))
        return np.stack([rows[i] for i in ids])

    def nearest(
        self, query: Vector, limit: int, disclosure_ids: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """Passage ids with their cosine similarity, nearest first."""
        within = {"disclosure_id": {"$in": list(disclosure_ids)}} if disclosure_ids else None
        found = self.collection.query(
            query_embeddings=query[np.newaxis],
            n_results=limit,
            where=cast("Where | None", within),
            include=["distances"],
        )
        distances = found["distances"]
        assert distances is not None  # asked for by include
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]


def close_client(client: Client) -> None:
    """Close a client with its connections: those to a server, its own and its administrator's, are
    left open by Chroma (1.5)."""
    owners = (client, getattr(client, "_admin_client", None))
    sessions = [getattr(getattr(owner, "_server", None), "_session", None) for owner in owners]
    client.close()
    for session in sessions:
        if session is not None:
            session.close()
