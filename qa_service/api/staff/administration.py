"""Routes of accounts and the audit log, for admins only."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict

from qa_service.api.problems import INVALID_REQUEST, NOT_FOUND, ApiError
from qa_service.api.staff.signed import Door, Here
from qa_service.api.staff.texts import Id, Name, Number, Password, Short
from qa_service.records.accounts import Account, AccountError
from qa_service.records.audit import Entry
from qa_service.records.roles import Role
from qa_service.staff.managing import Managing
from qa_service.staff.passwords import WeakPasswordError


class AccountIn(BaseModel):
    """An account to make."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    role: Role
    password: Password


class AccountEdit(BaseModel):
    """What is to be changed of an account; what is None stays."""

    model_config = ConfigDict(extra="forbid")

    role: Role | None = None
    disabled: bool | None = None
    password: Password | None = None


def _require_admin(signed: Here) -> None:
    signed.require(Role.ADMIN)


def administration_router(door: Door) -> APIRouter:
    """The routes for admins."""
    router = APIRouter(
        prefix="/api/staff", dependencies=[Depends(door.signed), Depends(_require_admin)]
    )

    def managing() -> Managing:
        return Managing(door.console().signing_in)

    def found(account_id: int) -> Account:
        account = door.console().signing_in.accounts.with_id(account_id)
        if account is None:
            raise ApiError(NOT_FOUND, "没有这个账号。")
        return account

    @router.get("/accounts")
    def accounts() -> list[Account]:
        return managing().all()

    @router.post("/accounts")
    def add(body: AccountIn, signed: Here) -> Account:
        try:
            return managing().add(body.name, body.role, body.password, by=signed.account.name)
        except (AccountError, WeakPasswordError) as error:
            raise ApiError(INVALID_REQUEST, str(error)) from error

    @router.patch("/accounts/{account_id}")
    def edit(account_id: Id, body: AccountEdit, signed: Here) -> Account:
        account, by = found(account_id), signed.account.name
        try:
            if body.role is not None and body.role is not account.role:
                managing().set_role(account, body.role, by=by)
            if body.disabled is not None and body.disabled is not account.disabled:
                managing().set_disabled(account, body.disabled, by=by)
            if body.password is not None:
                managing().set_password(account, body.password, by=by)
        except (AccountError, WeakPasswordError) as error:
            raise ApiError(INVALID_REQUEST, str(error)) from error
        return found(account_id)

    @router.get("/audit")
    def audit(
        account: Short = "",
        action: Short = "",
        before: Number | None = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> list[Entry]:
        return door.console().audit.page(account=account, action=action, before=before, limit=limit)

    return router
