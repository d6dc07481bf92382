"""Asks the cases, in process, and keeps what came back. Judging is ``verdicts``' work."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from eval.cases import Case, CaseFile, Part, Slot
from eval.slots import filled_slots
from eval.verdicts import Verdict, judge
from qa_service.answering.answer import Answer
from qa_service.service import AnswerService


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a planner says about its plan: how sure it is (0 to 1), and the slots it filled."""

    confidence: float
    slots: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class Explains(Protocol):
    """A service that can say how it understood a question; optional."""

    def explain(self, question: str, conversation_id: str | None = None) -> Explanation:
        """How ``question`` is understood, without answering it."""
        ...


@dataclass(frozen=True, slots=True)
class Record:
    """One case asked: the answer, the verdict and the time that the last turn took."""

    corpus: str
    theme: str
    part: Part
    case: Case
    answer: Answer
    verdict: Verdict
    milliseconds: float
    confidence: float | None = None
    slots: Mapping[Slot, str] = field(default_factory=dict)


def run(corpus: str, files: Iterable[CaseFile], service: AnswerService) -> Iterator[Record]:
    """Ask every case of ``files``, each in a conversation of its own."""
    for file in files:
        for case in file.cases:
            yield _run_case(corpus, file, case, service)


def _run_case(corpus: str, file: CaseFile, case: Case, service: AnswerService) -> Record:
    conversation: str | None = None
    for turn in case.turns:
        conversation = service.ask(turn, conversation).conversation_id
    explained = (
        service.explain(case.question, conversation) if isinstance(service, Explains) else None
    )
    start = time.perf_counter()
    answer = service.ask(case.question, conversation)
    milliseconds = (time.perf_counter() - start) * 1000
    verdict = judge(case.expect, answer)
    return Record(
        corpus=corpus,
        theme=file.theme,
        part=file.part,
        case=case,
        answer=answer,
        verdict=verdict,
        milliseconds=milliseconds,
        confidence=explained.confidence if explained else None,
        slots=filled_slots(answer, explained.slots if explained else {}),
    )
