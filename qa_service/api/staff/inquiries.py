"""Routes of the desk and of the inquiry log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Annotated, Self

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import StreamingResponse

from qa_service.answering.answer import Answer, Filters
from qa_service.api.problems import NOT_FOUND, NOT_READY, UNFOUNDED, ApiError
from qa_service.api.staff.signed import Door, Here
from qa_service.api.staff.texts import Id, Long, Question, Short, Text
from qa_service.local_time import midnight
from qa_service.records.inquiries import Channel, Edit, Inquiry, InquiryQuery, State
from qa_service.staff.desk import Desk, Opened
from qa_service.staff.evidence import OpenEvidence
from qa_service.staff.log_export import log_csv
from qa_service.staff.readings import Reading
from qa_service.staff.statements import UnfoundedError
from qa_service.understanding.plan import Selector

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TakenIn(_Body):
    """A caller's words, how they came in, and where to look."""

    question: Question
    channel: Channel = Channel.PHONE
    conversation_id: Annotated[Text, Field(max_length=64, pattern=r"^[0-9A-Za-z_-]+$")] | None = (
        None
    )
    disclosure_id: Short | None = None
    department: Short | None = None
    year: Annotated[int, Field(ge=1949, le=2199)] | None = None

    def filters(self) -> Filters | None:
        """The limits on where to look; None where there are none."""
        if (self.disclosure_id, self.department, self.year) == (None, None, None):
            return None
        return Filters(disclosure_id=self.disclosure_id, department=self.department, year=self.year)


class EditIn(_Body):
    """What is to be changed; what is None stays."""

    channel: Channel | None = None
    state: State | None = None
    reply: Long | None = None
    note: Long | None = None

    def changes(self) -> dict[str, str]:
        """The fields that are given."""
        return {name: str(value) for name, value in self.model_dump(exclude_none=True).items()}


class InquiryOut(BaseModel):
    """An inquiry in the log."""

    id: int
    at: float
    channel: Channel
    question: str
    outcome: str
    answer: str
    disclosures: list[str]
    release: str
    account: str
    state: State
    reply: str
    note: str
    edits: int

    @classmethod
    def of(cls, inquiry: Inquiry, edits: int) -> Self:
        """The inquiry as the log lists it."""
        return cls(
            id=inquiry.id,
            at=inquiry.at,
            channel=inquiry.channel,
            question=inquiry.question,
            outcome=inquiry.outcome,
            answer=inquiry.answer.answer,
            disclosures=inquiry.disclosures.splitlines(),
            release=inquiry.release,
            account=inquiry.account,
            state=inquiry.state,
            reply=inquiry.reply,
            note=inquiry.note,
            edits=edits,
        )


class OpenedOut(BaseModel):
    """An inquiry as the desk shows it."""

    inquiry: InquiryOut
    answer: Answer
    evidence: list[OpenEvidence]
    readings: list[Reading]
    edits: list[Edit]
    outdated: bool
    conversation_id: str = ""


class ReplyOut(BaseModel):
    """The reply as plain text."""

    text: str


class InquiryPage(BaseModel):
    """One page of the log."""

    items: list[InquiryOut]
    total: int


def log_query(
    text: Short = "",
    channel: Short = "",
    state: Short = "",
    account: Short = "",
    outcome: Short = "",
    disclosure: Short = "",
    since: date | None = None,
    until: date | None = None,
) -> InquiryQuery:
    """What is looked for; ``until`` is the last day."""
    return InquiryQuery(
        text=text,
        channel=channel,
        state=state,
        account=account,
        outcome=outcome,
        disclosure=disclosure,
        since=midnight(since) if since else None,
        until=midnight(until + timedelta(days=1)) if until else None,
    )


Looked = Annotated[InquiryQuery, Depends(log_query)]


