"""A small typed client of 预算问's HTTP interface: ``BudgetQA``, and ``AsyncBudgetQA`` to await.

It needs httpx and pydantic only, and nothing of the service.
"""

from budget_qa_client.aio import AsyncBudgetQA
from budget_qa_client.client import BudgetQA
from budget_qa_client.errors import (
    AccessDeniedError,
    BudgetQAError,
    InvalidRequestError,
    NotFoundError,
    ProblemError,
    RateLimitedError,
    UnavailableError,
    UnreachableError,
)
from budget_qa_client.events import (
    CitationEvent,
    DoneEvent,
    Event,
    FigureEvent,
    StatusEvent,
    TextEvent,
)
from budget_qa_client.models import (
    Answer,
    Citation,
    Derivation,
    Disclosure,
    DisclosurePage,
    Figure,
    Filters,
    PrintedRow,
)

__all__ = [
    "AccessDeniedError",
    "Answer",
    "AsyncBudgetQA",
    "BudgetQA",
    "BudgetQAError",
    "Citation",
    "CitationEvent",
    "Derivation",
    "Disclosure",
    "DisclosurePage",
    "DoneEvent",
    "Event",
    "Figure",
    "FigureEvent",
    "Filters",
    "InvalidRequestError",
    "NotFoundError",
    "PrintedRow",
    "ProblemError",
    "RateLimitedError",
    "StatusEvent",
    "TextEvent",
    "UnavailableError",
    "UnreachableError",
]
