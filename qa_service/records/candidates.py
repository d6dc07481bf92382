"""Evaluation candidates: answers that staff marked as wrong or incomplete, and what a reviewer says
would be right. ``budget-qa eval promote`` makes case files of the accepted ones."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter
from sqlalchemy import Engine, Float, Row, String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.answering.answer import Answer, Status
from qa_service.records.database import Base, insert_row
from qa_service.records.masking import masked


class Mark(StrEnum):
    """What staff say of an answer."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"


class CandidateState(StrEnum):
    """The way of a candidate: proposed, then accepted or rejected, then in a case file."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PROMOTED = "promoted"


class CandidateError(ValueError):
    """A candidate that cannot be reviewed so; the message says why."""


def _decimal(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("不是十进制数") from error
    if not value.is_finite():
        raise ValueError("不是十进制数")
    return text


class ExpectedValue(BaseModel):
    """A figure that a right answer gives."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Annotated[str, Field(max_length=40), AfterValidator(_decimal)]
    unit: str = Field(min_length=1, max_length=16)


class Expected(BaseModel):
    """What a right answer shows: the fields of a case's expectation that a reviewer can state."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Status = Status.ANSWERED
    figures: tuple[ExpectedValue, ...] = Field(default=(), max_length=40)
    contains: tuple[Annotated[str, Field(max_length=400)], ...] = Field(default=(), max_length=20)
    excludes: tuple[Annotated[str, Field(max_length=400)], ...] = Field(default=(), max_length=20)
    cites: tuple[Annotated[str, Field(max_length=400)], ...] = Field(default=(), max_length=20)


_STRINGS: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[str, ...])


class CandidateRow(Base):
    """A candidate. ``answer`` and ``expected`` are JSON; ``documents`` the names of the source
    files that the answer rests on, as a JSON list."""

    __tablename__ = "eval_candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[float] = mapped_column(Float)
    account: Mapped[str] = mapped_column(String(64))
    question: Mapped[str] = mapped_column(Text)
    mark: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    release: Mapped[str] = mapped_column(String(64))
    documents: Mapped[str] = mapped_column(Text)
    expected: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), index=True)
    reviewer: Mapped[str] = mapped_column(String(64))
    reviewed: Mapped[float | None] = mapped_column(Float)
    case_id: Mapped[str] = mapped_column(String(80))


_TABLE = CandidateRow.__table__


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate as it is read. ``case_id`` is set once it is promoted."""

    id: int
    at: float
    account: str
    question: str
    mark: Mark
    note: str
    answer: Answer
    release: str
    documents: tuple[str, ...]
    expected: Expected
    state: CandidateState
    reviewer: str
    reviewed: float | None
    case_id: str


class Candidates:
    """The candidates in the service's records. Callers' numbers are masked before storing."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def propose(
        self,
        *,
        account: str,
        question: str,
        mark: Mark,
        note: str,
        answer: Answer,
        release: str,
        documents: tuple[str, ...],
        expected: Expected,
    ) -> Candidate:
        """Keep an answer that staff marked."""
        values = {
            "at": self._clock(),
            "account": account,
            "question": masked(question),
            "mark": mark.value,
            "note": masked(note),
            "answer": answer.model_dump_json(),
            "release": release,
            "documents": _STRINGS.dump_json(documents).decode(),
            "expected": expected.model_dump_json(),
            "state": CandidateState.PROPOSED.value,
            "reviewer": "",
            "case_id": "",
        }
        return self._got(insert_row(self._engine, CandidateRow, values))

    def get(self, candidate_id: int) -> Candidate | None:
        """One candidate."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_TABLE).where(_TABLE.c.id == candidate_id)).first()
        return _candidate(row) if row is not None else None

    def all(self, state: CandidateState | None = None) -> list[Candidate]:
        """All candidates, or those in one state, newest first."""
        query = select(_TABLE).order_by(_TABLE.c.id.desc())
        if state is not None:
            query = query.where(_TABLE.c.state == state.value)
        with self._engine.connect() as connection:
            return [_candidate(row) for row in connection.execute(query).all()]

    def review(
        self, candidate_id: int, *, reviewer: str, accept: bool, question: str, expected: Expected
    ) -> Candidate:
        """Accept a candidate with what would be right, or reject it. Raises ``CandidateError``
        for one that is promoted already."""
        state = CandidateState.ACCEPTED if accept else CandidateState.REJECTED
        values = {
            "state": state.value,
            "reviewer": reviewer,
            "reviewed": self._clock(),
            "question": masked(question),
            "expected": expected.model_dump_json(),
        }
        open_still = (_TABLE.c.id == candidate_id) & (
            _TABLE.c.state != CandidateState.PROMOTED.value
        )
        with self._engine.begin() as connection:
            changed = connection.execute(update(CandidateRow).where(open_still).values(values))
            if not changed.rowcount:
                raise CandidateError("这个候选已经成为评测用例，不能再改。")
        return self._got(candidate_id)

    def promoted(self, candidate_id: int, case_id: str) -> None:
        """Note that a case file holds the candidate now."""
        with self._engine.begin() as connection:
            connection.execute(
                update(CandidateRow)
                .where(_TABLE.c.id == candidate_id)
                .values(state=CandidateState.PROMOTED.value, case_id=case_id)
            )

    def _got(self, candidate_id: int) -> Candidate:
        found = self.get(candidate_id)
        assert found is not None
        return found


def _candidate(row: Row[tuple[object, ...]]) -> Candidate:
    return Candidate(
        id=row.id,
        at=row.at,
        account=row.account,
        question=row.question,
        mark=Mark(row.mark),
        note=row.note,
        answer=Answer.model_validate_json(row.answer),
        release=row.release,
        documents=_STRINGS.validate_json(row.documents),
        expected=Expected.model_validate_json(row.expected),
        state=CandidateState(row.state),
        reviewer=row.reviewer,
        reviewed=row.reviewed,
        case_id=row.case_id,
    )
