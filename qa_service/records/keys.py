"""API keys of programs: kept by hash, limited to scopes, expiring, revocable. A key's text is known
to nobody after it was made."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Engine, Float, Integer, Row, String, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.records.database import Base
from qa_service.records.scopes import KeyScope

#: What every key's text begins with, so that leaked ones can be searched for.
PREFIX = "bqa_"
_LONGEST_NAME = 100
_TEXT = re.compile(PREFIX + r"([0-9a-f]{12})_([0-9A-Za-z_-]{43})")
#: Seconds between two notes of a key's use: not every request writes.
_NOTED_EVERY = 60


class KeyFault(StrEnum):
    """Why a key does not open what it was shown for; the value is the problem's code."""

    INVALID = "invalid_key"
    EXPIRED = "expired_key"
    REVOKED = "revoked_key"
    SCOPE = "insufficient_scope"


class KeyRefusedError(Exception):
    """A key that does not open what it was shown for."""

    def __init__(self, fault: KeyFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class KeyRow(Base):
    """A key. ``hash`` is the SHA-256 of its secret, which is random: a slow hash adds nothing."""

    __tablename__ = "api_key"

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(_LONGEST_NAME))
    hash: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[str] = mapped_column(String(64))
    per_minute: Mapped[int | None] = mapped_column(Integer)
    created: Mapped[float] = mapped_column(Float)
    expires: Mapped[float | None] = mapped_column(Float)
    revoked: Mapped[float | None] = mapped_column(Float)
    used: Mapped[float | None] = mapped_column(Float)


_COLUMNS = KeyRow.__table__.columns


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. ``per_minute``: its own limit, None that of all keys. Times are
    seconds since 1970; ``used`` is exact to a minute."""

    id: str
    name: str
    scopes: frozenset[KeyScope]
    per_minute: int | None
    created: float
    expires: float | None
    revoked: float | None
    used: float | None


class Keys:
    """The keys in the service's records."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def add(
        self,
        name: str,
        scopes: Collection[KeyScope],
        lifetime: float | None = None,
        per_minute: int | None = None,
    ) -> tuple[Key, str]:
        """Make a key that lives ``lifetime`` seconds (None: until revoked). With its text, which is
        nowhere else. Raises ``ValueError`` without a name or a scope."""
        name = name.strip()
        if not name or len(name) > _LONGEST_NAME:
            raise ValueError(f"密钥的名称须为1至{_LONGEST_NAME}个字，用来辨认使用它的程序。")
        if not scopes:
            raise ValueError("密钥至少要有一个使用范围。")
        now = self._clock()
        identity, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        with self._engine.begin() as connection:
            connection.execute(
                insert(KeyRow).values(
                    id=identity,
                    name=name,
                    hash=_hash(secret),
                    scopes=" ".join(sorted(scopes)),
                    per_minute=per_minute,
                    created=now,
                    expires=None if lifetime is None else now + lifetime,
                )
            )
            row = connection.execute(select(*_COLUMNS).where(KeyRow.id == identity)).one()
        return _key(row), f"{PREFIX}{identity}_{secret}"

    def all(self) -> Sequence[Key]:
        """Every key, oldest first, those that no longer open anything included."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(*_COLUMNS).order_by(KeyRow.created, KeyRow.id))
            return [_key(row) for row in rows]

    def revoke(self, identity: str) -> bool:
        """End a key at once. False where there is none of that id or it was ended before."""
        ended = update(KeyRow).where(KeyRow.id == identity, KeyRow.revoked.is_(None))
        with self._engine.begin() as connection:
            return connection.execute(ended.values(revoked=self._clock())).rowcount == 1

    def open(self, text: str, scope: KeyScope) -> Key:
        """The key of this text, if it opens the scope. Raises ``KeyRefusedError``.

        Whether a key is expired or revoked is told only to who has its secret.
        """
        match = _TEXT.fullmatch(text)
        if match is None:
            raise KeyRefusedError(KeyFault.INVALID)
        with self._engine.connect() as connection:
            row = connection.execute(select(*_COLUMNS).where(KeyRow.id == match[1])).first()
        if row is None or not hmac.compare_digest(row.hash, _hash(match[2])):
            raise KeyRefusedError(KeyFault.INVALID)
        key, now = _key(row), self._clock()
        if key.revoked is not None:
            raise KeyRefusedError(KeyFault.REVOKED)
        if key.expires is not None and key.expires <= now:
            raise KeyRefusedError(KeyFault.EXPIRED)
        if scope not in key.scopes:
            raise KeyRefusedError(KeyFault.SCOPE)
        if key.used is None or key.used < now - _NOTED_EVERY:
            with self._engine.begin() as connection:
                connection.execute(update(KeyRow).where(KeyRow.id == key.id).values(used=now))
        return key


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(row: Row[tuple[object, ...]]) -> Key:
    return Key(
        id=row.id,
        name=row.name,
        scopes=frozenset(KeyScope(scope) for scope in row.scopes.split()),
        per_minute=row.per_minute,
        created=row.created,
        expires=row.expires,
        revoked=row.revoked,
        used=row.used,
    )
