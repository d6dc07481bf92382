"""The answer service over a data directory: the release in force, conversations, the planner."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

from prometheus_client import CollectorRegistry
from pydantic import TypeAdapter

from disclosure.embedding.choice import open_embedder, open_reranker
from disclosure.library import Library
from disclosure.model import Disclosure
from disclosure.store.errors import NoReleaseError
from disclosure.store.provider import LibraryProvider
from disclosure.store.servers import EMBEDDED, Servers
from disclosure.text import fold
from qa_service.answering.answer import Answer, Filters
from qa_service.answering.composer import Composer
from qa_service.answering.suggestions import starters
from qa_service.answering.workbench import Workbench
from qa_service.conversations import Conversations
from qa_service.llm.counting import Usage
from qa_service.llm.settings import LlmSettings
from qa_service.records.answers import Answers, KeptAnswer, new_answer_id
from qa_service.service import AnswerService
from qa_service.tools.cells import CellFinder
from qa_service.understanding.plan import Memory, Part
from qa_service.understanding.planner import Planner
from qa_service.understanding.question import normalise

_PARTS = TypeAdapter(list[Part])


class Wordings(Protocol):
    """Wordings that people approved, said in the place of composed ones."""

    def answer(
        self,
        question: str,
        parts: Sequence[Part],
        composed: Answer,
        release: str,
        planning: Callable[[str], Sequence[Part]],
        *,
        counted: bool = True,
    ) -> Answer:
        """The composed answer, in the approved wording where there is one for the question."""
        ...


class Assistant(Protocol):
    """Another planner, asked where the embedded one may not do."""

    @property
    def registry(self) -> CollectorRegistry:
        """What it counts."""
        ...

    def usage(self) -> Usage:
        """What it has cost so far."""
        ...

    def close(self) -> None:
        """Give free what it holds."""
        ...

    def answer(
        self,
        release: _Engine,
        question: str,
        parts: Sequence[Part],
        memory: Memory,
        allowed: Sequence[str],
    ) -> tuple[Answer, list[Part], Memory] | None:
        """Its answer, its plans and what the conversation then remembers; None where the embedded
        planner's ``parts`` are to be answered."""
        ...


@dataclass(frozen=True, slots=True)
class _Engine:
    """What is built once for a release."""

    library: Library
    planner: Planner
    composer: Composer
    finder: CellFinder


