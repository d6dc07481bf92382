"""The events of a streamed answer, as typed models and in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, Field, RootModel

from qa_service.answering.answer import Answer, Citation, Figure, Status
from qa_service.api.problems import Problem

_CLAUSE = re.compile(r"[^，。；！？\n]*[，。；！？\n]+|[^，。；！？\n]+")


class StatusData(BaseModel):
    """How the question came out, told first."""

    status: Status
    conversation_id: str


class TextData(BaseModel):
    """The next piece of the answer's text; all pieces in order are the ``answer``."""

    text: str


class StatusEvent(BaseModel):
    """First event."""

    event: Literal["status"] = "status"
    data: StatusData


class TextEvent(BaseModel):
    """A piece of text."""

    event: Literal["text"] = "text"
    data: TextData


class FigureEvent(BaseModel):
    """A figure that answers the question."""

    event: Literal["figure"] = "figure"
    data: Figure


class CitationEvent(BaseModel):
    """A piece of evidence."""

    event: Literal["citation"] = "citation"
    data: Citation


class DoneEvent(BaseModel):
    """Last event of a complete stream: the whole answer, as ``POST /api/ask`` gives it."""

    event: Literal["done"] = "done"
    data: Answer


class ErrorEvent(BaseModel):
    """Last event of a stream that failed."""

    event: Literal["error"] = "error"
    data: Problem


Event = StatusEvent | TextEvent | FigureEvent | CitationEvent | DoneEvent | ErrorEvent


class StreamEvent(RootModel[Event]):
    """One server-sent event: its ``event`` field and the JSON of its ``data`` field."""

    root: Event = Field(discriminator="event")


def clauses(text: str) -> list[str]:
    """The text in pieces that can be shown as they arrive; joined, they are the text."""
    return _CLAUSE.findall(text)


def events_of(answer: Answer) -> Iterator[Event]:
    """The events that tell an answer: status, text in clauses, figures, citations, done."""
    yield StatusEvent(data=StatusData(status=answer.status, conversation_id=answer.conversation_id))
    for clause in clauses(answer.answer):
        yield TextEvent(data=TextData(text=clause))
    for figure in answer.figures:
        yield FigureEvent(data=figure)
    for citation in answer.citations:
        yield CitationEvent(data=citation)
    yield DoneEvent(data=answer)
