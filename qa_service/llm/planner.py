"""The LLM planner beside the embedded one: when the model is asked, and what becomes of it.

Whatever goes wrong, the embedded answer is served: a model can only add.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from importlib import import_module
from threading import BoundedSemaphore
from typing import Protocol

from prometheus_client import CollectorRegistry

from disclosure.library import Library
from disclosure.model import ALL, Disclosure
from qa_service.answering.answer import Answer, Status
from qa_service.answering.composer import Composer
from qa_service.llm.background import Background
from qa_service.llm.counting import LlmCounts, Usage
from qa_service.llm.endpoint import Endpoint
from qa_service.llm.errors import Busy, LlmError, NoPlan
from qa_service.llm.linking import Asked, Linker
from qa_service.llm.prose import Plain, phrased
from qa_service.llm.session import Session
from qa_service.llm.settings import LlmSettings
from qa_service.llm.vocabulary import held_in_words, names_for
from qa_service.tools.cells import CellFinder
from qa_service.tools.groups import singled_out
from qa_service.tools.registry import run
from qa_service.understanding.plan import Ask, Memory, Part, Refuse, Selector, TopicMemory, Where
from qa_service.understanding.planner import Planner
from qa_service.understanding.question import normalise

_log = logging.getLogger(__name__)

#: A refusal as sure as this is one by rule (private, another year): no model may undo it.
_BY_RULE = 0.9
#: Seconds beyond the budget after which a consultation that does not end itself is given up.
_GRACE = 2.0
#: What is loaded when a model is first asked.
_LIBRARIES = ("qa_service.llm.workflow", "llama_index.llms.openai_like")
#: Characters of a question that a model is shown.
_MAX_QUESTION = 1000


class Release(Protocol):
    """What is built once for a release, as the service keeps it."""

    @property
    def library(self) -> Library: ...
    @property
    def planner(self) -> Planner: ...
    @property
    def composer(self) -> Composer: ...
    @property
    def finder(self) -> CellFinder: ...


class LlmPlanner:
    """Asks a model where the mode wants it. Safe to call from several threads."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        self.counts = LlmCounts()
        self._endpoint = Endpoint(settings, self.counts)
        self._background = Background("llm")
        self._places = BoundedSemaphore(settings.llm_concurrency)

    def answer(
        self,
        release: Release,
        question: str,
        parts: Sequence[Part],
        memory: Memory,
        allowed: Sequence[str],
    ) -> tuple[Answer, list[Part], Memory] | None:
        """The model's answer, its plans and what the conversation then remembers. None where the
        embedded planner's ``parts`` are to be answered."""
        if not self.wants(parts):
            return None
        began = time.monotonic()
        outcome = "used"
        try:
            return self._consulted(release, question, memory, allowed)
        except LlmError as error:
            outcome = error.reason
            _log.warning("model not used: %s (%s)", outcome, error)
            return None
        except Exception:
            # A question never fails for the model's sake: the log has what went wrong.
            outcome = "error"
            _log.exception("model not used: an error of its own")
            return None
        finally:
            self.counts.question(outcome, time.monotonic() - began)

    def wants(self, parts: Sequence[Part]) -> bool:
        """Whether the model is asked about a question that the embedded planner read so."""
        if self._settings.planner == "embedded" or any(_settled(part) for part in parts):
            return False
        return self._settings.planner == "llm" or any(self._unsure(part) for part in parts)

    @property
    def registry(self) -> CollectorRegistry:
        """What it counts."""
        return self.counts.registry

    def usage(self) -> Usage:
        """What the model was asked so far."""
        return self.counts.usage()

    def close(self) -> None:
        """End the connections and the thread."""
        self._background.run(self._endpoint.close(), self._settings.llm_budget_seconds)
        self._background.close()

    def _unsure(self, part: Part) -> bool:
        return isinstance(part.plan, Ask | Refuse) or (
            part.confidence < self._settings.llm_confidence
        )

    def _consulted(
        self, release: Release, question: str, memory: Memory, allowed: Sequence[str]
    ) -> tuple[Answer, list[Part], Memory]:
        asked = Asked(question, normalise(question).text, memory, tuple(allowed))
        linker = Linker(release.planner)
        session = Session(asked, linker, release.composer, release.finder)
        text = self._text(session, release)
        parts, plain, echo = session.compose(text)
        if plain.status is not Status.ANSWERED:
            raise NoPlan("公开资料没有给出模型所找的内容")
        masked = session.book.masked(plain)
        phrasing = phrased(text, Plain(plain.answer, masked, asked.text), session.book)
        for reason in phrasing.replaced:
            self.counts.replaced(reason)
            _log.warning("a sentence of the model was replaced: %s", reason)
        answer = plain.model_copy(update={"answer": echo + phrasing.text, "planner": "llm"})
        return answer, parts, _remembered(parts, memory, release.finder)

    def _text(self, session: Session, release: Release) -> str:
        """The model's final text, within the budget."""
        if not self._places.acquire(blocking=False):
            raise Busy("已有足够多的问题在等模型")
        try:
            # LlamaIndex takes two seconds to import: only where a model is really asked, and not
            # of the question's time.
            for name in _LIBRARIES:
                import_module(name)
            budget = self._settings.llm_budget_seconds
            return self._background.run(self._consultation(session, release), budget + _GRACE)
        finally:
            self._places.release()

    async def _consultation(self, session: Session, release: Release) -> str:
        from qa_service.llm.workflow import Consultation, offered  # as loaded by _text

        deadline = asyncio.get_running_loop().time() + self._settings.llm_budget_seconds
        opening = await asyncio.to_thread(self._opening, session, release.library)
        consultation = Consultation(
            self._endpoint,
            offered(session.run),
            opening,
            session.run,
            session.review,
            self._settings.llm_max_steps,
            deadline,
        )
        return str(await consultation.run())

    @staticmethod
    def _opening(session: Session, library: Library) -> list[tuple[str, str]]:
        asked = session.asked
        held: Sequence[Disclosure] = [d for d in library.disclosures() if d.id in asked.allowed]
        near = session.linker.owners(asked)
        earlier = [d.title for d in held if d.id in asked.memory.disclosure_ids]
        earlier += [topic.name for topic in (*asked.memory.topics, *asked.memory.earlier)]
        names = names_for(asked.text, near or held[:1], session.linker.reader)
        return [
            ("system", session.fence.system()),
            (
                "user",
                session.fence.question(
                    asked.raw[:_MAX_QUESTION],
                    held_in_words(held, near),
                    session.book.names(earlier),
                    session.book.names(names),
                ),
            ),
        ]


