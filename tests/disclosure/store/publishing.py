"""Publishes hand-made bundles as the ingest pipeline does."""

from __future__ import annotations

from pathlib import Path

from disclosure.embedding import Embedder
from disclosure.model import Bundle
from disclosure.store.codec import digest
from disclosure.store.releases import Releases
from disclosure.store.servers import EMBEDDED, Servers
from ingest.publish import Publication, publish


def publish_bundles(
    data_dir: Path, embedder: Embedder, *bundles: Bundle, servers: Servers = EMBEDDED
) -> Publication:
    """Put in force a release of exactly these bundles."""
    by_id = {b.disclosure.id: b for b in bundles}
    releases = Releases(data_dir, servers)
    with releases.working():
        return publish(
            {i: digest(b) for i, b in by_id.items()}, by_id.__getitem__, releases, embedder
        )
