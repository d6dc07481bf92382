"""Routes of what readers say of the public answers: read by staff, and taken into the log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from qa_service.answering.answer import Answer, Status
from qa_service.api.problems import NOT_FOUND, ApiError
from qa_service.api.staff.signed import Door, Here
from qa_service.api.staff.texts import Id, Number
from qa_service.records.feedback import Judged, Verdict


class JudgedOut(BaseModel):
    """A reader's word with the answer that it is about."""

    id: int
    at: float
    verdict: Verdict
    note: str
    question: str
    answer: str
    outcome: Status
    channel: str

    @classmethod
    def of(cls, judged: Judged) -> JudgedOut:
        """The word as the console lists it."""
        word, given = judged.feedback, judged.answer
        return cls(
            id=word.id,
            at=word.at,
            verdict=word.verdict,
            note=word.note,
            question=given.question,
            answer=Answer.model_validate_json(given.answer).answer,
            outcome=Status(given.status),
            channel=given.channel,
        )


class Logged(BaseModel):
    """The inquiry that a reader's word was taken into."""

    inquiry_id: int


def feedback_router(door: Door) -> APIRouter:
    """The routes of readers' words."""
    router = APIRouter(prefix="/api/staff/feedback", dependencies=[Depends(door.signed)])

    @router.get("")
    def recent(
        verdict: Verdict | None = None,
        before: Number | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> list[JudgedOut]:
        found = door.console().feedbacks.judged(verdict=verdict, before=before, limit=limit)
        return [JudgedOut.of(judged) for judged in found]

    @router.post("/{feedback_id}/inquiry")
    def take(feedback_id: Id, signed: Here) -> Logged:
        console = door.console()
        found = console.feedbacks.judged(before=feedback_id + 1, limit=1)
        if not found or found[0].feedback.id != feedback_id:
            raise ApiError(NOT_FOUND, "没有这条评价，或者它评价的答案已过保存期限。")
        return Logged(inquiry_id=console.desk.take_over(found[0], signed.account.name).id)

    return router