class EmbeddedService:
    """Answers with the embedded planner. Safe to call from several threads."""

    def __init__(
        self,
        provider: LibraryProvider,
        conversations: Conversations,
        own_department: str = "",
        answers: Answers | None = None,
        wordings: Wordings | None = None,
        assistant: Assistant | None = None,
    ) -> None:
        self._provider = provider
        self._conversations = conversations
        self._own = own_department
        self._answers = answers
        self._wordings = wordings
        self._assistant = assistant
        self._lock = Lock()
        self._engine: _Engine | None = None

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        filters: Filters | None = None,
        *,
        channel: str = "api",
        earlier: Sequence[str] | None = None,
    ) -> Answer:
        """Answer one question. Raises ``NoReleaseError`` on an empty store."""
        engine = self._current()
        if earlier is None:
            conversation_id, before = self._conversations.load(conversation_id)
        else:
            conversation_id, before = "", self._replayed(engine, earlier, filters)
        answer, parts, memory = self._answered(engine, question, before, filters)
        if earlier is None:
            self._conversations.save(conversation_id, memory)
        answer = self._worded(engine, question, parts, answer, counted=True)
        if self._answers is not None:
            answer = answer.model_copy(update={"answer_id": new_answer_id()})
            kept = self._answers.keep(
                KeptAnswer(
                    id=answer.answer_id,
                    at=time.time(),
                    question=question,
                    status=answer.status.value,
                    memory=before.model_dump_json(),
                    filters=filters.model_dump_json(exclude_none=True) if filters else "",
                    release=engine.library.release_id,
                    plan=_PARTS.dump_json(parts).decode(),
                    answer=answer.model_dump_json(),
                    channel=channel,
                )
            )
            if not kept:
                answer = answer.model_copy(update={"answer_id": ""})
        return answer.model_copy(update={"conversation_id": conversation_id})

    def again(self, question: str, memory: str, filters: str, *, approved: bool = True) -> Answer:
        """What the release in force answers to the question of an answer kept."""
        engine = self._current()
        limits = Filters.model_validate_json(filters) if filters else None
        parts, _ = self._plan(engine, question, Memory.model_validate_json(memory), limits)
        composed, _ = engine.composer.compose(question, parts)
        if not approved:
            return composed
        return self._worded(engine, question, parts, composed, counted=False)

    def explain(self, question: str, filters: Filters | None = None) -> list[Part]:
        """The plans of a question asked alone, with their confidence."""
        return self._plan(self._current(), question, Memory(), filters)[0]

    def starters(self) -> list[str]:
        """A few answerable questions about what is loaded."""
        engine = self._current()
        return starters(engine.finder, list(engine.library.disclosures()))

    def ready(self) -> bool:
        """Whether a release with at least one disclosure is in force."""
        return self._provider.ready()

    def workbench(self) -> Workbench:
        """What answers plans that are described by names."""
        engine = self._current()
        return Workbench(engine.finder, engine.planner.linking, engine.composer)

    def library(self) -> Library | None:
        """The release in force; None where nothing is published."""
        try:
            return self._provider.current()
        except NoReleaseError:
            return None

    def counters(self) -> Sequence[CollectorRegistry]:
        """Counters of its own, for the metrics of the interface."""
        return () if self._assistant is None else (self._assistant.registry,)

    def usage(self) -> Usage:
        """What a model was asked so far; nothing where none is."""
        return Usage() if self._assistant is None else self._assistant.usage()

    def close(self) -> None:
        """Give free the connections and threads of a model."""
        if self._assistant is not None:
            self._assistant.close()

    def _worded(
        self,
        engine: _Engine,
        question: str,
        parts: Sequence[Part],
        composed: Answer,
        *,
        counted: bool,
    ) -> Answer:
        if self._wordings is None:
            return composed
        release = engine.library.release_id
        return self._wordings.answer(
            question, parts, composed, release, self.explain, counted=counted
        )

    def _replayed(self, engine: _Engine, earlier: Sequence[str], filters: Filters | None) -> Memory:
        """What a conversation remembers after these questions."""
        memory = Memory()
        for question in earlier:
            parts, memory = self._plan(engine, question, memory, filters)
            memory = memory.with_member(engine.composer.compose(question, parts)[1])
        return memory

    def _answered(
        self, engine: _Engine, question: str, before: Memory, filters: Filters | None
    ) -> tuple[Answer, list[Part], Memory]:
        """The answer, the plans it rests on, and what the conversation then remembers."""
        parts, memory = self._plan(engine, question, before, filters)
        if self._assistant is not None:
            allowed = _allowed(engine, filters)
            told = self._assistant.answer(engine, question, parts, before, allowed)
            if told is not None:
                return told
        answer, singled_out = engine.composer.compose(question, parts)
        return answer, parts, memory.with_member(singled_out)

    def _plan(
        self, engine: _Engine, question: str, memory: Memory, filters: Filters | None
    ) -> tuple[list[Part], Memory]:
        return engine.planner.plan(normalise(question), memory, _allowed(engine, filters))

    def _current(self) -> _Engine:
        library = self._provider.current()
        engine = self._engine
        if engine is None or engine.library.release_id != library.release_id:
            with self._lock:
                engine = self._engine
                if engine is None or engine.library.release_id != library.release_id:
                    finder = CellFinder(library)
                    planner = Planner(library, finder, self._own)
                    engine = _Engine(library, planner, Composer(library, finder), finder)
                    self._engine = engine
        return engine


def _allowed(engine: _Engine, filters: Filters | None) -> list[str]:
    return [d.id for d in engine.library.disclosures() if _allows(filters, d)]


def _allows(filters: Filters | None, disclosure: Disclosure) -> bool:
    if filters is None:
        return True
    region: Sequence[str] = (
        disclosure.region.city,
        disclosure.region.province,
        disclosure.region.district,
    )
    return (
        filters.disclosure_id in (None, disclosure.id)
        and (filters.department is None or fold(filters.department) == fold(disclosure.department))
        and (filters.city is None or filters.city in region)
        and filters.year in (None, disclosure.year)
    )


def open_service(
    data_dir: Path,
    own_department: str = "",
    answers: Answers | None = None,
    wordings: Wordings | None = None,
    llm: LlmSettings | None = None,
    servers: Servers = EMBEDDED,
) -> AnswerService:
    """The service over what ``data_dir`` (or ``servers``) holds; later releases are picked up as
    they appear.

    With ``answers``, every answer given is kept there; ``wordings`` are said where they fit.
    Without ``llm``, the environment says whether a model is asked.
    """
    provider = LibraryProvider(data_dir, open_embedder(), open_reranker(), servers)
    conversations = Conversations(data_dir / "conversations.sqlite", url=servers.database_url)
    assistant = _assistant(llm or LlmSettings())
    return EmbeddedService(provider, conversations, own_department, answers, wordings, assistant)


def _assistant(settings: LlmSettings) -> Assistant | None:
    if settings.planner == "embedded":
        return None
    from qa_service.llm.planner import LlmPlanner  # what only a model needs is loaded only then

    return LlmPlanner(settings)
