"""The service that the cases are asked of: over a data directory, ingested for the run when none is
given. The only place of the evaluation that knows how disclosures get in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol, runtime_checkable

from ingest.pipeline import ingest_paths
from qa_service.answering.service import open_service
from qa_service.llm.counting import Usage
from qa_service.llm.settings import LlmSettings
from qa_service.service import AnswerService


@runtime_checkable
class Metered(Protocol):
    """A service that can say what a model was asked for it; optional."""

    def usage(self) -> Usage:
        """Requests and tokens so far."""
        ...

    def close(self) -> None:
        """Give free the model's connections."""
        ...


@contextmanager
def opened(
    paths: Sequence[Path], planners: Sequence[LlmSettings], data_dir: Path | None = None
) -> Iterator[list[AnswerService]]:
    """A service with each of the planners over ``data_dir``; without one, over ``paths``, ingested
    into a folder that goes away afterwards."""
    with ExitStack() as stack:
        if data_dir is None:
            data_dir = Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix="budget-qa-eval-"))
            )
            ingest_paths(paths, data_dir)
        services = [open_service(data_dir, llm=settings) for settings in planners]
        for service in services:
            if isinstance(service, Metered):
                stack.callback(service.close)
        yield services


def spent(service: AnswerService) -> Usage:
    """What a model was asked for the service."""
    return service.usage() if isinstance(service, Metered) else Usage()
