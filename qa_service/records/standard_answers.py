"""Standard answers: wordings that a reviewer approved for a question, with the figures they state.

What they may say and when they are served is ``qa_service.staff.standard``'s; here they are kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import Engine, Float, Integer, Row, String, Text, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.answering.answer import Answer
from qa_service.records.database import Base, insert_row
from qa_service.records.masking import masked


class StandardState(StrEnum):
    """Proposed by anyone, approved by a reviewer, back in review when a figure changed, retired."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REVIEW = "review"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure of the results that a standard answer's text states."""

    label: str
    value: str
    unit: str


_FIGURES: TypeAdapter[tuple[StatedFigure, ...]] = TypeAdapter(tuple[StatedFigure, ...])


class StandardRow(Base):
    """A standard answer. ``basis`` is the answer that it was approved on, as JSON; ``revision``
    counts up with each change, so that workers see when to read again."""

    __tablename__ = "standard_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    figures: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    release: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(64))
    reviewer: Mapped[str] = mapped_column(String(64))
    at: Mapped[float] = mapped_column(Float)
    decided: Mapped[float | None] = mapped_column(Float)
    uses: Mapped[int] = mapped_column(Integer)
    last_used: Mapped[float | None] = mapped_column(Float)
    revision: Mapped[int] = mapped_column(Integer)


_TABLE = StandardRow.__table__


@dataclass(frozen=True, slots=True)
class StandardAnswer:
    """A standard answer as it is read."""

    id: int
    question: str
    text: str
    figures: tuple[StatedFigure, ...]
    basis: Answer
    release: str
    state: StandardState
    reason: str
    author: str
    reviewer: str
    at: float
    decided: float | None
    uses: int
    last_used: float | None


class StandardAnswers:
    """The standard answers in the service's records."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def propose(
        self,
        *,
        question: str,
        text: str,
        figures: tuple[StatedFigure, ...],
        basis: Answer,
        release: str,
        author: str,
    ) -> StandardAnswer:
        """Keep a wording for review."""
        values = {
            "question": masked(question),
            "state": StandardState.PROPOSED.value,
            "reason": "",
            "author": author,
            "reviewer": "",
            "at": self._clock(),
            "uses": 0,
            "revision": 1,
            **_wording(text, figures, basis, release),
        }
        return self._got(insert_row(self._engine, StandardRow, values))

    def approve(
        self,
        standard_id: int,
        *,
        text: str,
        figures: tuple[StatedFigure, ...],
        basis: Answer,
        release: str,
        reviewer: str,
    ) -> StandardAnswer:
        """Serve this wording from now on."""
        self._change(
            standard_id,
            state=StandardState.APPROVED.value,
            reason="",
            reviewer=reviewer,
            decided=self._clock(),
            **_wording(text, figures, basis, release),
        )
        return self._got(standard_id)

    def withdraw(self, standard_id: int, state: StandardState, reason: str) -> None:
        """Serve it no more: back to review, or retired."""
        self._change(standard_id, state=state.value, reason=reason, decided=self._clock())

    def checked(self, standard_id: int, release: str) -> None:
        """Note that its figures are those of this release too."""
        self._change(standard_id, release=release)

    def used(self, standard_id: int) -> None:
        """Count one use."""
        with self._engine.begin() as connection:
            connection.execute(
                update(StandardRow)
                .where(_TABLE.c.id == standard_id)
                .values(uses=_TABLE.c.uses + 1, last_used=self._clock())
            )

    def get(self, standard_id: int) -> StandardAnswer | None:
        """One standard answer."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_TABLE).where(_TABLE.c.id == standard_id)).first()
        return _standard(row) if row is not None else None

    def all(self, state: StandardState | None = None) -> list[StandardAnswer]:
        """All standard answers, or those in one state, newest first."""
        query = select(_TABLE).order_by(_TABLE.c.id.desc())
        if state is not None:
            query = query.where(_TABLE.c.state == state.value)
        with self._engine.connect() as connection:
            return [_standard(row) for row in connection.execute(query).all()]

    def revision(self) -> int:
        """A number that grows with every change but a use; 0 where there is none."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.sum(_TABLE.c.revision))).scalar() or 0

    def _change(self, standard_id: int, **values: str | float | None) -> None:
        with self._engine.begin() as connection:
            connection.execute(
                update(StandardRow)
                .where(_TABLE.c.id == standard_id)
                .values(revision=_TABLE.c.revision + 1, **values)
            )

    def _got(self, standard_id: int) -> StandardAnswer:
        found = self.get(standard_id)
        assert found is not None
        return found


def _wording(
    text: str, figures: tuple[StatedFigure, ...], basis: Answer, release: str
) -> dict[str, str]:
    return {
        "text": text,
        "figures": _FIGURES.dump_json(figures).decode(),
        "basis": basis.model_dump_json(),
        "release": release,
    }


def _standard(row: Row[tuple[object, ...]]) -> StandardAnswer:
    return StandardAnswer(
        id=row.id,
        question=row.question,
        text=row.text,
        figures=_FIGURES.validate_json(row.figures),
        basis=Answer.model_validate_json(row.basis),
        release=row.release,
        state=StandardState(row.state),
        reason=row.reason,
        author=row.author,
        reviewer=row.reviewer,
        at=row.at,
        decided=row.decided,
        uses=row.uses,
        last_used=row.last_used,
    )
