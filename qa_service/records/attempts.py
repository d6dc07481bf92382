"""Failed sign-ins of the last minutes, shared by all workers, to slow down guessing."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping

from sqlalchemy import Engine, Float, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from qa_service.records.database import Base

#: Seconds that an attempt counts.
WINDOW = 15 * 60


class AttemptRow(Base):
    """One attempt to sign in, under one key (an account's name or an address)."""

    __tablename__ = "staff_sign_in_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(160), index=True)
    at: Mapped[float] = mapped_column(Float, index=True)


_TABLE = AttemptRow.__table__


class Attempts:
    """Counts attempts by key. An attempt is noted before its password is looked at, so that many
    at once cannot outrun the count; a successful one takes its account's away again."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    def admit(self, limits: Mapping[str, int]) -> int:
        """Note one attempt under each key; 0 where every key is within its limit, else nothing is
        noted and the seconds are told after which it will be."""
        now = self._clock()
        with self._engine.begin() as connection:
            connection.execute(delete(AttemptRow).where(_TABLE.c.at <= now - WINDOW))
            waits = [0.0]
            for key, limit in limits.items():
                query = select(_TABLE.c.at).where(_TABLE.c.key == key).order_by(_TABLE.c.at.desc())
                recent = list(connection.execute(query.limit(limit)).scalars())
                if len(recent) >= limit:
                    waits.append(recent[-1] + WINDOW - now)
            if wait := math.ceil(max(waits)):
                return wait
            connection.execute(insert(AttemptRow), [{"key": key, "at": now} for key in limits])
        return 0

    def forget(self, key: str) -> None:
        """Forget the attempts under one key."""
        with self._engine.begin() as connection:
            connection.execute(delete(AttemptRow).where(_TABLE.c.key == key))
