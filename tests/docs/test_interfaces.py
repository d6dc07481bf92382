"""The programs that the documentation of the interfaces shows do run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_service.api.application import create_app
from qa_service.service import AnswerService
from qa_service.settings import Settings
from tests.support.serving import serving

PAGE = Path(__file__).parents[2] / "docs" / "interfaces.md"
PROGRAMS = re.findall(r"```python\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def address(shipped_service: AnswerService) -> Iterator[str]:
    with serving(create_app(shipped_service, Settings())) as url:
        yield url


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda text: text.split("\n")[0])
def test_program_runs_as_shown(
    address: str, program: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "http://127.0.0.1:8000" in program
    exec(compile(program.replace("http://127.0.0.1:8000", address), str(PAGE), "exec"), {})
    assert re.search(r"\d+\.\d\d|\d{6}", capsys.readouterr().out)
