"""Small answers for the evaluation's tests."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.answering.answer import (
    Answer,
    Citation,
    Derivation,
    Figure,
    Filters,
    LocatorOut,
    Operation,
    Status,
)


def figure(value: str, unit: str = "万元", citations: Sequence[int] = (1,)) -> Figure:
    """A looked-up figure that rests on the first citation."""
    derivation = Derivation(operation=Operation.LOOKUP, formula="")
    return Figure(
        label="", value=value, unit=unit, derivation=derivation, citations=list(citations)
    )


def citation(table: str | None = "表5《一般公共预算支出情况表》", quote: str = "") -> Citation:
    """The first citation."""
    return Citation(
        id=1,
        kind="cell",
        disclosure="某局2031年部门预算",
        disclosure_id="d",
        title="",
        table=table,
        quote=quote,
        locator=LocatorOut(),
    )


def answer(
    *figures: Figure,
    status: Status = Status.ANSWERED,
    text: str = "",
    citations: Sequence[Citation] | None = None,
    options: Sequence[str] = (),
) -> Answer:
    """An answer; one that is answered cites something unless told otherwise."""
    if citations is None:
        citations = [citation()] if status is Status.ANSWERED else []
    return Answer(
        status=status,
        answer=text,
        figures=list(figures),
        citations=list(citations),
        options=list(options),
    )


class WrittenService:
    """Answers by a function of the question and of the conversation's earlier questions."""

    def __init__(self, written: dict[tuple[str, ...], Answer]) -> None:
        self._written = written
        self._asked: dict[str, tuple[str, ...]] = {}

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        filters: Filters | None = None,
        *,
        channel: str = "api",
        earlier: Sequence[str] | None = None,
    ) -> Answer:
        """The answer written for the conversation so far."""
        asked = (*(earlier or self._asked.get(conversation_id or "", ())), question)
        identity = conversation_id or f"c{len(self._asked)}"
        self._asked[identity] = asked
        return self._written[asked].model_copy(update={"conversation_id": identity})

    def again(self, question: str, memory: str, filters: str) -> Answer:
        """The answer written for the question alone."""
        return self._written[(question,)]

    def starters(self) -> list[str]:
        """None."""
        return []

    def ready(self) -> bool:
        """Always."""
        return True
