"""Sessions: what ends them, and that their tokens are not kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from qa_service.records.accounts import Accounts
from qa_service.records.attempts import WINDOW, Attempts
from qa_service.records.database import open_records
from qa_service.records.roles import Role
from qa_service.records.sessions import Sessions


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_records(tmp_path)
    for name in ("甲", "乙"):
        Accounts(engine).add(name, Role.ANSWERER, "hash")
    return engine


@pytest.fixture
def sessions(engine: Engine, clock: Clock) -> Sessions:
    return Sessions(engine, idle=600, longest=3600, clock=clock)


def test_session_ends_by_idleness(sessions: Sessions, clock: Clock) -> None:
    token = sessions.open(1)
    for _ in range(3):
        clock.now += 599
        assert sessions.account_of(token) == 1
    clock.now += 600
    assert sessions.account_of(token) is None


def test_session_in_use_ends_by_age(sessions: Sessions, clock: Clock) -> None:
    token = sessions.open(1)
    for _ in range(7):
        clock.now += 500
        assert sessions.account_of(token) == 1
    clock.now += 100
    assert sessions.account_of(token) is None


def test_all_sessions_of_an_account_end_but_one(sessions: Sessions) -> None:
    here, there, other = sessions.open(1), sessions.open(1), sessions.open(2)
    assert sessions.close_all(1, but=here) == 1
    assert [sessions.account_of(token) for token in (here, there, other)] == [1, None, 2]
    sessions.close(here)
    assert sessions.account_of(here) is None
    assert sessions.account_of("") is None


def test_token_is_not_kept(sessions: Sessions, engine: Engine) -> None:
    token = sessions.open(1)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM staff_session")).all()
    assert len(rows) == 1
    assert token not in str(rows)


def test_ended_sessions_are_forgotten(sessions: Sessions, engine: Engine, clock: Clock) -> None:
    sessions.open(1)
    clock.now += 601
    sessions.open(2)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM staff_session")).scalar() == 1


def test_attempts_beyond_the_limit_wait_for_the_window(engine: Engine, clock: Clock) -> None:
    here, there = Attempts(engine, clock), Attempts(engine, clock)
    assert [worker.admit({"a": 3, "x": 9}) for worker in (here, there, here)] == [0, 0, 0]
    clock.now += 60
    assert there.admit({"a": 3, "y": 9}) == WINDOW - 60
    assert there.admit({"b": 3, "x": 3}) == WINDOW - 60
    clock.now += WINDOW - 60
    assert there.admit({"a": 3, "x": 3}) == 0


def test_success_forgives(engine: Engine, clock: Clock) -> None:
    attempts = Attempts(engine, clock)
    assert [attempts.admit({"a": 2}) for _ in range(3)] == [0, 0, WINDOW]
    attempts.forget("a")
    assert attempts.admit({"a": 2}) == 0
