"""The client for programs that ``await``. Same methods as ``BudgetQA``."""

from __future__ import annotations

from collections.abc import AsyncIterator
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


class AsyncBudgetQA:
    """Asks the service at ``base_url``. All methods raise ``ProblemError`` where the service says
    what is wrong, and ``UnreachableError`` where it does not answer. Use ``async with``."""

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        timeout: float = wire.TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers=wire.headers(api_key),
            timeout=timeout,
            transport=transport,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(
        self,
        question: str,
        *,
        conversation_id: str | None = None,
        filters: Filters | None = None,
    ) -> Answer:
        """Answer a question. ``conversation_id`` of an earlier answer makes it a follow-up."""
        body = wire.question(question, conversation_id, filters)
        return wire.parsed(Answer, await self._send("POST", "/api/ask", json=body))

    async def stream(
        self,
        question: str,
        *,
        conversation_id: str | None = None,
        filters: Filters | None = None,
    ) -> AsyncIterator[Event]:
        """The events of an answer as they arrive; the last is a ``DoneEvent`` with all of it."""
        body = wire.question(question, conversation_id, filters)
        reader = EventReader()
        with wire.reaching():
            async with self._http.stream("POST", "/api/ask/stream", json=body) as response:
                if not response.is_success:
                    await response.aread()
                wire.checked(response)
                async for line in response.aiter_lines():
                    event = reader.read(line)
                    if event is not None:
                        yield event

    async def disclosures(self, *, limit: int = 50, offset: int = 0) -> DisclosurePage:
        """One page of what is loaded."""
        params = {"limit": limit, "offset": offset}
        response = await self._send("GET", "/api/disclosures", params=params)
        return wire.parsed(DisclosurePage, response)

    async def all_disclosures(self) -> AsyncIterator[Disclosure]:
        """Everything that is loaded, fetched page by page."""
        offset = 0
        while True:
            page = await self.disclosures(limit=wire.PAGE, offset=offset)
            for disclosure in page.items:
                yield disclosure
            offset += len(page.items)
            if not page.items or offset >= page.total:
                return

    async def starters(self) -> tuple[str, ...]:
        """Answerable questions about what is loaded."""
        return wire.parsed(Starters, await self._send("GET", "/api/starters")).questions

    async def printed_row(self, disclosure_id: str, fact_id: str) -> PrintedRow:
        """The table row that prints a figure, by the ids of its citation."""
        response = await self._send("GET", wire.row_path(disclosure_id, fact_id))
        return wire.parsed(PrintedRow, response)

    async def ready(self) -> bool:
        """Whether the service can answer questions."""
        with wire.reaching():
            return (await self._http.get("/readyz")).is_success

    async def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        with wire.reaching():
            return await self._http.request(method, path, **more)
