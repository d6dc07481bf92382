"""Routes of evaluation candidates: marked by anybody, reviewed by reviewers."""

from __future__ import annotations

from typing import Self

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict

from qa_service.api.problems import INVALID_REQUEST, NOT_FOUND, ApiError
from qa_service.api.staff.signed import Door, Here
from qa_service.api.staff.texts import Id, Long, Number, Question
from qa_service.records.candidates import (
    Candidate,
    CandidateError,
    CandidateState,
    Expected,
    Mark,
)
from qa_service.records.roles import Role
from qa_service.staff.evidence import disclosures_of


class MarkIn(BaseModel):
    """What is wrong with the answer to an inquiry, and what would be right."""

    model_config = ConfigDict(extra="forbid")

    inquiry_id: Number
    mark: Mark
    note: Long = ""
    expected: Expected = Expected()


class ReviewIn(BaseModel):
    """A reviewer's decision."""

    model_config = ConfigDict(extra="forbid")

    accept: bool
    question: Question
    expected: Expected


class CandidateOut(BaseModel):
    """A candidate as it is sent."""

    id: int
    at: float
    account: str
    question: str
    mark: Mark
    note: str
    answer: str
    outcome: str
    release: str
    documents: list[str]
    expected: Expected
    state: CandidateState
    reviewer: str
    reviewed: float | None
    case_id: str

    @classmethod
    def of(cls, candidate: Candidate) -> Self:
        """The candidate as it is sent."""
        return cls(
            id=candidate.id,
            at=candidate.at,
            account=candidate.account,
            question=candidate.question,
            mark=candidate.mark,
            note=candidate.note,
            answer=candidate.answer.answer,
            outcome=candidate.answer.status.value,
            release=candidate.release,
            documents=list(candidate.documents),
            expected=candidate.expected,
            state=candidate.state,
            reviewer=candidate.reviewer,
            reviewed=candidate.reviewed,
            case_id=candidate.case_id,
        )


def candidates_router(door: Door) -> APIRouter:
    """The routes of evaluation candidates."""
    router = APIRouter(prefix="/api/staff/candidates", dependencies=[Depends(door.signed)])

    @router.get("")
    def all_candidates() -> list[CandidateOut]:
        return [CandidateOut.of(candidate) for candidate in door.console().candidates.all()]

    @router.post("")
    def mark(body: MarkIn, signed: Here) -> CandidateOut:
        console = door.console()
        inquiry = console.desk.inquiries.get(body.inquiry_id)
        if inquiry is None:
            raise ApiError(NOT_FOUND, f"没有编号为{body.inquiry_id}的咨询，可能已过保存期限。")
        made = console.candidates.propose(
            account=signed.account.name,
            question=inquiry.question,
            mark=body.mark,
            note=body.note,
            answer=inquiry.answer,
            release=inquiry.release,
            documents=tuple(
                file.name
                for disclosure in disclosures_of(inquiry.answer, console.service.library())
                for file in disclosure.files
            ),
            expected=body.expected,
        )
        console.audit.note(
            signed.account.name, "candidate.propose", f"评测候选{made.id}", made.question
        )
        return CandidateOut.of(made)

    @router.post("/{candidate_id}/review")
    def review(candidate_id: Id, body: ReviewIn, signed: Here) -> CandidateOut:
        signed.require(Role.REVIEWER)
        console = door.console()
        if console.candidates.get(candidate_id) is None:
            raise ApiError(NOT_FOUND, f"没有编号为{candidate_id}的评测候选。")
        try:
            made = console.candidates.review(
                candidate_id,
                reviewer=signed.account.name,
                accept=body.accept,
                question=body.question,
                expected=body.expected,
            )
        except CandidateError as error:
            raise ApiError(INVALID_REQUEST, str(error)) from error
        console.audit.note(
            signed.account.name, f"candidate.{made.state}", f"评测候选{made.id}", made.question
        )
        return CandidateOut.of(made)

    return router
