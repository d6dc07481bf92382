"""Settings from the environment and from flags."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from qa_service.settings import Settings


def test_environment_sets_and_flags_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGET_QA_PORT", "9000")
    monkeypatch.setenv("BUDGET_QA_DATA_DIR", "/srv/a")
    assert Settings().port == 9000
    assert Settings(data_dir=Path("/srv/b")).data_dir == Path("/srv/b")


def test_another_process_gets_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    given = Settings(data_dir=Path("数据 目录"), workers=2, rate_per_minute=0, port=8123)
    for name, value in given.as_environment().items():
        monkeypatch.setenv(name, value)
    assert Settings() == given


def test_impossible_value_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(workers=0)