def _settled(part: Part) -> bool:
    """A refusal by rule, or a question back that only the user can answer."""
    plan = part.plan
    if isinstance(plan, Refuse):
        return part.confidence >= _BY_RULE
    if isinstance(plan, Ask):
        # Which department or year, and what 那个项目 points at: no model can know.
        pointing = bool(plan.detail) and not part.unexplained and not part.sure
        return plan.about in ("department", "year") or pointing
    return False


def _remembered(parts: Sequence[Part], memory: Memory, finder: CellFinder) -> Memory:
    """What a conversation keeps of the model's plans."""
    plan = parts[-1].plan
    assert not isinstance(plan, Refuse | Ask)
    selectors = [model for model in plan.models() if isinstance(model, Selector)]
    ids = dict.fromkeys(s.disclosure_id for s in selectors)
    ids |= dict.fromkeys(i for i in (getattr(plan, "disclosure_id", None),) if i)
    ids |= dict.fromkeys(getattr(plan, "disclosure_ids", ()))
    units = dict.fromkeys(w.axes.get("unit", ALL) for s in selectors for w in s.readings)
    units.pop(ALL, None)
    topics = tuple(
        TopicMemory(name=s.name, readings=tuple(map(_without_unit, s.readings)))
        for s in selectors[:6]
    )
    after = memory.after(
        plan,
        disclosure_ids=tuple(ids) or memory.disclosure_ids,
        units=tuple(units),
        topics=topics,
        turns=memory.turns + 1,
    )
    return after.with_member(singled_out(run(finder, plan)))


def _without_unit(where: Where) -> Where:
    """The unit is remembered apart, so that 情报所呢 can change it."""
    return Where(measure=where.measure, axes={a: m for a, m in where.axes.items() if a != "unit"})
