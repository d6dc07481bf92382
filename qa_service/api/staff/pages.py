"""The console's pages, and the way to the identity provider and back."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import FileResponse, RedirectResponse

from qa_service.api.addresses import absolute
from qa_service.api.problems import NOT_FOUND, ApiError
from qa_service.api.staff.signed import Door, address_of, give_session, visit, visit_of
from qa_service.records.accounts import AccountError
from qa_service.settings import Settings
from qa_service.staff.identity import IdentityError, IdentityProvider
from qa_service.staff.signing_in import SignInError
from qa_service.web import STATIC

_PAGES = STATIC / "staff"
_HTML = "text/html; charset=utf-8"
_SIGN_IN = "/staff/sign-in"
_CALLBACK = "/staff/oidc/callback"
#: Longest that a provider's code or state may be.
_Told = Annotated[str, Query(max_length=4000)]


def pages_router(door: Door, provider: IdentityProvider | None, settings: Settings) -> APIRouter:
    """The pages. Without a session there is only the one to sign in."""
    router = APIRouter(include_in_schema=False)

    def callback_address(request: Request) -> str:
        # As the provider knows it, whatever the request says that it was sent to.
        return absolute(request, settings, _CALLBACK)

    @router.get("/staff")
    def console(request: Request) -> Response:
        if door.find(request) is None:
            return RedirectResponse(_SIGN_IN, status_code=303)
        return FileResponse(_PAGES / "index.html", media_type=_HTML)

    @router.get(_SIGN_IN)
    def sign_in(request: Request) -> Response:
        if door.find(request) is not None:
            return RedirectResponse("/staff", status_code=303)
        return FileResponse(_PAGES / "sign-in.html", media_type=_HTML)

    @router.get("/staff/oidc/start")
    def start(request: Request) -> Response:
        if provider is None:
            raise ApiError(NOT_FOUND)
        response = RedirectResponse(_SIGN_IN, status_code=303)
        token = visit(request, response)
        try:
            response.headers["location"] = provider.address(token, callback_address(request))
        except IdentityError as error:
            return _refused(str(error))
        return response

    @router.get(_CALLBACK)
    def callback(
        request: Request, state: _Told = "", code: _Told = "", error: _Told = ""
    ) -> Response:
        if provider is None:
            raise ApiError(NOT_FOUND)
        if error or not code:
            return _refused("没有完成统一身份认证，请重新登录。")
        try:
            found = provider.identity(visit_of(request), callback_address(request), state, code)
            token = door.console().signing_in.with_identity(
                found.subject, found.name, found.role, address_of(request)
            )
        except (IdentityError, SignInError, AccountError) as refused:
            return _refused(str(refused))
        response = RedirectResponse("/staff", status_code=303)
        give_session(request, response, token)
        return response

    return router


def _refused(reason: str) -> Response:
    """Back to the sign-in page, which tells why."""
    return RedirectResponse(f"{_SIGN_IN}?reason={quote(reason)}", status_code=303)