def inquiries_router(door: Door) -> APIRouter:
    """The routes of the desk and the log."""
    router = APIRouter(prefix="/api/staff/inquiries", dependencies=[Depends(door.signed)])

    def desk() -> Desk:
        return door.console().desk

    def found(inquiry_id: int) -> Inquiry:
        inquiry = desk().inquiries.get(inquiry_id)
        if inquiry is None:
            raise ApiError(NOT_FOUND, f"没有编号为{inquiry_id}的咨询，可能已过保存期限。")
        return inquiry

    def shown(inquiry: Inquiry, conversation_id: str = "") -> OpenedOut:
        return opened_out(desk().open(inquiry), desk().inquiries.edits(inquiry.id), conversation_id)

    @router.post("")
    def take(body: TakenIn, signed: Here) -> OpenedOut:
        if not door.console().service.ready():
            raise ApiError(NOT_READY)
        inquiry, conversation_id = desk().take(
            words=body.question.strip(),
            channel=body.channel,
            account=signed.account.name,
            conversation_id=body.conversation_id,
            filters=body.filters(),
        )
        return shown(inquiry, conversation_id)

    @router.get("")
    def search(
        query: Looked,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    ) -> InquiryPage:
        items, total = desk().inquiries.search(query, limit=limit, offset=offset)
        edits = desk().inquiries.edit_counts([item.id for item in items])
        return InquiryPage(
            items=[InquiryOut.of(item, edits.get(item.id, 0)) for item in items], total=total
        )

    @router.get("/export.csv")
    def export(query: Looked, signed: Here) -> StreamingResponse:
        door.console().audit.note(signed.account.name, "inquiry.export", "咨询台账")
        return StreamingResponse(
            log_csv(desk().inquiries, query),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="inquiries.csv"'},
        )

    @router.get("/{inquiry_id}")
    def read(inquiry_id: Id) -> OpenedOut:
        return shown(found(inquiry_id))

    @router.patch("/{inquiry_id}")
    def edit(inquiry_id: Id, body: EditIn, signed: Here) -> OpenedOut:
        with _guarded():
            return shown(desk().edit(found(inquiry_id), signed.account.name, body.changes()))

    @router.post("/{inquiry_id}/reading")
    def read_as(inquiry_id: Id, body: Selector, signed: Here) -> OpenedOut:
        try:
            return shown(desk().read_as(found(inquiry_id), body, signed.account.name))
        except KeyError as error:
            raise ApiError(NOT_FOUND, "现有资料中没有这个读法，请重新提问。") from error

    @router.get("/{inquiry_id}/reply")
    def reply(inquiry_id: Id) -> ReplyOut:
        with _guarded():
            return ReplyOut(text=desk().reply(found(inquiry_id)))

    @router.post("/{inquiry_id}/replied")
    def replied(inquiry_id: Id, signed: Here) -> OpenedOut:
        with _guarded():
            return shown(desk().replied(found(inquiry_id), signed.account.name))

    @router.get("/{inquiry_id}/reply.docx")
    def reply_docx(inquiry_id: Id) -> Response:
        with _guarded():
            document = desk().reply_docx(found(inquiry_id))
        return Response(
            document,
            media_type=_DOCX,
            headers={"Content-Disposition": f'attachment; filename="reply-{inquiry_id}.docx"'},
        )

    return router


@contextmanager
def _guarded() -> Iterator[None]:
    """A text with figures that the answer does not give is told as a problem."""
    try:
        yield
    except UnfoundedError as error:
        raise ApiError(UNFOUNDED, str(error)) from error


def opened_out(opened: Opened, edits: list[Edit], conversation_id: str) -> OpenedOut:
    """The opened inquiry as it is sent."""
    return OpenedOut(
        inquiry=InquiryOut.of(opened.inquiry, len(edits)),
        answer=opened.inquiry.answer,
        evidence=list(opened.evidence),
        readings=list(opened.readings),
        edits=edits,
        outdated=opened.outdated,
        conversation_id=conversation_id,
    )
