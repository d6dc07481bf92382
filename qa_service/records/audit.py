"""The audit log: which account changed what, and when. Only ever added to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, Float, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.records.database import Base, insert_row
from qa_service.records.masking import masked

#: Who acts on the command line, where nobody signs in.
COMMAND_LINE = "命令行"


class AuditRow(Base):
    """One change. ``account`` is a name: it stays when the account goes."""

    __tablename__ = "staff_audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[float] = mapped_column(Float, index=True)
    account: Mapped[str] = mapped_column(String(64), index=True)
    action: Mapped[str] = mapped_column(String(32), index=True)
    target: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text)


_TABLE = AuditRow.__table__


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as it is read."""

    id: int
    at: float
    account: str
    action: str
    target: str
    detail: str


class Audit:
    """The audit log in the service's records."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def note(self, account: str, action: str, target: str, detail: str = "") -> None:
        """Add one change. ``detail`` must hold no secret; callers' numbers are masked here."""
        values = {
            "at": self._clock(),
            "account": account[:64],
            "action": action,
            "target": masked(target)[:200],
            "detail": masked(detail),
        }
        insert_row(self._engine, AuditRow, values)

    def page(
        self, *, account: str = "", action: str = "", before: int | None = None, limit: int = 100
    ) -> list[Entry]:
        """Entries, newest first; ``before`` an id, to go on from."""
        query = select(_TABLE).order_by(_TABLE.c.id.desc()).limit(limit)
        if account:
            query = query.where(_TABLE.c.account == account)
        if action:
            query = query.where(_TABLE.c.action == action)
        if before is not None:
            query = query.where(_TABLE.c.id < before)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [Entry(r.id, r.at, r.account, r.action, r.target, r.detail) for r in rows]
