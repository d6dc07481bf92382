"""Who is signed in: the session's cookie, the token against forged requests, and roles.

Every route of the console depends on ``Door.signed``; only the sign-in page and its own routes are
without (``entrance``).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from fastapi import Depends, Request, Response

from qa_service.api.limits import client_key
from qa_service.api.problems import NOT_PERMITTED, NOT_SIGNED_IN, STALE_PAGE, ApiError
from qa_service.records.accounts import Account
from qa_service.records.roles import ROLE_NAMES, Role
from qa_service.staff.console import Console

CSRF_HEADER = "X-CSRF-Token"
_SESSION = "budget-qa-staff"
_VISIT = "budget-qa-visit"
#: Methods that change nothing.
_SAFE = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody who is signed in, and the token of the session."""

    account: Account
    token: str

    def require(self, needed: Role) -> None:
        """Raise the problem that this needs another role, unless the account has it."""
        if not self.account.role.may(needed):
            raise ApiError(
                NOT_PERMITTED,
                f"这项操作需要{ROLE_NAMES[needed]}权限，您的账号是"
                f"{ROLE_NAMES[self.account.role]}。请联系管理员。",
            )


class Door:
    """Lets the signed in through. The console is opened at its first use: where nobody uses it, no
    database is made."""

    def __init__(self, open_console: Callable[[], Console]) -> None:
        self.console = cache(open_console)

    def signed(self, request: Request) -> Signed:
        """The dependency of every route of the console."""
        found = self.find(request)
        if found is None:
            raise ApiError(NOT_SIGNED_IN)
        if request.method not in _SAFE:
            check_csrf(request, found.token)
        request.state.signed = found
        return found

    def find(self, request: Request) -> Signed | None:
        """Who sent the request, if anybody that is signed in."""
        token = request.cookies.get(_name(_SESSION, request), "")
        if not token:
            return None
        account = self.console().signing_in.account_of(token)
        return Signed(account, token) if account is not None else None


def _current(request: Request) -> Signed:
    signed: Signed = request.state.signed
    return signed


#: Who sent the request, for routes whose router depends on ``Door.signed``.
Here = Annotated[Signed, Depends(_current)]


def csrf_of(token: str) -> str:
    """What the pages of a session send back; it does not give the session's token away."""
    return hashlib.sha256(f"csrf:{token}".encode()).hexdigest()


def check_csrf(request: Request, token: str) -> None:
    """Raise ``STALE_PAGE`` unless the request comes from one of our pages."""
    sent = request.headers.get(CSRF_HEADER, "")
    if not token or not secrets.compare_digest(sent.encode(), csrf_of(token).encode()):
        raise ApiError(STALE_PAGE)


def give_session(request: Request, response: Response, token: str) -> None:
    """Set the session's cookie. It ends with the browser; the server ends it by time."""
    _give(request, response, _SESSION, token)
    _take(request, response, _VISIT)


def take_session(request: Request, response: Response) -> None:
    """Delete the session's cookie."""
    _take(request, response, _SESSION)


def visit(request: Request, response: Response) -> str:
    """The token of somebody at the entrance, who has no session yet."""
    token = request.cookies.get(_name(_VISIT, request), "") or secrets.token_urlsafe(24)
    _give(request, response, _VISIT, token)
    return token


def visit_of(request: Request) -> str:
    """The token given by ``visit``; '' where there is none."""
    return request.cookies.get(_name(_VISIT, request), "")


def address_of(request: Request) -> str:
    """Where a request comes from, as far as attempts are counted."""
    return client_key(request.client.host if request.client else None)


def _give(request: Request, response: Response, name: str, value: str) -> None:
    # Lax, not strict: who comes back from the identity provider is signed in already, and every
    # change needs the token besides.
    response.set_cookie(
        _name(name, request), value, httponly=True, samesite="lax", secure=_secure(request)
    )


def _take(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        _name(name, request), httponly=True, samesite="lax", secure=_secure(request)
    )


def _name(name: str, request: Request) -> str:
    """Behind TLS browsers take a ``__Host-`` cookie from this host only."""
    return f"__Host-{name}" if _secure(request) else name


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"
