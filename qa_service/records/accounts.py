"""Accounts of the staff console: who may sign in, and with which role."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Boolean, Engine, Float, Row, String, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.records.database import Base
from qa_service.records.roles import Role

_LONGEST_NAME = 64


class AccountError(ValueError):
    """An account that cannot be made or changed; the message says why."""


class AccountRow(Base):
    """An account. ``folded`` is the name as it is compared; ``password`` an argon2 hash, empty for
    an account of the identity provider, whose ``subject`` is its issuer and subject there."""

    __tablename__ = "staff_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(_LONGEST_NAME))
    folded: Mapped[str] = mapped_column(String(_LONGEST_NAME), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str] = mapped_column(String(256))
    subject: Mapped[str | None] = mapped_column(String(512), unique=True)
    disabled: Mapped[bool] = mapped_column(Boolean)
    created: Mapped[float] = mapped_column(Float)


_TABLE = AccountRow.__table__


@dataclass(frozen=True, slots=True)
class Account:
    """An account without its secrets. ``federated``: it signs in at the identity provider."""

    id: int
    name: str
    role: Role
    disabled: bool
    created: float
    federated: bool


class Accounts:
    """The accounts in the service's records."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def add(self, name: str, role: Role, password_hash: str, subject: str | None = None) -> Account:
        """Make an account. Raises ``AccountError`` where the name is taken or is none."""
        name = _checked(name)
        values = {
            "name": name,
            "folded": name.casefold(),
            "role": role.value,
            "password": password_hash,
            "subject": subject,
            "disabled": False,
            "created": self._clock(),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(AccountRow).values(values))
        except IntegrityError as error:
            raise AccountError(f"账号“{name}”已经存在，请换一个名称。") from error
        made = self.named(name)
        assert made is not None
        return made

    def all(self) -> list[Account]:
        """Every account, by name."""
        return [_account(row) for row in self._rows(_TABLE.c.id > 0)]

    def named(self, name: str) -> Account | None:
        """The account of that name, whatever its capitals and width."""
        return self._one(_TABLE.c.folded == _normal(name).casefold())

    def with_id(self, account_id: int) -> Account | None:
        """The account of that id."""
        return self._one(_TABLE.c.id == account_id)

    def with_subject(self, subject: str) -> Account | None:
        """The account that an identity provider's subject signs in to."""
        return self._one(_TABLE.c.subject == subject)

    def password_hash(self, account_id: int) -> str:
        """The account's argon2 hash; empty where it has no password."""
        with self._engine.connect() as connection:
            query = select(_TABLE.c.password).where(_TABLE.c.id == account_id)
            return connection.execute(query).scalar() or ""

    def set_password(self, account_id: int, password_hash: str) -> None:
        """Replace the account's password."""
        self._change(account_id, {"password": password_hash})

    def set_disabled(self, account_id: int, disabled: bool) -> None:
        """Let the account sign in no more, or again. Raises ``AccountError`` for the last admin."""
        if disabled:
            self._keep_an_admin(account_id)
        self._change(account_id, {"disabled": disabled})

    def set_role(self, account_id: int, role: Role) -> None:
        """Give the account another role. Raises ``AccountError`` for the last admin."""
        if role is not Role.ADMIN:
            self._keep_an_admin(account_id)
        self._change(account_id, {"role": role.value})

    def _keep_an_admin(self, account_id: int) -> None:
        admin = (_TABLE.c.role == Role.ADMIN.value) & _TABLE.c.disabled.is_(False)
        with self._engine.connect() as connection:
            query = select(_TABLE.c.id).where(admin)
            if list(connection.execute(query).scalars()) == [account_id]:
                raise AccountError("这是最后一个可用的管理员账号，不能停用或降级。")

    def _change(self, account_id: int, values: dict[str, str | bool]) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(AccountRow).where(_TABLE.c.id == account_id).values(values))

    def _one(self, condition: object) -> Account | None:
        rows = self._rows(condition)
        return _account(rows[0]) if rows else None

    def _rows(self, condition: object) -> Sequence[Row[tuple[object, ...]]]:
        query = select(_TABLE).where(condition).order_by(func.lower(_TABLE.c.name))  # type: ignore[arg-type]
        with self._engine.connect() as connection:
            return connection.execute(query).all()


def _normal(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()


def _checked(name: str) -> str:
    name = _normal(name)
    if not name or len(name) > _LONGEST_NAME:
        raise AccountError(f"账号名称须为1至{_LONGEST_NAME}个字。")
    if any(unicodedata.category(char)[0] in "ZC" for char in name):
        raise AccountError("账号名称不能含有空格和看不见的字符。")
    return name


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        disabled=row.disabled,
        created=row.created,
        federated=row.subject is not None,
    )
