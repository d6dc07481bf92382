"""The MCP server over the shipped disclosure, and a service whose document contradicts itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from pydantic import BaseModel

from disclosure.library import Library
from disclosure.model import Finding, Outcome
from qa_service.answering.answer import Answer, Filters
from qa_service.answering.links import Links
from qa_service.api.application import create_app
from qa_service.mcp.tools import Tools
from qa_service.service import AnswerService
from qa_service.settings import Settings
from tests.support.serving import serving

Call = Callable[..., Any]


@pytest.fixture(scope="package")
def address(shipped_service: AnswerService) -> Iterator[str]:
    """Where the application serves."""
    with serving(create_app(shipped_service, Settings(rate_per_minute=0))) as url:
        yield url


def caller(service: AnswerService, base: str = "") -> Call:
    """Calls a tool by its name with arguments as a client sends them."""
    tools = {tool.name: tool for tool in Tools(service, Links(base)).declared()}

    def call(name: str, **arguments: Any) -> BaseModel:
        tool = tools[name]
        return tool.run(tool.arguments.model_validate(arguments))

    return call


@pytest.fixture(scope="package")
def call(shipped_service: AnswerService) -> Call:
    """The tools over the shipped disclosure."""
    return caller(shipped_service)


class Contradicted:
    """A release in which checks of some facts failed; all else is as it was."""

    def __init__(self, library: Library, fact_ids: Sequence[str]) -> None:
        self._library = library
        self._fact_ids = tuple(fact_ids)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._library, name)

    def findings(self, disclosure_id: str) -> list[Finding]:
        """One failed check, and one that passed on the same facts."""
        return [
            Finding(
                disclosure_id, "分项之和", outcome, "各分项之和与合计相差1.00万元",
                fact_ids=self._fact_ids,
            )
            for outcome in (Outcome.PASS, Outcome.MISMATCH)
        ]  # fmt: skip

    def mismatches(self, disclosure_id: str) -> list[Finding]:
        """The failed check."""
        return [f for f in self.findings(disclosure_id) if f.outcome is Outcome.MISMATCH]


class ContradictedService:
    """The service over such a release."""

    def __init__(self, service: AnswerService, fact_ids: Sequence[str]) -> None:
        self._service = service
        self._fact_ids = fact_ids

    def __getattr__(self, name: str) -> Any:
        return getattr(self._service, name)

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        filters: Filters | None = None,
        **more: Any,
    ) -> Answer:
        """The service's own answer."""
        return self._service.ask(question, conversation_id, filters, **more)

    def library(self) -> Contradicted:
        """The contradicted release."""
        library = self._service.library()
        assert library is not None
        return Contradicted(library, self._fact_ids)
