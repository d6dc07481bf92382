"""Asks the cases, in process, and keeps what came back. Judging is ``verdicts``' work."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from eval import cases
from eval.cases import Case, CaseFile, Slot
from eval.slots import shown_slots
from eval.verdicts import Verdict, judge
from qa_service.answering.answer import Answer
from qa_service.service import AnswerService
from qa_service.understanding.plan import Part


@runtime_checkable
class Explains(Protocol):
    """A service that can say how it understood a question asked alone; optional."""

    def explain(self, question: str) -> Sequence[Part]:
        """The plan of each part of ``question``, with its confidence (0 to 1)."""
        ...


@dataclass(frozen=True, slots=True)
class Record:
    """One case asked: the answer, the verdict and the time that the last turn took."""

    corpus: str
    theme: str
    part: cases.Part
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
    confidence = None
    if isinstance(service, Explains) and not case.turns:
        confidence = min(part.confidence for part in service.explain(case.question))
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
        confidence=confidence,
        slots=shown_slots(answer),
    )
