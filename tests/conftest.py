"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eval.corpus import SHIPPED
from ingest.pipeline import ingest_paths
from qa_service.answering.service import open_service
from qa_service.service import AnswerService

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real disclosures; the test is skipped where it is absent."""
    folder = ROOT / os.environ.get("BUDGET_QA_CORPUS", "../shared/disclosures")
    if not folder.is_dir():
        pytest.skip(f"no corpus of real disclosures at {folder} (set BUDGET_QA_CORPUS)")
    return folder


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
