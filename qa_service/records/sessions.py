"""Sessions of signed-in accounts: kept by the hash of their token, ended by idleness and age."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable

from sqlalchemy import (
    Delete,
    Engine,
    Float,
    ForeignKey,
    String,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.records.database import Base

#: Seconds between two notes of a session's use: not every request writes.
_NOTED_EVERY = 30


class SessionRow(Base):
    """An open session. The token itself is only in the browser's cookie."""

    __tablename__ = "staff_session"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id"), index=True)
    created: Mapped[float] = mapped_column(Float, index=True)
    seen: Mapped[float] = mapped_column(Float, index=True)


_TABLE = SessionRow.__table__


class Sessions:
    """The open sessions. ``idle`` and ``longest`` are in seconds."""

    def __init__(
        self, engine: Engine, idle: float, longest: float, clock: Callable[[], float] = time.time
    ) -> None:
        self._engine = engine
        self._idle = idle
        self._longest = longest
        self._clock = clock

    def open(self, account_id: int) -> str:
        """A new session's token; sessions that have ended are forgotten."""
        token = secrets.token_urlsafe(32)
        now = self._clock()
        with self._engine.begin() as connection:
            connection.execute(
                delete(SessionRow).where(
                    or_(_TABLE.c.seen <= now - self._idle, _TABLE.c.created <= now - self._longest)
                )
            )
            connection.execute(
                insert(SessionRow).values(
                    hash=_hash(token), account_id=account_id, created=now, seen=now
                )
            )
        return token

    def account_of(self, token: str) -> int | None:
        """The account whose open session has this token; notes that it is in use."""
        now = self._clock()
        with self._engine.connect() as connection:
            row = connection.execute(select(_TABLE).where(_TABLE.c.hash == _hash(token))).first()
        if row is None or row.seen <= now - self._idle or row.created <= now - self._longest:
            return None
        if row.seen < now - _NOTED_EVERY:
            with self._engine.begin() as connection:
                connection.execute(
                    update(SessionRow).where(_TABLE.c.hash == row.hash).values(seen=now)
                )
        account_id: int = row.account_id
        return account_id

    def close(self, token: str) -> None:
        """End one session."""
        self._delete(delete(SessionRow).where(_TABLE.c.hash == _hash(token)))

    def close_all(self, account_id: int, but: str = "") -> int:
        """End all sessions of an account, ``but`` the one of this token; how many there were."""
        ended = delete(SessionRow).where(_TABLE.c.account_id == account_id)
        return self._delete(ended.where(_TABLE.c.hash != _hash(but)) if but else ended)

    def _delete(self, statement: Delete) -> int:
        with self._engine.begin() as connection:
            return connection.execute(statement).rowcount


def _hash(token: str) -> str:
    """Tokens are random: a fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
