"""Ingest from end to end: sources, documents, bundles, release. Every way in comes through here."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from disclosure.embedding import Embedder
from disclosure.embedding.cache import CachedEmbedder
from disclosure.embedding.choice import open_embedder
from disclosure.store.history import History
from disclosure.store.releases import Releases
from disclosure.store.servers import EMBEDDED, Servers
from disclosure.store.sources import Sources
from disclosure.store.workspace import Workspace
from ingest.intake import take_in
from ingest.interpret import Reconcile, interpret
from ingest.pool import cores
from ingest.progress import Progress, Silent
from ingest.publish import Publication, publish
from ingest.reconcile import reconcile, reconcile_years
from ingest.report import IngestReport, with_tally
from ingest.shelf import ReconcileYears, Shelf
from ingest.sources import collect

WORKSPACE, EMBEDDINGS = "workspace.sqlite", "embeddings.sqlite"


def ingest_paths(
    paths: Sequence[Path],
    data_dir: Path,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
    workers: int = 0,
    reconcile: Reconcile = reconcile,
    reconcile_years: ReconcileYears = reconcile_years,
    servers: Servers = EMBEDDED,
) -> IngestReport:
    """Take in files, folders and ZIPs, and put in force a release that holds them as well.

    What is held stays; a corrected version supersedes. ``workers`` 0 means one a core. One ingest
    at a time works on a data directory: a second one waits. Killed at any point, it leaves the
    release in force as it was, and run again it goes on where it stopped.
    """
    drawn = progress or Silent()
    embedder = embedder or open_embedder()  # before the work that would be in vain without it
    workers = workers or cores()
    seconds: dict[str, float] = {}
    with _working(data_dir, servers) as (releases, workspace):
        shelf = Shelf(workspace, reconcile_years)
        wanted = shelf.wanted()
        served = releases.digests_in_force()
        in_force = frozenset(i for i, digest in wanted.items() if served.get(i) == digest)
        with _timed(seconds, "read"):
            sources = Sources(data_dir)
            intake = take_in(collect(paths), workspace, sources, in_force, drawn, workers)
        with _timed(seconds, "build"):
            found = interpret(
                intake.documents, workspace, drawn, workers, intake.seconds, reconcile
            )
        cached = _cached(embedder, data_dir)
        published = _publish(shelf, releases, cached, drawn, seconds)
        disclosures = tuple(with_tally(d, shelf.tally(d.id)) for d in found.disclosures)
        versions = workspace.versions()
        History(data_dir).note((v.disclosure_id, v.version) for v in versions if v.current)
        sources.keep_only({sha for version in versions for sha in version.sources})
    place = {name: n for n, name in enumerate(intake.names)}
    files = sorted((*intake.settled, *found.files), key=lambda f: place.get(f.name, len(place)))
    return IngestReport(
        release_id=published.release_id,
        changed=published.changed,
        files=tuple(files),
        disclosures=disclosures,
        notes=found.notes,
        embedded=cached.embedded,
        seconds=seconds,
    )


def remove_disclosures(
    ids: Sequence[str],
    data_dir: Path,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
    servers: Servers = EMBEDDED,
) -> tuple[Publication, tuple[str, ...]]:
    """Take disclosures out of what is served; returns the release and the ids not held.

    Their versions stay as history, and importing their files again brings them back.
    """
    drawn = progress or Silent()
    embedder = embedder or open_embedder()
    with _working(data_dir, servers) as (releases, workspace):
        missing = tuple(i for i in dict.fromkeys(ids) if not workspace.retire(i))
        cached = _cached(embedder, data_dir)
        return _publish(Shelf(workspace, reconcile_years), releases, cached, drawn, {}), missing


def reembed(
    data_dir: Path,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
    servers: Servers = EMBEDDED,
) -> tuple[Publication, int]:
    """Embed all that is held with ``embedder`` and put it in force; returns the release and how
    many passages had to be embedded. Raises ``NoReleaseError`` where nothing is published."""
    embedder = embedder or open_embedder()
    with _working(data_dir, servers) as (releases, workspace):
        releases.require()
        cached = _cached(embedder, data_dir)
        shelf = Shelf(workspace, reconcile_years)
        return _publish(shelf, releases, cached, progress or Silent(), {}), cached.embedded


def _publish(
    shelf: Shelf,
    releases: Releases,
    embedder: CachedEmbedder,
    progress: Progress,
    seconds: dict[str, float],
) -> Publication:
    """Put in force what the workspace holds; an empty data directory stays unpublished."""
    wanted = shelf.wanted()
    if not wanted and releases.in_force() is None:
        return Publication("", changed=False)
    with _timed(seconds, "publish"):
        published = publish(wanted, shelf.bundle, releases, embedder, progress)
    seconds["embed"] = embedder.seconds
    seconds["publish"] -= embedder.seconds
    return published


@contextmanager
def _working(data_dir: Path, servers: Servers) -> Iterator[tuple[Releases, Workspace]]:
    """The data directory or database, for one ingest at a time."""
    releases = Releases(data_dir, servers)
    with releases.working(), Workspace(data_dir / WORKSPACE, servers) as workspace:
        yield releases, workspace


def _cached(embedder: Embedder, data_dir: Path) -> CachedEmbedder:
    return CachedEmbedder(embedder, data_dir / EMBEDDINGS)


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[stage] = time.perf_counter() - start
