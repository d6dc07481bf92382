"""Conversations kept outside releases: small, expiring, shared by all workers, never by users."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import (
    Column,
    Engine,
    Float,
    MetaData,
    String,
    Table,
    delete,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from disclosure.store.postgres import create_tables, postgres_engine
from disclosure.store.tables import make_tables
from qa_service.records.database import sqlite_engine
from qa_service.understanding.plan import Memory

#: Seconds that a conversation is kept after its last question.
LIFETIME = 2 * 3600
#: Seconds between two looks for conversations that have expired.
_CLEARED_EVERY = 60
#: Seconds that a writer waits for another worker's write to end.
_BUSY_SECONDS = 10
_METADATA = MetaData()
_CONVERSATIONS = Table(
    "conversations",
    _METADATA,
    Column("id", String(64), primary_key=True),
    Column("memory", String, nullable=False),
    Column("touched", Float, nullable=False, index=True),
)


class Conversations:
    """The memories of open conversations: in one SQLite file of the data directory, or in the
    PostgreSQL of ``url`` where one is given."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time, url: str = "") -> None:
        self._clock = clock
        self._engine = _postgres(url) if url else _sqlite(path)
        self._cleared = 0.0
        # One statement for every question: it is compiled once.
        written = (postgresql.insert if url else sqlite.insert)(_CONVERSATIONS)
        self._save = written.on_conflict_do_update(
            index_elements=["id"],
            set_={"memory": written.excluded.memory, "touched": written.excluded.touched},
        )

    def load(self, conversation_id: str | None) -> tuple[str, Memory]:
        """The conversation's memory; a new id and no memory where it is unknown or expired."""
        if conversation_id:
            query = select(_CONVERSATIONS.c.memory).where(
                _CONVERSATIONS.c.id == conversation_id,
                _CONVERSATIONS.c.touched > self._clock() - LIFETIME,
            )
            with self._engine.connect() as connection:
                found = connection.execute(query).scalar()
            if found is not None:
                return conversation_id, Memory.model_validate_json(found)
        return secrets.token_urlsafe(16), Memory()

    def save(self, conversation_id: str, memory: Memory) -> None:
        """Keep the memory and, now and then, forget conversations that have expired."""
        now = self._clock()
        values = {"id": conversation_id, "memory": memory.model_dump_json(), "touched": now}
        with self._engine.begin() as connection:
            connection.execute(self._save, values)
            if now - self._cleared >= _CLEARED_EVERY:
                self._cleared = now
                connection.execute(
                    delete(_CONVERSATIONS).where(_CONVERSATIONS.c.touched <= now - LIFETIME)
                )

    def close(self) -> None:
        """Give the file free."""
        self._engine.dispose()


def _postgres(url: str) -> Engine:
    engine = postgres_engine(url)
    create_tables(engine, _METADATA)
    return engine


def _sqlite(path: Path) -> Engine:
    # A conversation is not worth waiting for the disk: a power failure ends it anyway.
    engine = sqlite_engine(path, _BUSY_SECONDS, durable=False)
    make_tables(engine, _METADATA)
    return engine
