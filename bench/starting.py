"""From the command to the first question that could be answered: a first start and later ones."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from bench import budgets
from bench.figure import Budget, Figure
from bench.ingest import SEED
from bench.server import COMMAND, serving

_GROUP = "start (ingest and serve)"


def starts(data_dir: Path) -> list[Figure]:
    """What ``make serve`` does after install, on an empty folder and then on the one it left."""
    return [
        *_start(data_dir, "first", budgets.FIRST_START),
        *_start(data_dir, "later", budgets.LATER_START),
    ]


def _start(data_dir: Path, which: str, budget: Budget) -> list[Figure]:
    start = time.perf_counter()
    subprocess.run(
        [str(COMMAND), "ingest", str(SEED), "--data-dir", str(data_dir)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    ingested = time.perf_counter() - start
    with serving(data_dir) as server:
        ready = server.seconds_to_ready
    return [
        Figure(_GROUP, f"{which} start", ingested + ready, "s", budget),
        Figure(_GROUP, f"  of which ingest ({which})", ingested, "s"),
        Figure(_GROUP, f"  of which serve to /readyz ({which})", ready, "s"),
    ]
