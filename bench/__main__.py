"""``python -m bench [--json PATH]``: all measurements in one run, against their budgets."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figure import Figure, show, write
from bench.ingest import ingesting
from bench.serving import loads
from bench.starting import starts


def main() -> None:
    """Measure on data directories of its own, print the table, write the JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--json", type=Path, default=Path("artifacts/bench.json"), metavar="PATH")
    target: Path = parser.parse_args().json
    with TemporaryDirectory(prefix="budget-qa-bench-") as folder:
        served = Path(folder, "served")
        figures = [
            Figure("machine", "cores", len(os.sched_getaffinity(0)), ""),
            # Whoever compares two runs has to know what else the machine did.
            Figure("machine", "load average before the run", os.getloadavg()[0], ""),
        ]
        figures += starts(served)
        figures += [Figure("ingest, in process", *line) for line in ingesting(Path(folder, "in"))]
        figures += loads(served)
    show(figures)
    write(figures, target)


if __name__ == "__main__":
    main()
