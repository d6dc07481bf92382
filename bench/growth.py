"""What one more disclosure costs by how many are held: ``python -m bench.growth [HELD ...]``.

Synthetic copies of the seed are ingested in one command up to each number held (100, 500 and 2,000
by default), then a single one more. Vectors come from an embedder that costs nothing, since that
cost is the document's own whatever else is held.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figure import Figure, show, write
from bench.synthetic import HashedWords, spread
from ingest.pipeline import ingest_paths

SEED = Path("data/disclosures")
ONE_MORE = "one more"
_HELD = (100, 500, 2000)
#: Runs of which the quickest counts: what else the machine does only ever adds.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Run:
    """One ingest in a process of its own: wall-clock seconds, by stage too, those of CPU (its
    workers' as well), which other work on the machine does not change, and its peak in MB."""

    seconds: float
    cpu: float
    stages: dict[str, float]
    megabytes: float


def growth(folder: Path, held: Sequence[int]) -> list[Figure]:
    """Seconds by stage and memory of one more disclosure at each number held, and their ratio."""
    (seed,) = SEED.glob("*.txt")
    data_dir = folder / "data"
    figures: list[Figure] = []
    done = 0
    singles: list[Run] = []
    for count in held:
        batch = folder / "batch"
        paths = spread(seed, batch, range(done, count))
        bulk = ingest(paths, data_dir)
        group = f"{count:,} held"
        figures += _lines(group, f"{len(paths):,} more in one command", bulk)
        done = count + _TRIES
        tries = [
            ingest(spread(seed, folder / "single", [number]), data_dir)
            for number in range(count, done)
        ]
        single = min(tries, key=lambda run: run.seconds)
        singles.append(single)
        figures += _lines(group, ONE_MORE, single)
    first, last = singles[0], singles[-1]
    what = f"one more at {held[-1]:,} to one more at {held[0]:,}"
    figures.append(Figure("growth", f"{what}, CPU", last.cpu / first.cpu, "×"))
    figures.append(Figure("growth", what, last.seconds / first.seconds, "×"))
    return figures


def ingest(paths: Sequence[Path], data_dir: Path) -> Run:
    """Take in files in a process of its own, as a command does."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_ingest, list(paths), data_dir).result()


def _ingest(paths: Sequence[Path], data_dir: Path) -> Run:
    start, before = time.perf_counter(), _cpu()
    report = ingest_paths(paths, data_dir, embedder=HashedWords())
    seconds = time.perf_counter() - start
    assert len(report.disclosures) == len(paths), [f.reason for f in report.refused]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stages = report.seconds | {"other": seconds - sum(report.seconds.values())}
    return Run(seconds, _cpu() - before, stages, peak)


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _lines(group: str, what: str, run: Run) -> list[Figure]:
    return [
        Figure(group, what, run.seconds, "s"),
        *(Figure(group, f"  {stage}", spent, "s") for stage, spent in run.stages.items()),
        Figure(group, "  of CPU, all processes", run.cpu, "s"),
        Figure(group, "  peak of memory", run.megabytes, "MB"),
    ]


def main() -> None:
    """Measure, print the table, write the JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("held", nargs="*", type=int, default=list(_HELD))
    parser.add_argument("--json", type=Path, default=Path("artifacts/bench-growth.json"))
    parser.add_argument("--folder", type=Path, help="keep the data here")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="budget-qa-growth-") as aside:
        figures = growth(given.folder or Path(aside), given.held)
    show(figures)
    write(figures, given.json)


if __name__ == "__main__":
    main()
