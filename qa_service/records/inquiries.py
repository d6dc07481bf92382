"""The inquiry log: what callers asked, the answer as it was given, and what staff did with it.

Callers' numbers are masked here, before anything is stored.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Engine,
    Float,
    ForeignKey,
    Row,
    String,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.answering.answer import Answer
from qa_service.records.database import Base, insert_row
from qa_service.records.masking import masked

_DAY = 24 * 3600


class Channel(StrEnum):
    """How an inquiry came in."""

    PHONE = "电话"
    WEB = "网络"
    VISIT = "来访"
    LETTER = "信函"
    OTHER = "其他"


class State(StrEnum):
    """How far an inquiry is."""

    OPEN = "待答复"
    REPLIED = "已答复"
    FOLLOW_UP = "待跟进"
    CLOSED = "已办结"


class InquiryRow(Base):
    """An inquiry. ``answer`` is the whole answer as JSON, ``plan`` the parts that it was planned as
    (a JSON list); the answer's text and the titles of what it cites are beside it to be searched.
    """

    __tablename__ = "inquiry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[float] = mapped_column(Float, index=True)
    channel: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(16))
    answer: Mapped[str] = mapped_column(Text)
    plan: Mapped[str] = mapped_column(Text)
    answer_text: Mapped[str] = mapped_column(Text)
    disclosures: Mapped[str] = mapped_column(Text)
    release: Mapped[str] = mapped_column(String(64))
    account: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    reply: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)


class EditRow(Base):
    """One change that an account made to an inquiry."""

    __tablename__ = "inquiry_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(
        ForeignKey("inquiry.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[float] = mapped_column(Float)
    account: Mapped[str] = mapped_column(String(64))
    field: Mapped[str] = mapped_column(String(16))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)


_INQUIRIES = InquiryRow.__table__
_EDITS = EditRow.__table__
#: What staff may change of an inquiry.
EDITABLE = ("channel", "state", "reply", "note")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An inquiry as it is read."""

    id: int
    at: float
    channel: Channel
    question: str
    outcome: str
    answer: Answer
    plan: str
    disclosures: str
    release: str
    account: str
    state: State
    reply: str
    note: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to an inquiry as it is read."""

    at: float
    account: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class InquiryQuery:
    """Which inquiries are looked for; what is empty does not narrow. ``since`` and ``until`` are
    seconds since 1970, ``until`` excluded."""

    text: str = ""
    channel: str = ""
    state: str = ""
    account: str = ""
    outcome: str = ""
    disclosure: str = ""
    since: float | None = None
    until: float | None = None


class Inquiries:
    """The log in the service's records. Inquiries older than ``days`` are deleted, with their
    edits; 0 keeps them."""

    def __init__(self, engine: Engine, days: int, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._days = days
        self._clock = clock

    def add(
        self,
        *,
        channel: Channel,
        question: str,
        answer: Answer,
        plan: str,
        release: str,
        account: str,
    ) -> Inquiry:
        """Log an inquiry with the answer that was shown."""
        values = {
            "at": self._clock(),
            "channel": channel.value,
            "question": masked(question),
            "account": account,
            "state": State.OPEN.value,
            "reply": "",
            "note": "",
            "plan": plan,
            **_answered(answer, release),
        }
        number = insert_row(self._engine, InquiryRow, values)
        self.expire()
        made = self.get(number)
        assert made is not None
        return made

    def get(self, inquiry_id: int) -> Inquiry | None:
        """One inquiry."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(_INQUIRIES).where(_INQUIRIES.c.id == inquiry_id)
            ).first()
        return _inquiry(row) if row is not None else None

    def edits(self, inquiry_id: int) -> list[Edit]:
        """The changes to an inquiry, oldest first."""
        return self.edits_of([inquiry_id]).get(inquiry_id, [])

    def edits_of(self, ids: Sequence[int]) -> dict[int, list[Edit]]:
        """The changes to each of the inquiries that was changed, oldest first."""
        query = select(_EDITS).where(_EDITS.c.inquiry_id.in_(ids)).order_by(_EDITS.c.id)
        made: dict[int, list[Edit]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                change = Edit(row.at, row.account, row.field, row.before, row.after)
                made.setdefault(row.inquiry_id, []).append(change)
        return made

    def edit(self, inquiry_id: int, account: str, changes: Mapping[str, str]) -> list[Edit]:
        """Change fields of an inquiry (of ``EDITABLE``), keeping what stood there before; the
        changes that were made."""
        made: list[Edit] = []
        with self._engine.begin() as connection:
            query = select(_INQUIRIES).where(_INQUIRIES.c.id == inquiry_id).with_for_update()
            row = connection.execute(query).one()
            for field, value in changes.items():
                if field not in EDITABLE:
                    raise ValueError(f"not editable: {field}")
                before, after = str(getattr(row, field)), masked(value)
                if before != after:
                    made.append(Edit(self._clock(), account, field, before, after))
            for change in made:
                connection.execute(insert(EditRow).values(_edited(inquiry_id, change)))
                connection.execute(
                    update(InquiryRow)
                    .where(_INQUIRIES.c.id == inquiry_id)
                    .values({change.field: change.after})
                )
        return made

    def answer_again(self, inquiry_id: int, account: str, *, answer: Answer, release: str) -> None:
        """Put another answer in the place of the one given, which the edits keep."""
        with self._engine.begin() as connection:
            query = select(_INQUIRIES).where(_INQUIRIES.c.id == inquiry_id).with_for_update()
            row = connection.execute(query).one()
            change = Edit(self._clock(), account, "answer", row.answer_text, answer.answer)
            connection.execute(insert(EditRow).values(_edited(inquiry_id, change)))
            connection.execute(
                update(InquiryRow)
                .where(_INQUIRIES.c.id == inquiry_id)
                .values(_answered(answer, release))
            )

    def search(
        self, query: InquiryQuery, *, limit: int = 50, offset: int = 0
    ) -> tuple[list[Inquiry], int]:
        """The inquiries that match, newest first, and how many there are in all."""
        self.expire()
        condition = _condition(query)
        rows = (
            select(_INQUIRIES)
            .where(*condition)
            .order_by(_INQUIRIES.c.at.desc(), _INQUIRIES.c.id.desc())
        )
        counted = select(func.count()).select_from(_INQUIRIES).where(*condition)
        with self._engine.connect() as connection:
            found = connection.execute(rows.limit(limit).offset(offset)).all()
            total = connection.execute(counted).scalar_one()
        return [_inquiry(row) for row in found], total

    def edit_counts(self, ids: Sequence[int]) -> dict[int, int]:
        """How often each of the inquiries was changed."""
        query = (
            select(_EDITS.c.inquiry_id, func.count())
            .where(_EDITS.c.inquiry_id.in_(ids))
            .group_by(_EDITS.c.inquiry_id)
        )
        with self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def expire(self) -> int:
        """Delete what is older than is kept; how many inquiries."""
        if not self._days:
            return 0
        old = _INQUIRIES.c.at < self._clock() - self._days * _DAY
        with self._engine.begin() as connection:
            ids = list(connection.execute(select(_INQUIRIES.c.id).where(old)).scalars())
            if ids:
                connection.execute(delete(EditRow).where(_EDITS.c.inquiry_id.in_(ids)))
                connection.execute(delete(InquiryRow).where(_INQUIRIES.c.id.in_(ids)))
        return len(ids)


def _answered(answer: Answer, release: str) -> dict[str, str]:
    titles = dict.fromkeys(citation.disclosure for citation in answer.citations)
    return {
        "outcome": answer.status.value,
        "answer": answer.model_dump_json(),
        "answer_text": answer.answer,
        "disclosures": "\n".join(titles),
        "release": release,
    }


def _edited(inquiry_id: int, change: Edit) -> dict[str, str | int | float]:
    return {"inquiry_id": inquiry_id} | {f.name: getattr(change, f.name) for f in fields(Edit)}


def _condition(query: InquiryQuery) -> list[ColumnElement[bool]]:
    columns = _INQUIRIES.c
    condition: list[ColumnElement[bool]] = []
    for word in query.text.split():
        searched = (columns.question, columns.answer_text, columns.reply, columns.note)
        condition.append(or_(*(c.icontains(word, autoescape=True) for c in searched)))
    for column, wanted in (
        (columns.channel, query.channel),
        (columns.state, query.state),
        (columns.account, query.account),
        (columns.outcome, query.outcome),
    ):
        if wanted:
            condition.append(column == wanted)
    if query.disclosure:
        condition.append(columns.disclosures.icontains(query.disclosure, autoescape=True))
    if query.since is not None:
        condition.append(columns.at >= query.since)
    if query.until is not None:
        condition.append(columns.at < query.until)
    return condition


def _inquiry(row: Row[tuple[object, ...]]) -> Inquiry:
    return Inquiry(
        id=row.id,
        at=row.at,
        channel=Channel(row.channel),
        question=row.question,
        outcome=row.outcome,
        answer=Answer.model_validate_json(row.answer),
        plan=row.plan,
        disclosures=row.disclosures,
        release=row.release,
        account=row.account,
        state=State(row.state),
        reply=row.reply,
        note=row.note,
    )
