"""Passages and their vectors in Chroma: the collection of a part, wherever it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from disclosure.embedding import Matrix, Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import GetResult, Include, Where

#: Vectors that are copied at once from one collection to another.
_PAGE = 1000
_EVERYTHING: Include = ["embeddings", "metadatas", "documents"]


@dataclass(frozen=True, slots=True)
class Near:
    """A passage near to a question, by the cosine of their vectors."""

    disclosure_id: str
    passage_id: str
    similarity: float


class VectorStore:
    """The collection of a part of a release. Ids are passage ids; metadata hold ``disclosure_id``.

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
            self._add(other.collection.get(limit=_PAGE, offset=offset, include=_EVERYTHING))

    def take(self, other: VectorStore, ids: Sequence[str]) -> None:
        """Some passages as another collection has them, a page at a time."""
        for start in range(0, len(ids), _PAGE):
            self._add(
                other.collection.get(ids=list(ids[start : start + _PAGE]), include=_EVERYTHING)
            )

    def _add(self, page: GetResult) -> None:
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
        self, query: Vector, limit: int, disclosure_ids: Sequence[str] | None = None
    ) -> list[Near]:
        """The passages nearest to a question, of some disclosures or of all, nearest first."""
        within = None if disclosure_ids is None else {"disclosure_id": {"$in": disclosure_ids}}
        found = self.collection.query(
            query_embeddings=query[np.newaxis],
            n_results=limit,
            where=cast("Where | None", within),
            include=["distances", "metadatas"],
        )
        distances, owners = found["distances"], found["metadatas"]
        assert distances is not None  # asked for by include
        assert owners is not None
        return [
            Near(str(owner["disclosure_id"]), passage_id, 1.0 - distance)
            for passage_id, owner, distance in zip(
                found["ids"][0], owners[0], distances[0], strict=True
            )
        ]


def close_client(client: Client) -> None:
    """Close a client with its connections: those to a server, its own and its administrator's, are
    left open by Chroma (1.5)."""
    owners = (client, getattr(client, "_admin_client", None))
    sessions = [getattr(getattr(owner, "_server", None), "_session", None) for owner in owners]
    client.close()
    for session in sessions:
        if session is not None:
            session.close()
