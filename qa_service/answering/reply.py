"""An answer as programs get it that pass it on (chat clients, MCP): with links to its evidence, and
with cautions about figures that the document itself contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field

from disclosure.library import Library
from disclosure.model import Finding
from qa_service.answering.answer import Answer, Chart, Citation, Figure, Frozen, Status
from qa_service.answering.links import Links


class Caution(Frozen):
    """A figure that must not be stated as it is: a check of the document contradicts it."""

    figure: str = Field(description="Label of the figure")
    rule: str = Field(description="Name of the check that failed")
    message: str = Field(description="What must not be done, and why, in Chinese")
    may_state: Literal[False] = Field(
        default=False, description="The figure may not be stated as a fact"
    )


class Reply(Frozen):
    """An answer with linked evidence. Where ``cautions`` name a figure, do not state it."""

    status: Status
    answer: str = Field(description="Chinese, complete sentences")
    figures: list[Figure] = Field(default=[])
    citations: list[Citation] = Field(default=[])
    cautions: list[Caution] = Field(default=[])
    options: list[str] = Field(default=[], description="Questions to choose from, for clarify")
    follow_ups: list[str] = Field(default=[])
    chart: Chart | None = None
    conversation_id: str = Field(
        default="", description="Give it with the next question to go on; '' where there is none"
    )
    planner: Literal["embedded", "llm"] = "embedded"

    @classmethod
    def of(cls, answer: Answer, library: Library | None, links: Links) -> Self:
        """The answer with its links; ``library`` is the release that it was given from."""
        return cls(
            status=answer.status,
            answer=answer.answer,
            figures=answer.figures,
            citations=[links.citation(citation) for citation in answer.citations],
            cautions=list(_cautions(answer, library)) if library is not None else [],
            options=answer.options,
            follow_ups=answer.follow_ups,
            chart=answer.chart,
            conversation_id=answer.conversation_id,
            planner=answer.planner,
        )


def _cautions(answer: Answer, library: Library) -> Iterator[Caution]:
    """One for each figure and each failed check that touches a fact it rests on."""
    mismatches = [
        finding
        for disclosure_id in dict.fromkeys(c.disclosure_id for c in answer.citations)
        for finding in library.mismatches(disclosure_id)
    ]
    if not mismatches:
        return
    facts = {citation.id: citation.fact_id for citation in answer.citations}
    for figure in answer.figures:
        cited = [*figure.citations, *(n for i in figure.derivation.inputs for n in i.citations)]
        used = {facts.get(number) for number in cited}
        for finding in mismatches:
            if used & set(finding.fact_ids):
                yield _caution(figure, finding)


def _caution(figure: Figure, finding: Finding) -> Caution:
    return Caution(
        figure=figure.label,
        rule=finding.rule,
        message=f"不得把“{figure.label}”当作确定的数陈述：公开文件自身前后不符（{finding.message}）。"
        "请说明存在不一致，并请读者以原文为准。",
    )
