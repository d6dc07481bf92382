"""Every answer given, as it was given: to share it, to repeat it, and to review it.

An answer that nobody shares is forgotten after a time; a shared one stays. Personal numbers are
masked before anything is kept. Keeping an answer never stands in the way of giving it.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import (
    Boolean,
    Engine,
    Float,
    Row,
    String,
    Text,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.records.database import Base
from qa_service.records.masking import masked, personal_numbers, without

_log = logging.getLogger(__name__)

_DAY = 86_400
#: Seconds between two looks for answers that have expired, and how many go at once.
_CLEARED_EVERY = 600
_CLEARED_AT_ONCE = 2_000


class AnswerRow(Base):
    """One answer given."""

    __tablename__ = "answer"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[float] = mapped_column(Float, index=True)
    question: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    memory: Mapped[str] = mapped_column(Text)
    filters: Mapped[str] = mapped_column(Text)
    release: Mapped[str] = mapped_column(String(64))
    plan: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(16))
    shared: Mapped[bool] = mapped_column(Boolean)
    evidence: Mapped[str] = mapped_column(Text)


_TABLE = AnswerRow.__table__
#: One statement for every question: it is compiled once.
_INSERT = insert(AnswerRow)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer given. ``id`` is opaque, ``at`` seconds since 1970.

    JSON: ``memory`` is what the conversation remembered before the question (``plan.Memory``),
    ``filters`` the request's, '' where it had none; ``plan`` the parts that it was planned as,
    ``answer`` the ``Answer`` without its conversation's id; ``evidence`` the printed rows that a
    shared answer cites, by citation. ``channel``: web | api | staff | mcp.
    """

    id: str
    at: float
    question: str
    status: str
    memory: str
    filters: str
    release: str
    plan: str
    answer: str
    channel: str
    shared: bool = False
    evidence: str = ""


def new_answer_id() -> str:
    """An id that cannot be guessed."""
    return secrets.token_urlsafe(12)


class Answers:
    """The answers in the service's records. ``days`` is how long an unshared one is kept."""

    def __init__(
        self, engine: Engine, days: float = 30, clock: Callable[[], float] = time.time
    ) -> None:
        self._engine = engine
        self._kept_for = days * _DAY
        self._clock = clock
        self._cleared = 0.0

    def keep(self, given: KeptAnswer) -> bool:
        """Keep an answer; False, and a line in the log, where the store does not take it."""
        given = _without(given, personal_numbers(given.question))
        values = {name: getattr(given, name) for name in KeptAnswer.__slots__}
        try:
            with self._engine.begin() as connection:
                connection.execute(_INSERT, values)
            if self._clock() - self._cleared >= _CLEARED_EVERY:
                self._cleared = self._clock()
                self.clear()
        except SQLAlchemyError as error:
            _log.warning("答案没有存入服务记录（答案照常给出）：%s", error)
            return False
        return True

    def get(self, answer_id: str) -> KeptAnswer | None:
        """The answer of that id, unless it has expired."""
        query = select(_TABLE).where(_TABLE.c.id == answer_id)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None or not (row.shared or row.at > self._oldest()):
            return None
        return kept_answer(row)

    def share(self, answer_id: str, evidence: str = "") -> bool:
        """Let everybody who has the address see the answer, for good; False where it is gone.

        ``evidence`` is kept with it, so that later releases change nothing of what is shown.
        """
        living = or_(_TABLE.c.shared, _TABLE.c.at > self._oldest())
        statement = (
            update(AnswerRow)
            .where(_TABLE.c.id == answer_id, _TABLE.c.shared.is_(False), living)
            .values(shared=True, evidence=evidence)
        )
        with self._engine.begin() as connection:
            if connection.execute(statement).rowcount:
                return True
        return self.get(answer_id) is not None

    def recent(
        self, *, words: str = "", before: float | None = None, limit: int = 50
    ) -> list[KeptAnswer]:
        """Answers given, newest first; ``words`` stand in the question, ``before`` is an ``at``."""
        query = select(_TABLE).where(or_(_TABLE.c.shared, _TABLE.c.at > self._oldest()))
        if words:
            query = query.where(_TABLE.c.question.contains(words, autoescape=True))
        if before is not None:
            query = query.where(_TABLE.c.at < before)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(_TABLE.c.at.desc()).limit(limit)).all()
        return [kept_answer(row) for row in rows]

    def clear(self) -> int:
        """Forget what has expired, so much at once that nobody waits long; how many there were."""
        expired = (
            select(_TABLE.c.id)
            .where(_TABLE.c.at <= self._oldest(), _TABLE.c.shared.is_(False))
            .limit(_CLEARED_AT_ONCE)
        )
        with self._engine.begin() as connection:
            return connection.execute(delete(AnswerRow).where(_TABLE.c.id.in_(expired))).rowcount

    def _oldest(self) -> float:
        return self._clock() - self._kept_for


def _without(given: KeptAnswer, numbers: Sequence[str]) -> KeptAnswer:
    """The answer without the personal numbers of its question, wherever it repeats them."""
    return replace(
        given,
        question=masked(given.question),
        memory=masked(given.memory),
        plan=without(given.plan, numbers),
        answer=without(given.answer, numbers),
    )


def kept_answer(row: Row[tuple[object, ...]] | AnswerRow) -> KeptAnswer:
    """The answer of a row."""
    return KeptAnswer(*(getattr(row, name) for name in KeptAnswer.__slots__))
