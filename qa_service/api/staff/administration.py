"""Routes of accounts and the audit log, for admins only."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from qa_service.api.problems import INVALID_REQUEST, NOT_FOUND, ApiError
from qa_service.api.staff.signed import Door, Here
from qa_service.api.staff.texts import Short, Text
from qa_service.records.accounts import Account, AccountError, Role
from qa_service.records.audit import Entry
from qa_service.staff.managing import Managing
from qa_service.staff.passwords import WeakPasswordError

_Id = Annotated[int, Path(ge=1, le=2**31 - 1)]


class AccountIn(BaseModel):
    """An account to make."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, Field(min_length=1, max_length=64)]
    role: Role
    password: Annotated[Text, Field(min_length=1, max_length=256)]


class AccountEdit(BaseModel):
    """What is to be changed of an account; what is None stays."""

    model_config = ConfigDict(extra="forbid")

    role: Role | None = None
    disabled: bool | None = None
    password: Annotated[Text, Field(min_length=1, max_length=256)] | None = None


class AccountOut(BaseModel):
    """An account without its secrets."""

    id: int
    name: str
    role: Role
    disabled: bool
    created: float
    federated: bool

    @classmethod
    def of(cls, account: Account) -> Self:
        """The account as it is sent."""
        return cls(
            id=account.id,
            name=account.name,
            role=account.role,
            disabled=account.disabled,
            created=account.created,
            federated=account.federated,
        )


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
    def accounts() -> list[AccountOut]:
        return [AccountOut.of(account) for account in managing().all()]

    @router.post("/accounts")
    def add(body: AccountIn, signed: Here) -> AccountOut:
        try:
            made = managing().add(body.name, body.role, body.password, by=signed.account.name)
        except (AccountError, WeakPasswordError) as error:
            raise ApiError(INVALID_REQUEST, str(error)) from error
        return AccountOut.of(made)

    @router.patch("/accounts/{account_id}")
    def edit(account_id: _Id, body: AccountEdit, signed: Here) -> AccountOut:
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
        return AccountOut.of(found(account_id))

    @router.get("/audit")
    def audit(
        account: Short = "",
        action: Short = "",
        before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> list[Entry]:
        return door.console().audit.page(account=account, action=action, before=before, limit=limit)

    return router
