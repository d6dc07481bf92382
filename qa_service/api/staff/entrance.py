"""Signing in and out of the console: the only routes of it that answer without a session."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from qa_service.api.problems import INVALID_REQUEST, RATE_LIMITED, SIGN_IN_FAILED, ApiError
from qa_service.api.staff.signed import (
    Door,
    Here,
    Signed,
    address_of,
    check_csrf,
    csrf_of,
    give_session,
    take_session,
    visit,
    visit_of,
)
from qa_service.api.staff.texts import Name, Password
from qa_service.records.roles import Role
from qa_service.staff.passwords import WeakPasswordError
from qa_service.staff.signing_in import SignInError, ThrottledError


class Entrance(BaseModel):
    """What the sign-in page needs."""

    csrf: str
    federated: bool = Field(description="Whether an identity provider is configured")


class Credentials(BaseModel):
    """A name and a password."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    password: Password


class PasswordChange(BaseModel):
    """One's password and the one to replace it with."""

    model_config = ConfigDict(extra="forbid")

    old: Password
    new: Password


class SessionOut(BaseModel):
    """Who is signed in."""

    name: str
    role: Role
    federated: bool
    csrf: str


def _from_our_page(request: Request) -> None:
    check_csrf(request, visit_of(request))


def entrance_router(door: Door, federated: bool) -> APIRouter:
    """The routes that are open to everybody."""
    router = APIRouter(prefix="/api/staff")

    @router.get("/sign-in")
    def entrance(request: Request, response: Response) -> Entrance:
        return Entrance(csrf=csrf_of(visit(request, response)), federated=federated)

    @router.post("/sign-in", dependencies=[Depends(_from_our_page)])
    def sign_in(body: Credentials, request: Request, response: Response) -> SessionOut:
        signing_in = door.console().signing_in
        try:
            token = signing_in.with_password(body.name, body.password, address_of(request))
        except ThrottledError as error:
            raise throttled(error) from error
        except SignInError as error:
            raise ApiError(SIGN_IN_FAILED, str(error)) from error
        account = signing_in.account_of(token)
        assert account is not None
        give_session(request, response, token)
        return session_of(Signed(account, token))

    return router


def session_router(door: Door) -> APIRouter:
    """The routes about one's own session."""
    router = APIRouter(prefix="/api/staff", dependencies=[Depends(door.signed)])

    @router.get("/session")
    def session(signed: Here) -> SessionOut:
        return session_of(signed)

    @router.post("/sign-out", status_code=204)
    def sign_out(signed: Here, request: Request, response: Response) -> None:
        door.console().signing_in.out(signed.account, signed.token)
        take_session(request, response)

    @router.post("/sign-out-everywhere", status_code=204)
    def sign_out_everywhere(signed: Here, request: Request, response: Response) -> None:
        door.console().signing_in.out_everywhere(signed.account, signed.account.name)
        take_session(request, response)

    @router.post("/password", status_code=204)
    def change_password(body: PasswordChange, signed: Here) -> None:
        signing_in = door.console().signing_in
        try:
            signing_in.change_password(signed.account, body.old, body.new, signed.token)
        except ThrottledError as error:
            raise throttled(error) from error
        except SignInError as error:
            raise ApiError(SIGN_IN_FAILED, str(error)) from error
        except WeakPasswordError as error:
            raise ApiError(INVALID_REQUEST, str(error)) from error

    return router


def session_of(signed: Signed) -> SessionOut:
    """The session as its pages see it."""
    account = signed.account
    return SessionOut(
        name=account.name,
        role=account.role,
        federated=account.federated,
        csrf=csrf_of(signed.token),
    )


def throttled(error: ThrottledError) -> ApiError:
    """The problem that tells how long to wait."""
    return ApiError(RATE_LIMITED, str(error), headers={"Retry-After": str(error.wait)})
