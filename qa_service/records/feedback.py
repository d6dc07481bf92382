"""What readers say of an answer: right, wrong or unclear, with a note."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Engine, Float, Row, String, Text, delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from qa_service.records.answers import AnswerRow, KeptAnswer, kept_answer
from qa_service.records.database import Base
from qa_service.records.masking import masked

LONGEST_NOTE = 1000
#: More than so many of one answer tell nothing new, and would let anybody fill the disk.
MOST_OF_ONE_ANSWER = 50


class Verdict(StrEnum):
    """What a reader makes of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    UNCLEAR = "unclear"


#: What the verdicts are called.
VERDICT_NAMES = {Verdict.RIGHT: "对", Verdict.WRONG: "不对", Verdict.UNCLEAR: "没看懂"}


class FeedbackRow(Base):
    """One reader's word on one answer."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[str] = mapped_column(String(32), index=True)
    at: Mapped[float] = mapped_column(Float, index=True)
    verdict: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text)


_TABLE = FeedbackRow.__table__


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's word, its note without personal numbers."""

    id: int
    answer_id: str
    at: float
    verdict: Verdict
    note: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One reader's word with the answer that it is about."""

    feedback: Feedback
    answer: KeptAnswer


class Feedbacks:
    """The readers' words in the service's records. They go when their answers go."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def add(self, answer_id: str, verdict: Verdict, note: str = "") -> None:
        """Keep a word on an answer that is kept. Words of answers that are gone go."""
        values = {
            "answer_id": answer_id,
            "at": self._clock(),
            "verdict": verdict.value,
            "note": masked(note[:LONGEST_NOTE]),
        }
        with self._engine.begin() as connection:
            kept = select(AnswerRow.id)
            connection.execute(delete(FeedbackRow).where(_TABLE.c.answer_id.not_in(kept)))
            query = select(func.count()).select_from(_TABLE).where(_TABLE.c.answer_id == answer_id)
            if connection.execute(query).scalar_one() < MOST_OF_ONE_ANSWER:
                connection.execute(insert(FeedbackRow).values(values))

    def of(self, answer_id: str) -> list[Feedback]:
        """What readers said of one answer, oldest first."""
        query = select(_TABLE).where(_TABLE.c.answer_id == answer_id).order_by(_TABLE.c.id)
        with self._engine.connect() as connection:
            return [_feedback(row) for row in connection.execute(query)]

    def judged(
        self, *, verdict: Verdict | None = None, before: int | None = None, limit: int = 50
    ) -> list[Judged]:
        """What readers said of answers that are kept, newest first; ``before`` an id, to go on
        from."""
        query = (
            select(FeedbackRow, AnswerRow)
            .join(AnswerRow, AnswerRow.id == FeedbackRow.answer_id)
            .order_by(FeedbackRow.id.desc())
            .limit(limit)
        )
        if verdict is not None:
            query = query.where(FeedbackRow.verdict == verdict.value)
        if before is not None:
            query = query.where(FeedbackRow.id < before)
        with Session(self._engine) as session:
            rows = session.execute(query).all()
            return [Judged(_feedback(word), kept_answer(given)) for word, given in rows]


def _feedback(row: Row[tuple[object, ...]] | FeedbackRow) -> Feedback:
    return Feedback(row.id, row.answer_id, row.at, Verdict(row.verdict), row.note)
