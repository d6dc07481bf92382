"""The desk: an inquiry taken and answered, its evidence and readings shown, the reply written."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from disclosure.library import Library
from qa_service.answering.answer import Answer, Filters
from qa_service.local_time import day
from qa_service.records.answers import Answers
from qa_service.records.audit import Audit
from qa_service.records.feedback import VERDICT_NAMES, Judged
from qa_service.records.inquiries import Channel, Inquiries, Inquiry, State
from qa_service.records.masking import personal_numbers
from qa_service.service import AnswerService
from qa_service.staff.evidence import OpenEvidence, open_evidence
from qa_service.staff.readings import Reading, Readings
from qa_service.staff.reply import compose
from qa_service.staff.statements import check
from qa_service.understanding.plan import Selector


@dataclass(frozen=True, slots=True)
class Opened:
    """An inquiry with all that the right pane shows. ``outdated``: another release is in force than
    the one that the answer was given from."""

    inquiry: Inquiry
    evidence: tuple[OpenEvidence, ...]
    readings: tuple[Reading, ...]
    outdated: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers inquiries and keeps them in the log."""

    service: AnswerService
    answers: Answers
    inquiries: Inquiries
    readings: Readings
    audit: Audit
    clock: Callable[[], float] = time.time

    def take(
        self,
        *,
        words: str,
        channel: Channel,
        account: str,
        conversation_id: str | None,
        filters: Filters | None,
    ) -> tuple[Inquiry, str]:
        """Answer a caller's words and log them; the inquiry and the conversation that it is in.

        The service is asked without the caller's personal numbers: it keeps what it is asked.
        """
        asked = words
        for number in personal_numbers(words):
            asked = asked.replace(number, "")
        answer = self.service.ask(asked, conversation_id, filters, channel="staff")
        kept = self.answers.get(answer.answer_id) if answer.answer_id else None
        inquiry = self.inquiries.add(
            channel=channel,
            question=words,
            answer=answer.model_copy(update={"conversation_id": ""}),
            plan=kept.plan if kept else "",
            release=kept.release if kept else self._release(),
            account=account,
        )
        return inquiry, answer.conversation_id

    def take_over(self, judged: Judged, account: str) -> Inquiry:
        """Log a public answer that a reader judged as an inquiry, with what the reader said."""
        given, word = judged.answer, judged.feedback
        inquiry = self.inquiries.add(
            channel=Channel.WEB,
            question=given.question,
            answer=Answer.model_validate_json(given.answer),
            plan=given.plan,
            release=given.release,
            account=account,
        )
        said = f"读者评价“{VERDICT_NAMES[word.verdict]}”{f'：{word.note}' if word.note else ''}"
        return self.edit(inquiry, account, {"note": said})

    def open(self, inquiry: Inquiry) -> Opened:
        """The inquiry with its evidence and readings in the release in force."""
        library = self.service.library()
        if library is None:
            evidence = tuple(OpenEvidence(citation) for citation in inquiry.answer.citations)
            return Opened(inquiry, evidence, (), True)
        return Opened(
            inquiry,
            tuple(open_evidence(library, citation) for citation in inquiry.answer.citations),
            tuple(self.readings.of(library, inquiry.plan, inquiry.answer)),
            library.release_id != inquiry.release,
        )

    def read_as(self, inquiry: Inquiry, selector: Selector, account: str) -> Inquiry:
        """Answer the inquiry with another reading. Raises ``KeyError`` where the release does not
        hold it."""
        library = self._library()
        answer = self.readings.answer_as(library, inquiry.question, selector)
        # The plan stays that of the question: its other readings can still be chosen.
        self.inquiries.answer_again(inquiry.id, account, answer=answer, release=library.release_id)
        # A reply written on the former answer would state its figures.
        self.inquiries.edit(inquiry.id, account, {"reply": ""})
        self.audit.note(account, "inquiry.reading", _target(inquiry), answer.answer)
        return self._got(inquiry.id)

    def reply(self, inquiry: Inquiry) -> str:
        """The reply as staff last wrote it, else as it is composed."""
        if inquiry.reply:
            return inquiry.reply
        library = self.service.library()
        return compose(inquiry.question, inquiry.channel, inquiry.answer, library).text()

    def reply_docx(self, inquiry: Inquiry) -> bytes:
        """The reply as a Word document."""
        # The library for it takes a third of a second to load, and most workers never need it.
        from qa_service.staff.reply_document import as_docx

        return as_docx(self.reply(inquiry), inquiry.answer.figures, self._today())

    def edit(self, inquiry: Inquiry, account: str, changes: Mapping[str, str]) -> Inquiry:
        """Change what staff may change. Raises ``UnfoundedError`` where a reply states a figure
        that the answer does not give."""
        if reply := changes.get("reply"):
            known = " ".join((inquiry.question, *inquiry.answer.options, self._today()))
            check(reply, inquiry.answer, known)
        made = self.inquiries.edit(inquiry.id, account, changes)
        for change in made:
            detail = f"{change.before or '（空）'} → {change.after or '（空）'}"
            self.audit.note(account, f"inquiry.{change.field}", _target(inquiry), detail)
        return self._got(inquiry.id)

    def replied(self, inquiry: Inquiry, account: str) -> Inquiry:
        """Note that the reply was given."""
        changes = {"reply": self.reply(inquiry)}
        if inquiry.state is State.OPEN:
            changes["state"] = State.REPLIED.value
        return self.edit(inquiry, account, changes)

    def _got(self, inquiry_id: int) -> Inquiry:
        found = self.inquiries.get(inquiry_id)
        assert found is not None
        return found

    def _today(self) -> str:
        return day(self.clock())

    def _release(self) -> str:
        library = self.service.library()
        return library.release_id if library else ""

    def _library(self) -> Library:
        library = self.service.library()
        if library is None:
            raise KeyError("nothing published")
        return library


def _target(inquiry: Inquiry) -> str:
    return f"咨询{inquiry.id}"
