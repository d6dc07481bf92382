"""The pages of the public site: the list of disclosures, the accessibility statement, the feed; and
how any page is made and fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from disclosure.library import Library
from disclosure.store.errors import StoreError
from disclosure.store.history import History
from qa_service.api.addresses import absolute
from qa_service.api.health import require_ready
from qa_service.api.problems import NOT_READY, ApiError
from qa_service.records.answers import Answers
from qa_service.service import AnswerService
from qa_service.settings import Settings
from qa_service.typeahead.current import CurrentNames
from qa_service.web.feed import atom_feed
from qa_service.web.listing import listing
from qa_service.web.templating import render

_ATOM = "application/atom+xml; charset=utf-8"
_LONGEST_QUERY = 100

Handler = Callable[[Request], Response]


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages are made from. ``answers`` is None where answers are not kept;
    ``within_limit`` counts a request that costs as much as a question."""

    service: AnswerService
    settings: Settings
    names: CurrentNames
    answers: Answers | None
    within_limit: Callable[[Request], None]

    def library(self) -> Library:
        """The release in force; raises the problem that tells what to run."""
        library = self.service.library()
        if library is None:
            require_ready(self.service, self.settings)
            raise ApiError(NOT_READY)
        return library

    def routes(self) -> list[Route]:
        """The routes of this module."""
        return [
            Route("/", page(self.home)),
            Route("/accessibility", page(self.accessibility)),
            Route("/feed.atom", page(self.feed)),
        ]

    def home(self, request: Request) -> Response:
        """The chat, and the list of disclosures."""
        library = self.service.library()
        held = library.disclosures() if library is not None else ()
        given = request.query_params
        number = given.get("page", "1")
        shown = listing(
            held,
            self.names.index(),
            given.get("q", "")[:_LONGEST_QUERY],
            given.get("place", ""),
            int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
        )
        departments = len({(d.region, d.department) for d in held})
        text = render(
            "home.html",
            listing=shown,
            held=len(held),
            departments=departments,
            years=sorted({d.year for d in held}),
        )
        return HTMLResponse(text)

    def accessibility(self, request: Request) -> Response:
        """How accessible the site is, and whom to tell."""
        return HTMLResponse(render("accessibility.html"))

    def feed(self, request: Request) -> Response:
        """New and corrected disclosures."""
        library = self.service.library()
        text = atom_feed(
            library.disclosures() if library is not None else (),
            History(self.settings.data_dir).all(),
            _touched(self.settings.data_dir),
            lambda path: absolute(request, self.settings, path),
        )
        return Response(text, media_type=_ATOM)


def _touched(data_dir: Path) -> float:
    """When the data directory last got or lost an entry: about when it was first published to."""
    return data_dir.stat().st_mtime if data_dir.is_dir() else 0.0


def page(handler: Handler) -> Handler:
    """A handler whose problems are told as a page."""

    @wraps(handler)
    def handled(request: Request) -> Response:
        try:
            return handler(request)
        except ApiError as error:
            return _failed(error)
        except StoreError as error:
            return _failed(ApiError(NOT_READY, str(error), headers={"Retry-After": "5"}))
        except SQLAlchemyError as error:
            raise RuntimeError("the service's records cannot be read") from error

    return handled


def _failed(error: ApiError) -> Response:
    text = render("error.html", problem=error.problem)
    return HTMLResponse(text, status_code=error.kind.status, headers=error.headers)
