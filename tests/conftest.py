"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real disclosures; the test is skipped where it is absent."""
    folder = ROOT / os.environ.get("BUDGET_QA_CORPUS", "../shared/disclosures")
    if not folder.is_dir():
        pytest.skip(f"no corpus of real disclosures at {folder} (set BUDGET_QA_CORPUS)")
    return folder
