"""Serving standard answers: the approved wording in the place of the composed one, for the approved
question and its paraphrases, and only as long as it states the figures of the release in force.

A paraphrase is a question that the planner gives an equal plan: the same operation, slots and
scope, with no word left over. Likeness of words alone never counts.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock

from sqlalchemy.exc import SQLAlchemyError

from disclosure.money import format_amount
from disclosure.text import fold
from qa_service.answering.answer import Answer
from qa_service.records.audit import Audit
from qa_service.records.standard_answers import (
    StandardAnswer,
    StandardAnswers,
    StandardState,
    StatedFigure,
)
from qa_service.staff.statements import UnfoundedError, check, stated_figures
from qa_service.understanding.plan import Ask, Part, Refuse

_log = logging.getLogger(__name__)

#: Seconds after which a worker looks whether another one changed a standard answer.
_LOOKED_EVERY = 2.0
#: Who withdraws an answer whose figures have changed.
_ITSELF = "系统"
_MARKS = str.maketrans("", "", "？?。.！!，,、；;：:")

#: Plans a question asked alone.
Planning = Callable[[str], Sequence[Part]]


@dataclass(frozen=True, slots=True)
class _Served:
    """The approved answers of one revision, by the plans of their questions in one release."""

    revision: int
    release: str
    by_plan: dict[str, StandardAnswer]
    by_words: dict[tuple[str, str], StandardAnswer]


@dataclass(frozen=True, slots=True)
class _Planned:
    """How a question is planned in one release."""

    key: str
    plannable: bool


_NONE = _Served(0, "", {}, {})


class StandardServing:
    """Puts approved wordings in the place of composed ones. Safe to call from several threads."""

    def __init__(
        self,
        standards: StandardAnswers,
        audit: Audit,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._standards = standards
        self._audit = audit
        self._clock = clock
        self._lock = Lock()
        self._looked = float("-inf")
        self._revision = 0
        self._served = _NONE
        self._plans: tuple[str, dict[str, _Planned]] = ("", {})

    def answer(
        self,
        question: str,
        parts: Sequence[Part],
        composed: Answer,
        release: str,
        planning: Planning,
        *,
        counted: bool = True,
    ) -> Answer:
        """The composed answer, in the approved wording where there is one for the question. Where
        the records cannot be read or written, the composed one is given: it is right as well."""
        try:
            return self._answer(question, parts, composed, release, planning, counted)
        except SQLAlchemyError as error:
            _log.warning("标准答案没有使用（照常作答）：%s", error)
            return composed

    def _answer(
        self,
        question: str,
        parts: Sequence[Part],
        composed: Answer,
        release: str,
        planning: Planning,
        counted: bool,
    ) -> Answer:
        served = self._current(release, planning)
        if not served.by_words:
            return composed
        plan = plan_key(parts)
        standard = served.by_words.get((plan, folded(question)))
        if standard is None and is_plannable(parts):
            standard = served.by_plan.get(plan)
        if standard is None or self._withdrawn(standard, composed, release):
            return composed
        if counted:
            self._standards.used(standard.id)
        return composed.model_copy(update={"answer": standard.text})

    def recheck(self, release: str, composed_of: Callable[[str], Answer]) -> int:
        """Compare all approved answers with what a new release says; how many went to review."""
        return sum(
            self._withdrawn(standard, composed_of(standard.question), release)
            for standard in self._standards.all(StandardState.APPROVED)
            if standard.release != release
        )

    def _withdrawn(self, standard: StandardAnswer, composed: Answer, release: str) -> bool:
        """Whether it may not be said any more; it then goes to review."""
        reason = objection(standard, composed)
        if reason:
            self._standards.withdraw(standard.id, StandardState.REVIEW, reason)
            self._audit.note(_ITSELF, "standard.withdraw", f"标准答案{standard.id}", reason)
            self._looked = float("-inf")
            return True
        if standard.release != release:
            self._standards.checked(standard.id, release)
        return False

    def _current(self, release: str, planning: Planning) -> _Served:
        now = self._clock()
        if now - self._looked >= _LOOKED_EVERY:
            self._looked = now
            self._revision = self._standards.revision()
        revision, served = self._revision, self._served
        if not revision or (served.revision, served.release) == (revision, release):
            return served if revision else _NONE
        # While one question has the plans made, others get the composed answer.
        if not self._lock.acquire(blocking=False):
            return _NONE
        try:
            self._served = self._planned(revision, release, planning)
            return self._served
        finally:
            self._lock.release()

    def _planned(self, revision: int, release: str, planning: Planning) -> _Served:
        if self._plans[0] != release:
            self._plans = (release, {})
        plans = self._plans[1]
        served = _Served(revision, release, {}, {})
        # Newest first: of two for one question the later approval holds.
        for standard in self._standards.all(StandardState.APPROVED):
            plan = plans.get(standard.question)
            if plan is None:
                parts = planning(standard.question)
                plan = plans[standard.question] = _Planned(plan_key(parts), is_plannable(parts))
            served.by_words.setdefault((plan.key, folded(standard.question)), standard)
            if plan.plannable:
                served.by_plan.setdefault(plan.key, standard)
        return served


def folded(question: str) -> str:
    """A question as its words are compared: without spaces, quotation and punctuation marks."""
    return fold(question).translate(_MARKS).lower()


def plan_key(parts: Sequence[Part]) -> str:
    """What two paraphrases have in common: the plans of all parts, whatever their words."""
    return "\n".join(
        f"{part.plan.model_dump_json()} {sorted(part.unexplained)} {part.echo}" for part in parts
    )


def is_plannable(parts: Sequence[Part]) -> bool:
    """Whether the plans say all that the question does: none refuses, asks back or leaves words."""
    return bool(parts) and not any(
        isinstance(part.plan, Refuse | Ask) or part.unexplained for part in parts
    )


def objection(standard: StandardAnswer, composed: Answer) -> str:
    """Why a standard answer may not be said over the answer now composed; '' where it may."""
    if composed.status != standard.basis.status:
        return f"现有资料对这个问题的结果由{standard.basis.status}变为{composed.status}。"
    now = {(f.label, f.unit): f.value for f in composed.figures}
    for stated in standard.figures:
        found = now.get((stated.label, stated.unit))
        if found is None:
            return f"现有资料不再给出“{stated.label}”。"
        if Decimal(found) != Decimal(stated.value):
            before, after = _shown(stated.value, stated.unit), _shown(found, stated.unit)
            return f"“{stated.label}”由{before}变为{after}。"
    try:
        check(standard.text, composed, standard.question)
    except UnfoundedError as error:
        return str(error)
    return ""


def figures_of(text: str, composed: Answer, question: str) -> tuple[StatedFigure, ...]:
    """The figures that a proposed wording states. Raises ``UnfoundedError`` where it states one
    that the composed answer does not give."""
    check(text, composed, question)
    return stated_figures(text, composed)


def _shown(value: str, unit: str) -> str:
    return format_amount(Decimal(value), unit)
