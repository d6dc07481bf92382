"""The question-answering service as its edges (HTTP, command line, evaluation) see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from disclosure.library import Library
from qa_service.answering.answer import Answer, Filters
from qa_service.answering.workbench import Workbench


class AnswerService(Protocol):
    """Answers questions over the release in force. Safe to call from several threads."""

    def ask(
        self,
        question: str,
        conversation_id: str | None = None,
        filters: Filters | None = None,
        *,
        channel: str = "api",
        earlier: Sequence[str] | None = None,
    ) -> Answer:
        """Answer one question. Opens a conversation when the id is None, unknown or expired.

        ``channel`` says where it came from (web | api | staff | mcp), where answers are kept.
        ``earlier``: the questions before it in a conversation that the caller keeps himself; then
        no conversation is opened, and the answer has no ``conversation_id``.
        """
        ...

    def again(self, question: str, memory: str, filters: str, *, approved: bool = True) -> Answer:
        """What the release in force answers to the question of an answer kept, from its memory and
        filters as kept; without standard answers where not ``approved``. Keeps nothing. Raises
        ``ValueError`` where they cannot be read any more."""
        ...

    def starters(self) -> list[str]:
        """A few answerable questions about what is loaded, for an empty chat."""
        ...

    def ready(self) -> bool:
        """Whether a release with at least one disclosure is in force."""
        ...

    def workbench(self) -> Workbench:
        """What answers plans that are described by names, over the release in force. Raises
        ``NoReleaseError`` where nothing is published."""
        ...

    def library(self) -> Library | None:
        """The release in force, for lists and document pages; None where nothing is published."""
        ...
