"""Answers that are kept, over the API: shared by an address, read again, and judged by readers."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator
from starlette.requests import HTTPConnection

from disclosure.store.errors import StoreError
from qa_service.answering.answer import Answer, Filters
from qa_service.answering.evidence import quoted_row
from qa_service.api.addresses import absolute
from qa_service.api.catalogue import PrintedRow, printed_row
from qa_service.api.problems import NOT_FOUND, ApiError, Problem
from qa_service.api.requests import storable
from qa_service.paths import answer_path
from qa_service.records.answers import Answers, KeptAnswer
from qa_service.records.feedback import LONGEST_NOTE, Feedbacks, Verdict
from qa_service.service import AnswerService
from qa_service.settings import Settings

_log = logging.getLogger(__name__)

AnswerId = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,32}$")]
_ROWS = TypeAdapter(dict[int, PrintedRow])
_GONE = "没有这个答案。答案在一段时间后会删除，除非已经分享；请重新提问。"


class SharedAddress(BaseModel):
    """Where a shared answer is found."""

    answer_id: str
    url: str = Field(description="Address of its page")


class FeedbackBody(BaseModel):
    """What a reader says of an answer."""

    model_config = ConfigDict(extra="forbid")

    verdict: Verdict
    note: str = Field(default="", max_length=LONGEST_NOTE)

    @field_validator("note")
    @classmethod
    def _note_is_text(cls, note: str) -> str:
        return storable(note)


class FeedbackTaken(BaseModel):
    """The feedback was taken."""

    answer_id: str
    verdict: Verdict


class Today(BaseModel):
    """What the release in force answers to the same question."""

    release_id: str
    changed: bool = Field(description="Whether the status or a figure is another one")
    answer: Answer


class SharedAnswer(BaseModel):
    """A shared answer as it was given, and what would be answered today."""

    answer_id: str
    url: str
    at: datetime
    question: str
    filters: Filters | None
    release_id: str
    plan: object = Field(description="The typed plan of each part of the question")
    answer: Answer
    rows: dict[int, PrintedRow] = Field(description="The printed rows, by the citations' ids")
    today: Today | None = Field(description="null where it cannot be asked again")


def read_again(service: AnswerService, kept: KeptAnswer) -> Today | None:
    """The same question asked of the release in force, with what the conversation remembered."""
    library = service.library()
    if library is None:
        return None
    try:
        now = service.again(kept.question, kept.memory, kept.filters)
    except (ValueError, StoreError) as error:
        # Kept by a program that planned in other terms: what was given is shown all the same.
        _log.info("answer %s cannot be repeated: %s", kept.id, error)
        return None
    changed = _stated(now) != _stated(Answer.model_validate_json(kept.answer))
    return Today(release_id=library.release_id, changed=changed, answer=now)


def rows_of(kept: KeptAnswer) -> dict[int, PrintedRow]:
    """The printed rows that a shared answer cites, as they were."""
    return _ROWS.validate_json(kept.evidence) if kept.evidence else {}


def _evidence(service: AnswerService, kept: KeptAnswer) -> str:
    """The rows that an answer cites, as JSON; only those that still print what was quoted."""
    library = service.library()
    rows: dict[int, PrintedRow] = {}
    for citation in Answer.model_validate_json(kept.answer).citations if library else ():
        if library is None or citation.fact_id is None or citation.kind != "cell":
            continue
        row = printed_row(library, citation.disclosure_id, citation.fact_id)
        if row is not None and quoted_row(row.cells) == citation.quote:
            rows[citation.id] = row
    return _ROWS.dump_json(rows).decode()


def _stated(answer: Answer) -> tuple[str, list[tuple[str, str, str]]]:
    """What an answer says, whatever its words: its status and its figures."""
    return answer.status.value, [(f.label, f.value, f.unit) for f in answer.figures]


def answers_router(
    service: AnswerService,
    settings: Settings,
    answers: Answers,
    feedbacks: Feedbacks,
    within_limit: Callable[[HTTPConnection], None],
) -> APIRouter:
    """The routes of answers that are kept."""
    router = APIRouter(
        prefix="/api/answers",
        tags=["答案"],
        dependencies=[Depends(within_limit)],
        responses={code: {"model": Problem} for code in (404, 422, 429)},
    )

    def kept(answer_id: str) -> KeptAnswer:
        found = answers.get(answer_id)
        if found is None:
            raise ApiError(NOT_FOUND, _GONE)
        return found

    @router.post("/{answer_id}/share", summary="分享一个答案")
    def share(answer_id: AnswerId, request: Request) -> SharedAddress:
        """使答案长期保留，知道地址的人都可以查看。"""
        answers.share(answer_id, _evidence(service, kept(answer_id)))
        return SharedAddress(
            answer_id=answer_id, url=absolute(request, settings, answer_path(answer_id))
        )

    @router.post("/{answer_id}/feedback", summary="评价一个答案")
    def give_feedback(answer_id: AnswerId, body: FeedbackBody) -> FeedbackTaken:
        """答案正确、有误或不清楚，可以附上说明（其中的电话、证件号码会遮盖）。"""
        kept(answer_id)
        feedbacks.add(answer_id, body.verdict, body.note)
        return FeedbackTaken(answer_id=answer_id, verdict=body.verdict)

    @router.get("/{answer_id}", summary="查看一个已分享的答案")
    def read_shared(answer_id: AnswerId, request: Request) -> SharedAnswer:
        """答案当时的内容和证据；`today`说明现行资料是否会给出不同的答案。"""
        found = kept(answer_id)
        if not found.shared:
            raise ApiError(NOT_FOUND, _GONE)
        return SharedAnswer(
            answer_id=found.id,
            url=absolute(request, settings, answer_path(found.id)),
            at=datetime.fromtimestamp(found.at, UTC),
            question=found.question,
            filters=Filters.model_validate_json(found.filters) if found.filters else None,
            release_id=found.release,
            plan=json.loads(found.plan),
            answer=Answer.model_validate_json(found.answer),
            rows=rows_of(found),
            today=read_again(service, found),
        )

    return router
