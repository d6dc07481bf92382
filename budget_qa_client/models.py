"""What the interface takes and gives. Fields that a newer service adds are passed over."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["answered", "clarify", "not_disclosed", "out_of_scope"]


class Model(BaseModel):
    """Base of all models: immutable."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Locator(Model):
    """Where evidence stands in its source file; what does not apply is None."""

    file: str | None = None
    page: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    start: int | None = None
    end: int | None = None


class Citation(Model):
    """A cell or passage that the answer rests on, quoted as printed. ``url``: where the service's
    document page shows it, from its root."""

    id: int
    kind: Literal["cell", "passage"]
    disclosure: str
    disclosure_id: str
    title: str
    table: str | None = None
    row: str | None = None
    column: str | None = None
    section: str | None = None
    quote: str
    locator: Locator
    fact_id: str | None = None
    passage_id: str | None = None
    table_id: str | None = None
    url: str | None = None


class InputFigure(Model):
    """A figure that entered a computation."""

    label: str
    value: str
    unit: str
    citations: tuple[int, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The value, exact and signed."""
        return Decimal(self.value)


class Derivation(Model):
    """The operation, its formula with the numbers put in, and its inputs."""

    operation: str
    formula: str
    inputs: tuple[InputFigure, ...] = ()


class Figure(InputFigure):
    """A figure that answers the question, in ``unit``."""

    derivation: Derivation


class ChartPoint(Model):
    """One bar, slice or point."""

    label: str
    value: str


class Chart(Model):
    """A small chart specification."""

    kind: str
    title: str
    unit: str
    points: tuple[ChartPoint, ...]


class Answer(Model):
    """A complete answer. ``options`` are the questions to choose from where it asks back."""

    status: Status
    answer: str
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    options: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    chart: Chart | None = None
    conversation_id: str = ""
    planner: str = "embedded"

    def cited(self, figure: InputFigure) -> list[Citation]:
        """The evidence of a figure."""
        wanted = set(figure.citations)
        return [citation for citation in self.citations if citation.id in wanted]


class Filters(Model):
    """Limits on where to look; each must match exactly when set."""

    disclosure_id: str | None = None
    department: str | None = None
    city: str | None = None
    year: int | None = None


class Unit(Model):
    """An organisation unit of a department."""

    code: str
    name: str
    head_office: bool


class Region(Model):
    """Where a department belongs; '' where unknown."""

    province: str
    city: str
    district: str


class Disclosure(Model):
    """One department's (or unit's) budget or final account of one year."""

    id: str
    title: str
    department: str
    code: str
    region: Region
    year: int
    kind: Literal["budget", "final_account"]
    level: Literal["department", "unit"]
    units: tuple[Unit, ...]
    version: int
    remarks: tuple[str, ...] = ()


class DisclosurePage(Model):
    """One page of the list of disclosures."""

    items: tuple[Disclosure, ...]
    total: int
    limit: int
    offset: int


class PrintedRow(Model):
    """The row of a table that prints a figure; ``column`` counts from 0."""

    table: str
    unit: str
    headers: tuple[tuple[str, ...], ...]
    cells: tuple[str, ...]
    column: int | None = None


class Starters(Model):
    """Answerable questions about what is loaded."""

    questions: tuple[str, ...]


class FieldError(Model):
    """What is wrong with one field of a request."""

    field: str
    message: str


class Problem(Model):
    """Problem details (RFC 9457). ``code`` is stable; the texts are for people."""

    status: int
    code: str
    title: str = ""
    detail: str = ""
    errors: tuple[FieldError, ...] = Field(default=())
    command: str | None = None
