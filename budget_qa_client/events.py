"""The events of a streamed answer, and how they are read off the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import TypeAdapter, ValidationError

from budget_qa_client.errors import BudgetQAError, problem_error
from budget_qa_client.models import Answer, Citation, Figure, Model, Problem, Status


class StatusData(Model):
    """How the question came out."""

    status: Status
    conversation_id: str


class TextData(Model):
    """The next piece of the text."""

    text: str


class StatusEvent(Model):
    """First event: how the question came out."""

    event: Literal["status"] = "status"
    data: StatusData


class TextEvent(Model):
    """A piece of the text; all pieces in order are the answer."""

    event: Literal["text"] = "text"
    data: TextData


class FigureEvent(Model):
    """A figure that answers the question."""

    event: Literal["figure"] = "figure"
    data: Figure


class CitationEvent(Model):
    """A piece of evidence."""

    event: Literal["citation"] = "citation"
    data: Citation


class DoneEvent(Model):
    """Last event: the whole answer."""

    event: Literal["done"] = "done"
    data: Answer


class _ErrorEvent(Model):
    event: Literal["error"] = "error"
    data: Problem


Event = StatusEvent | TextEvent | FigureEvent | CitationEvent | DoneEvent
_EVENTS: dict[str, TypeAdapter[Event | _ErrorEvent]] = {
    kind.model_fields["event"].default: TypeAdapter(kind)
    for kind in (StatusEvent, TextEvent, FigureEvent, CitationEvent, DoneEvent, _ErrorEvent)
}


class EventReader:
    """Puts the lines of a server-sent event stream together."""

    def __init__(self) -> None:
        self._name = ""
        self._data: list[str] = []

    def read(self, line: str) -> Event | None:
        """The event that this line completes, if any. Raises ``ProblemError`` where the stream
        tells one. Events of kinds that a newer service adds are passed over."""
        if not line:
            name, text = self._name, "\n".join(self._data)
            self._name, self._data = "", []
            return _event(name, text) if name in _EVENTS and text else None
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            self._name = value
        elif field == "data":
            self._data.append(value)
        return None


def _event(name: str, text: str) -> Event:
    try:
        found = _EVENTS[name].validate_json(f'{{"event": "{name}", "data": {text}}}')
    except ValidationError as error:
        raise BudgetQAError(f"无法理解服务发来的事件“{name}”") from error
    if isinstance(found, _ErrorEvent):
        raise problem_error(found.data)
    return found
