"""All routes of the staff console, over the service that answers."""

from __future__ import annotations

from fastapi import APIRouter

from qa_service.api.staff.administration import administration_router
from qa_service.api.staff.candidates import candidates_router
from qa_service.api.staff.entrance import entrance_router, session_router
from qa_service.api.staff.facts import facts_router
from qa_service.api.staff.feedback import feedback_router
from qa_service.api.staff.inquiries import inquiries_router
from qa_service.api.staff.pages import pages_router
from qa_service.api.staff.signed import Door
from qa_service.api.staff.standards import standards_router
from qa_service.records.database import open_records
from qa_service.service import AnswerService
from qa_service.settings import Settings
from qa_service.staff.console import Console, open_console
from qa_service.staff.identity import IdentityProvider


def staff_router(service: AnswerService, settings: Settings) -> APIRouter:
    """The console: no part of the public interface, so the API's description leaves it out."""

    def console() -> Console:
        engine = open_records(settings.data_dir, settings.records_url)
        return open_console(engine, service, settings)

    door = Door(console)
    provider = _provider(settings)
    router = APIRouter(include_in_schema=False)
    router.include_router(pages_router(door, provider, settings))
    router.include_router(entrance_router(door, provider is not None))
    router.include_router(session_router(door))
    router.include_router(inquiries_router(door))
    router.include_router(facts_router(door))
    router.include_router(standards_router(door))
    router.include_router(candidates_router(door))
    router.include_router(feedback_router(door))
    router.include_router(administration_router(door))
    return router


def _provider(settings: Settings) -> IdentityProvider | None:
    """The configured identity provider; its libraries are only loaded where there is one."""
    if not settings.oidc_issuer:
        return None
    from qa_service.staff.oidc import OpenIdProvider

    return OpenIdProvider(settings)
