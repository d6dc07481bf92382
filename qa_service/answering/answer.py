"""The answer as the API sends it: the public JSON contract of ``POST /api/ask``."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Status(StrEnum):
    """The outcome of a question; all four are HTTP 200."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NOT_DISCLOSED = "not_disclosed"
    OUT_OF_SCOPE = "out_of_scope"


class Frozen(BaseModel):
    """Base of the immutable value models of the contract."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Operation(StrEnum):
    """How a figure came about."""

    LOOKUP = "lookup"
    TOTAL = "total"
    SHARE = "share"
    CHANGE = "change"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    AVERAGE = "average"
    RANK = "rank"
    COUNT = "count"
    CONVERT = "convert"
    DERIVE = "derive"


class LocatorOut(Frozen):
    """Where the evidence stands in its source; only the keys that apply are set."""

    file: str | None = None
    page: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    start: int | None = None
    end: int | None = None


class Citation(Frozen):
    """A cell or passage that the answer rests on, quoted as printed."""

    id: int
    kind: Literal["cell", "passage"]
    disclosure: str = Field(description="Title of the disclosure")
    disclosure_id: str = Field(description="Id of the disclosure, for its document page")
    title: str = Field(description="What is cited, in one line: table and row, or section")
    table: str | None = None
    row: str | None = None
    column: str | None = None
    section: str | None = None
    quote: str = Field(description="The row or sentence, as printed")
    locator: LocatorOut
    fact_id: str | None = None
    passage_id: str | None = None
    table_id: str | None = None
    url: str | None = Field(
        default=None, description="Where the document page of this site shows it, from its root"
    )


class InputFigure(Frozen):
    """A figure that entered a computation."""

    label: str
    value: str
    unit: str
    citations: list[int] = []


class Derivation(Frozen):
    """The operation, its formula with the numbers put in, and its inputs."""

    operation: Operation
    formula: str
    inputs: list[InputFigure] = []


class Figure(Frozen):
    """A figure that answers the question. ``value`` is a signed decimal string in ``unit``."""

    label: str
    value: str
    unit: str
    derivation: Derivation
    citations: list[int]


class ChartPoint(Frozen):
    """One bar, slice or point."""

    label: str
    value: str


class Chart(Frozen):
    """A small typed chart specification; the client draws it and its data table."""

    kind: Literal["composition", "comparison", "ranking", "series"]
    title: str
    unit: str
    points: list[ChartPoint]


class Answer(Frozen):
    """A complete answer."""

    status: Status
    answer: str = Field(description="Chinese, complete sentences")
    figures: list[Figure] = []
    citations: list[Citation] = []
    options: list[str] = Field(default=[], description="Questions to choose from, for clarify")
    follow_ups: list[str] = []
    chart: Chart | None = None
    conversation_id: str = ""
    answer_id: str = Field(
        default="", description="To share the answer or tell what is wrong with it; '' if not kept"
    )
    planner: Literal["embedded", "llm"] = "embedded"


class Filters(Frozen):
    """Optional limits on where to look; each must match exactly when set."""

    disclosure_id: str | None = None
    department: str | None = None
    city: str | None = None
    year: int | None = None


class AskRequest(Frozen):
    """A question, with the conversation that it belongs to (null opens one)."""

    question: str = Field(min_length=1, max_length=500, examples=["三公经费预算是多少？"])
    conversation_id: str | None = Field(default=None, max_length=64)
    filters: Filters | None = None
