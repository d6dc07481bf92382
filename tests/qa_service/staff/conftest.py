"""The console over the real service and the shipped disclosure, with records of its own."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from qa_service.answering.service import open_service
from qa_service.records.answers import Answers
from qa_service.records.audit import Audit
from qa_service.records.database import open_records
from qa_service.records.standard_answers import StandardAnswers
from qa_service.service import AnswerService
from qa_service.settings import Settings
from qa_service.staff.console import Console, open_console
from qa_service.staff.standard import StandardServing


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return open_records(tmp_path_factory.mktemp("records"))


@pytest.fixture(scope="module")
def service(shipped_data: Path, engine: Engine) -> AnswerService:
    # By its clock, seconds go by between any two questions: every change is seen at once.
    ticking = count(0, 10)
    wordings = StandardServing(
        StandardAnswers(engine), Audit(engine), clock=lambda: float(next(ticking))
    )
    return open_service(shipped_data, "", Answers(engine), wordings)


@pytest.fixture(scope="module")
def console(engine: Engine, service: AnswerService) -> Console:
    return open_console(engine, service, Settings())
