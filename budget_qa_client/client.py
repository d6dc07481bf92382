"""The client for ordinary programs."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

import httpx

from budget_qa_client import wire
from budget_qa_client.events import Event, EventReader
from budget_qa_client.models import (
    Answer,
    Disclosure,
    DisclosurePage,
    Filters,
    PrintedRow,
    Starters,
)


class BudgetQA:
    """Asks the service at ``base_url``. All methods raise ``ProblemError`` where the service says
    what is wrong, and ``UnreachableError`` where it does not answer. Close it, or use ``with``."""

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        timeout: float = wire.TIMEOUT,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(
            base_url=base_url,
            headers=wire.headers(api_key),
            timeout=timeout,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(
        self,
        question: str,
        *,
        conversation_id: str | None = None,
        filters: Filters | None = None,
    ) -> Answer:
        """Answer a question. ``conversation_id`` of an earlier answer makes it a follow-up."""
        body = wire.question(question, conversation_id, filters)
        return wire.parsed(Answer, self._send("POST", "/api/ask", json=body))

    def stream(
        self,
        question: str,
        *,
        conversation_id: str | None = None,
        filters: Filters | None = None,
    ) -> Iterator[Event]:
        """The events of an answer as they arrive; the last is a ``DoneEvent`` with all of it."""
        body = wire.question(question, conversation_id, filters)
        reader = EventReader()
        with (
            wire.reaching(),
            self._http.stream("POST", "/api/ask/stream", json=body) as response,
        ):
            if not response.is_success:
                response.read()
            wire.checked(response)
            for line in response.iter_lines():
                event = reader.read(line)
                if event is not None:
                    yield event

    def disclosures(self, *, limit: int = 50, offset: int = 0) -> DisclosurePage:
        """One page of what is loaded."""
        params = {"limit": limit, "offset": offset}
        return wire.parsed(DisclosurePage, self._send("GET", "/api/disclosures", params=params))

    def all_disclosures(self) -> Iterator[Disclosure]:
        """Everything that is loaded, fetched page by page."""
        offset = 0
        while True:
            page = self.disclosures(limit=wire.PAGE, offset=offset)
            yield from page.items
            offset += len(page.items)
            if not page.items or offset >= page.total:
                return

    def starters(self) -> tuple[str, ...]:
        """Answerable questions about what is loaded."""
        return wire.parsed(Starters, self._send("GET", "/api/starters")).questions

    def printed_row(self, disclosure_id: str, fact_id: str) -> PrintedRow:
        """The table row that prints a figure, by the ids of its citation."""
        return wire.parsed(PrintedRow, self._send("GET", wire.row_path(disclosure_id, fact_id)))

    def ready(self) -> bool:
        """Whether the service can answer questions."""
        with wire.reaching():
            return self._http.get("/readyz").is_success

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        with wire.reaching():
            return self._http.request(method, path, **more)
