"""Proposing, approving and withdrawing standard answers."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.answering.answer import Answer
from qa_service.records.audit import Audit
from qa_service.records.standard_answers import StandardAnswer, StandardAnswers, StandardState
from qa_service.service import AnswerService
from qa_service.staff.standard import StandardServing, figures_of
from qa_service.understanding.plan import Memory

_ALONE = Memory().model_dump_json()


@dataclass(frozen=True, slots=True)
class StandardsDesk:
    """What staff do with standard answers. All raise ``UnfoundedError`` where the wording states a
    figure that the question's answer does not give."""

    service: AnswerService
    standards: StandardAnswers
    serving: StandardServing
    audit: Audit

    def propose(self, question: str, text: str, author: str) -> StandardAnswer:
        """Keep a wording for a reviewer."""
        basis, release = self._composed(question)
        made = self.standards.propose(
            question=question,
            text=text,
            figures=figures_of(text, basis, question),
            basis=basis,
            release=release,
            author=author,
        )
        self.audit.note(author, "standard.propose", _target(made.id), f"{question}：{text}")
        return made

    def approve(self, standard: StandardAnswer, text: str, reviewer: str) -> StandardAnswer:
        """Serve a wording from now on, as checked against the release in force."""
        basis, release = self._composed(standard.question)
        made = self.standards.approve(
            standard.id,
            text=text,
            figures=figures_of(text, basis, standard.question),
            basis=basis,
            release=release,
            reviewer=reviewer,
        )
        self.audit.note(reviewer, "standard.approve", _target(made.id), text)
        return made

    def retire(self, standard: StandardAnswer, reviewer: str) -> None:
        """Serve it no more."""
        self.standards.withdraw(standard.id, StandardState.RETIRED, f"由{reviewer}停用")
        self.audit.note(reviewer, "standard.retire", _target(standard.id), standard.question)

    def all(self) -> list[StandardAnswer]:
        """All of them, after what a new release changed has gone to review."""
        library = self.service.library()
        if library is not None:
            self.serving.recheck(library.release_id, self.composed)
        return self.standards.all()

    def composed(self, question: str) -> Answer:
        """What the release in force answers without standard answers."""
        return self.service.again(question, _ALONE, "", approved=False)

    def _composed(self, question: str) -> tuple[Answer, str]:
        library = self.service.library()
        return self.composed(question), library.release_id if library else ""


def _target(standard_id: int) -> str:
    return f"标准答案{standard_id}"
