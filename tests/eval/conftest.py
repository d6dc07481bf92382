"""The shipped disclosure, ingested once for the evaluation's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.corpus import SHIPPED
from ingest.pipeline import ingest_paths
from qa_service.answering.service import open_service
from qa_service.service import AnswerService


@pytest.fixture(scope="session")
def shipped_text() -> str:
    """The text of the shipped disclosure."""
    (path,) = SHIPPED.glob("*.txt")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def shipped_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that holds the shipped disclosure."""
    folder = tmp_path_factory.mktemp("shipped")
    ingest_paths([SHIPPED], folder)
    return folder


@pytest.fixture(scope="session")
def shipped_service(shipped_data: Path) -> AnswerService:
    """The service over it."""
    return open_service(shipped_data)
