"""Routes of standard answers: proposed by anybody, approved and retired by reviewers."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from qa_service.answering.answer import Citation, Status
from qa_service.api.problems import NOT_FOUND, NOT_READY, UNFOUNDED, ApiError
from qa_service.api.staff.signed import Door, Here
from qa_service.api.staff.texts import Id, Long, Question
from qa_service.records.roles import Role
from qa_service.records.standard_answers import StandardAnswer, StandardState, StatedFigure
from qa_service.staff.statements import UnfoundedError


class ProposalIn(BaseModel):
    """A wording for a question."""

    model_config = ConfigDict(extra="forbid")

    question: Question
    text: Annotated[Long, Field(min_length=1, pattern=r"\S")]


class ApprovalIn(BaseModel):
    """The wording to serve."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[Long, Field(min_length=1, pattern=r"\S")]


class StandardOut(BaseModel):
    """A standard answer. ``composed`` is the answer that it was proposed or approved on."""

    id: int
    question: str
    text: str
    figures: list[StatedFigure]
    composed: str
    citations: list[Citation]
    outcome: Status
    release: str
    state: StandardState
    reason: str
    author: str
    reviewer: str
    at: float
    decided: float | None
    uses: int
    last_used: float | None

    @classmethod
    def of(cls, standard: StandardAnswer) -> Self:
        """The standard answer as it is sent."""
        return cls(
            id=standard.id,
            question=standard.question,
            text=standard.text,
            figures=list(standard.figures),
            composed=standard.basis.answer,
            citations=standard.basis.citations,
            outcome=standard.basis.status,
            release=standard.release,
            state=standard.state,
            reason=standard.reason,
            author=standard.author,
            reviewer=standard.reviewer,
            at=standard.at,
            decided=standard.decided,
            uses=standard.uses,
            last_used=standard.last_used,
        )


def standards_router(door: Door) -> APIRouter:
    """The routes of standard answers."""
    router = APIRouter(prefix="/api/staff/standard-answers", dependencies=[Depends(door.signed)])

    def found(standard_id: int) -> StandardAnswer:
        standard = door.console().standards.standards.get(standard_id)
        if standard is None:
            raise ApiError(NOT_FOUND, f"没有编号为{standard_id}的标准答案。")
        return standard

    def require_release() -> None:
        if not door.console().service.ready():
            raise ApiError(NOT_READY)

    @router.get("")
    def all_standards() -> list[StandardOut]:
        return [StandardOut.of(standard) for standard in door.console().standards.all()]

    @router.post("")
    def propose(body: ProposalIn, signed: Here) -> StandardOut:
        require_release()
        try:
            made = door.console().standards.propose(
                body.question.strip(), body.text.strip(), signed.account.name
            )
        except UnfoundedError as error:
            raise ApiError(UNFOUNDED, str(error)) from error
        return StandardOut.of(made)

    @router.post("/{standard_id}/approve")
    def approve(standard_id: Id, body: ApprovalIn, signed: Here) -> StandardOut:
        signed.require(Role.REVIEWER)
        require_release()
        try:
            made = door.console().standards.approve(
                found(standard_id), body.text.strip(), signed.account.name
            )
        except UnfoundedError as error:
            raise ApiError(UNFOUNDED, str(error)) from error
        return StandardOut.of(made)

    @router.post("/{standard_id}/retire")
    def retire(standard_id: Id, signed: Here) -> StandardOut:
        signed.require(Role.REVIEWER)
        door.console().standards.retire(found(standard_id), signed.account.name)
        return StandardOut.of(found(standard_id))

    return router
