"""The Python client against a real server over the shipped disclosure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from budget_qa_client import (
    AccessDeniedError,
    AsyncBudgetQA,
    BudgetQA,
    BudgetQAError,
    DoneEvent,
    Filters,
    InvalidRequestError,
    NotFoundError,
    ProblemError,
    RateLimitedError,
    StatusEvent,
    TextEvent,
    UnavailableError,
    UnreachableError,
)
from qa_service.api.application import create_app
from qa_service.records.database import open_records
from qa_service.records.keys import Keys
from qa_service.records.scopes import KeyScope
from qa_service.service import AnswerService
from qa_service.settings import Settings
from tests.support import scripted
from tests.support.scripted import ScriptedService
from tests.support.serving import serving

QUESTION = "三公经费预算是多少？"


@pytest.fixture(scope="module")
def address(shipped_service: AnswerService) -> Iterator[str]:
    with serving(create_app(shipped_service, Settings(rate_per_minute=0))) as url:
        yield url


@pytest.fixture
def client(address: str) -> Iterator[BudgetQA]:
    with BudgetQA(address) as opened:
        yield opened


def test_figures_are_exact_and_cited(client: BudgetQA) -> None:
    answer = client.ask(QUESTION)
    assert answer.status == "answered"
    (figure,) = answer.figures
    assert (figure.amount, figure.unit) == (Decimal("12.94"), "万元")
    assert figure.derivation.operation == "lookup"
    assert any("12.94" in citation.quote for citation in answer.cited(figure))


def test_conversation_goes_on_by_its_id(client: BudgetQA) -> None:
    first = client.ask("公务接待费预算是多少？")
    then = client.ask("比上年呢？", conversation_id=first.conversation_id)
    assert then.conversation_id == first.conversation_id
    assert "公务接待费" in then.answer


def test_filters_limit_where_to_look(client: BudgetQA) -> None:
    assert client.ask(QUESTION, filters=Filters(year=2019)).status == "not_disclosed"


def test_stream_ends_with_the_whole_answer(client: BudgetQA) -> None:
    events = list(client.stream(QUESTION))
    assert isinstance(events[0], StatusEvent)
    assert isinstance(events[-1], DoneEvent)
    text = "".join(event.data.text for event in events if isinstance(event, TextEvent))
    assert text == events[-1].data.answer
    assert events[-1].data.figures == client.ask(QUESTION).figures


def test_row_of_a_figure_is_read_by_its_citation(client: BudgetQA) -> None:
    answer = client.ask(QUESTION)
    cell = next(c for c in answer.citations if c.kind == "cell")
    assert cell.fact_id is not None
    row = client.printed_row(cell.disclosure_id, cell.fact_id)
    assert row.column is not None
    assert row.cells[row.column] == "12.94"
    assert len(row.headers) == len(row.cells)


def test_lists_and_readiness(client: BudgetQA) -> None:
    assert client.ready()
    (disclosure,) = client.all_disclosures()
    assert disclosure.region.city == "柳州市"
    assert len(client.starters()) >= 3


def test_long_lists_are_gone_through_page_by_page() -> None:
    with (
        serving(create_app(ScriptedService(copies=450), Settings())) as url,
        BudgetQA(url) as client,
    ):
        assert [d.id for d in client.all_disclosures()] == [f"d{n}" for n in range(1, 451)]
        page = client.disclosures(limit=10, offset=445)
        assert (len(page.items), page.total) == (5, 450)


def test_problems_are_raised_by_kind(client: BudgetQA) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        client.ask("")
    assert refused.value.code == "empty_question"
    assert refused.value.problem.errors[0].field == "question"
    with pytest.raises(InvalidRequestError):
        list(client.stream("问" * 501))
    with pytest.raises(NotFoundError):
        client.printed_row("no", "such/../thing")


def test_a_stream_that_fails_raises() -> None:
    with serving(create_app(ScriptedService(), Settings())) as url, BudgetQA(url) as client:
        with pytest.raises(ProblemError) as failed:
            list(client.stream(scripted.FAILING))
        assert failed.value.code == "internal_error"


def test_nothing_loaded_tells_the_command() -> None:
    app = create_app(ScriptedService(loaded=False), Settings())
    with serving(app) as url, BudgetQA(url) as client:
        assert not client.ready()
        with pytest.raises(UnavailableError) as refused:
            client.ask(QUESTION)
        assert (refused.value.problem.command or "").startswith("budget-qa ingest")
        assert refused.value.retry_after == 5


def test_key_is_sent_and_its_limit_told(tmp_path: Path) -> None:
    _, text = Keys(open_records(tmp_path)).add("一", [KeyScope.ASK], per_minute=1)
    app = create_app(ScriptedService(), Settings(data_dir=tmp_path, require_keys=True))
    with serving(app) as url:
        with BudgetQA(url) as client, pytest.raises(AccessDeniedError) as refused:
            client.ask(QUESTION)
        assert refused.value.code == "key_required"
        with BudgetQA(url, text) as client:
            client.ask(QUESTION)
            with pytest.raises(RateLimitedError) as limited:
                client.ask(QUESTION)
            assert (limited.value.retry_after or 0) >= 1
            with pytest.raises(AccessDeniedError):
                client.disclosures()


def answering(response: httpx.Response) -> BudgetQA:
    return BudgetQA("http://x", transport=httpx.MockTransport(lambda request: response))


def test_what_is_not_the_service_is_told() -> None:
    with pytest.raises(ProblemError) as refused:
        answering(httpx.Response(502, text="<h1>Bad Gateway</h1>")).ask("问")
    assert refused.value.code == "http_502"
    with pytest.raises(BudgetQAError, match="地址"):
        answering(httpx.Response(200, text="<h1>Welcome</h1>")).ask("问")


def test_service_out_of_reach_is_told() -> None:
    with BudgetQA("http://127.0.0.1:9") as client:
        with pytest.raises(UnreachableError):
            client.ask("问")
        with pytest.raises(UnreachableError):
            list(client.stream("问"))


def test_events_of_a_newer_service_are_passed_over() -> None:
    lines = [
        ": keep-alive", "event: sparkle", 'data: {"x": 1}', "", "event: text",
        'data: {"text":', 'data: "一", "more": 2}', "",
    ]  # fmt: skip
    with answering(httpx.Response(200, text="\r\n".join([*lines, ""]))) as client:
        (event,) = client.stream("问")
    assert isinstance(event, TextEvent)
    assert event.data.text == "一"


@pytest.mark.asyncio
async def test_async_client_does_the_same(address: str, client: BudgetQA) -> None:
    async with AsyncBudgetQA(address) as waiting:
        answer = await waiting.ask(QUESTION)
        assert answer.figures == client.ask(QUESTION).figures
        events = [event async for event in waiting.stream(QUESTION)]
        assert [e.event for e in events] == [e.event for e in client.stream(QUESTION)]
        assert await waiting.ready()
        assert await waiting.starters() == client.starters()
        assert [d async for d in waiting.all_disclosures()] == list(client.all_disclosures())
        cell = next(c for c in answer.citations if c.kind == "cell")
        row = await waiting.printed_row(cell.disclosure_id, cell.fact_id or "")
        assert row == client.printed_row(cell.disclosure_id, cell.fact_id or "")
        with pytest.raises(InvalidRequestError):
            await waiting.ask("")
        with pytest.raises(InvalidRequestError):
            [event async for event in waiting.stream("")]
    async with AsyncBudgetQA("http://127.0.0.1:9") as nowhere:
        with pytest.raises(UnreachableError):
            await nowhere.ask(QUESTION)
