"""The parts of the staff console, put together over the service's records."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from qa_service.records.accounts import Accounts
from qa_service.records.answers import Answers
from qa_service.records.attempts import Attempts
from qa_service.records.audit import Audit
from qa_service.records.candidates import Candidates
from qa_service.records.feedback import Feedbacks
from qa_service.records.inquiries import Inquiries
from qa_service.records.sessions import Sessions
from qa_service.records.standard_answers import StandardAnswers
from qa_service.service import AnswerService
from qa_service.settings import Settings
from qa_service.staff.desk import Desk
from qa_service.staff.readings import Readings
from qa_service.staff.signing_in import SigningIn
from qa_service.staff.standard import StandardServing
from qa_service.staff.standards_desk import StandardsDesk

_MINUTE = 60
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Console:
    """What the routes of the console need."""

    service: AnswerService
    signing_in: SigningIn
    desk: Desk
    standards: StandardsDesk
    candidates: Candidates
    feedbacks: Feedbacks
    audit: Audit


def open_console(engine: Engine, service: AnswerService, settings: Settings) -> Console:
    """The console over ``engine`` and the service that answers."""
    audit = Audit(engine)
    standards = StandardAnswers(engine)
    return Console(
        service=service,
        signing_in=open_signing_in(engine, settings),
        desk=Desk(
            service=service,
            answers=Answers(engine, settings.answers_kept_days),
            inquiries=Inquiries(engine, settings.inquiries_kept_days),
            readings=Readings(),
            audit=audit,
        ),
        standards=StandardsDesk(service, standards, StandardServing(standards, audit), audit),
        candidates=Candidates(engine),
        feedbacks=Feedbacks(engine),
        audit=audit,
    )


def open_signing_in(engine: Engine, settings: Settings) -> SigningIn:
    """Accounts and their sessions."""
    return SigningIn(
        accounts=Accounts(engine),
        sessions=Sessions(
            engine, settings.staff_idle_minutes * _MINUTE, settings.staff_session_hours * _HOUR
        ),
        attempts=Attempts(engine),
        audit=Audit(engine),
    )


def open_wordings(engine: Engine) -> StandardServing:
    """Standard answers, as the service says them."""
    return StandardServing(StandardAnswers(engine), Audit(engine))
