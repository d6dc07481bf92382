"""The service over the shipped disclosure with a scripted model at a real endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.exposition import generate_latest

from disclosure.embedding.choice import open_embedder
from disclosure.store.provider import LibraryProvider
from qa_service.answering.answer import Answer
from qa_service.answering.service import EmbeddedService
from qa_service.conversations import Conversations
from qa_service.llm.planner import LlmPlanner
from qa_service.llm.settings import LlmSettings
from tests.support.endpoint import MODEL, ScriptedEndpoint, Step, says

#: A question in words that the embedded planner does not know, and what it means.
UNKNOWN = "小轿车保养要掏多少"
MEANT = "公务用车运行维护费"


class Exchangeable:
    """An assistant that tests exchange: the service behind it is built once for all of them."""

    def __init__(self) -> None:
        self.present: LlmPlanner | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.present, name)


@dataclass
class Desk:
    """The service, the planner that it has at present, and the endpoint that this asks."""

    service: EmbeddedService
    assistant: Exchangeable
    planner: LlmPlanner
    endpoint: ScriptedEndpoint

    def ask(self, question: str, conversation: str | None = None) -> Answer:
        self.assistant.present = self.planner
        return self.service.ask(question, conversation)

    def counted(self, name: str, **labels: str) -> float:
        """The value of one counter, as the metrics page shows it."""
        shown = ",".join(f'{key}="{value}"' for key, value in labels.items())
        line = f"{name}{{{shown}}} " if labels else f"{name} "
        text = generate_latest(self.planner.registry).decode()
        found = [row for row in text.splitlines() if row.startswith(line)]
        return float(found[0].rsplit(" ", 1)[1]) if found else 0.0


MakeDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def assisted(
    shipped_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[EmbeddedService, Exchangeable]]:
    """The service over the shipped disclosure, and the place of its assistant."""
    conversations = Conversations(tmp_path_factory.mktemp("assisted") / "conversations.sqlite")
    assistant = Exchangeable()
    provider = LibraryProvider(shipped_data, open_embedder())
    service = EmbeddedService(provider, conversations, assistant=assistant)
    with ScriptedEndpoint([says("不适用")]) as endpoint:
        # What is loaded with the first question is not of a test's time.
        given = LlmSettings(planner="auto", llm_base_url=endpoint.url, llm_model=MODEL)
        assistant.present = LlmPlanner(given)
        service.ask(UNKNOWN)
        assistant.present.close()
    yield service, assistant
    conversations.close()


@pytest.fixture
def desk(assisted: tuple[EmbeddedService, Exchangeable]) -> Iterator[MakeDesk]:
    """Opens a desk with a script. Nothing waits long: between attempts, not at all."""
    service, assistant = assisted
    with ExitStack() as stack:

        def make(*script: Step, **settings: Any) -> Desk:
            endpoint = stack.enter_context(ScriptedEndpoint(script))
            given = {
                "planner": "auto",
                "llm_base_url": endpoint.url,
                "llm_model": MODEL,
                "llm_backoff_seconds": 0.0,
                **settings,
            }
            planner = LlmPlanner(LlmSettings(**given))
            stack.callback(planner.close)
            return Desk(service, assistant, planner, endpoint)

        yield make
