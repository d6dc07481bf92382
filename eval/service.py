"""The service that the cases are asked of: over a data directory, ingested for the run when none is
given. The only place of the evaluation that knows how disclosures get in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.pipeline import ingest_paths
from qa_service.answering.service import open_service
from qa_service.service import AnswerService


@contextmanager
def opened(paths: Sequence[Path], data_dir: Path | None = None) -> Iterator[AnswerService]:
    """A service over ``data_dir``; without one, over ``paths``, ingested into a folder that goes
    away afterwards."""
    if data_dir is not None:
        yield open_service(data_dir)
        return
    with tempfile.TemporaryDirectory(prefix="budget-qa-eval-") as folder:
        ingest_paths(paths, Path(folder))
        yield open_service(Path(folder))
