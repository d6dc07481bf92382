"""Which releases are in force and before: told by one small file, or by one row of PostgreSQL."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Hashable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import Protocol

from sqlalchemy import Column, Engine, MetaData, Table, Text, delete, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import OperationalError

from disclosure.store.files import exclusive, replace_text
from disclosure.store.manifest import Manifest
from disclosure.store.postgres import (
    SCHEMA,
    create_tables,
    only_ingest,
    postgres_engine,
    reachable,
)

_log = logging.getLogger(__name__)

MANIFEST = "manifest.json"
#: How long a worker may believe the row that it read last, in seconds.
_BELIEVED = 0.5


class Pointer(Protocol):
    """The one place whose change puts a release in force."""

    def kept(self) -> list[str]:
        """The release in force and those kept behind it; empty where nothing is published."""
        ...

    def point(self, kept: list[str], manifest: Manifest | None = None) -> None:
        """The one step that readers see; with the manifest of a release that is new."""
        ...

    def manifest(self, release: str) -> Manifest | None:
        """What a complete release was made with; None where there is none of that id."""
        ...

    def signature(self) -> Hashable:
        """Changes when another release comes into force; cheap enough for every question."""
        ...

    def installation(self) -> str:
        """A short name that no other installation has."""
        ...

    def working(self) -> AbstractContextManager[None]:
        """Held by the one ingest at work."""
        ...


class FilePointer:
    """``DIR/current``: ids, the one in force first. Manifests lie in the releases' directories."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._path = data_dir / "current"

    def kept(self) -> list[str]:
        try:
            return self._path.read_text(encoding="utf-8").split()
        except FileNotFoundError:
            return []

    def point(self, kept: list[str], manifest: Manifest | None = None) -> None:
        replace_text(self._path, "\n".join(kept) + "\n")

    def manifest(self, release: str) -> Manifest | None:
        path = self._data_dir / "releases" / release / MANIFEST
        return Manifest.decoded(path.read_text(encoding="utf-8")) if path.exists() else None

    def signature(self) -> Hashable:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def installation(self) -> str:
        path = self._data_dir / "installation"
        with exclusive(self._data_dir / "installation.lock"):
            if not path.exists():
                replace_text(path, secrets.token_hex(4))
            return path.read_text(encoding="utf-8")

    def working(self) -> AbstractContextManager[None]:
        return exclusive(self._data_dir / "ingest.lock")


_METADATA = MetaData()
#: One row: the ids in force, the first one first, and this installation's name.
_POINTER = Table(
    "pointer",
    _METADATA,
    Column("installation", Text, primary_key=True),
    Column("kept", Text, nullable=False),
)
_RELEASES = Table(
    "release",
    _METADATA,
    Column("id", Text, primary_key=True),
    Column("manifest", Text, nullable=False),
)


class RowPointer:
    """A row in PostgreSQL; the transaction that changes it is the commit of a release.

    Workers of many machines read it: each looks again after half a second at the latest.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._looked = float("-inf")
        self._seen: Hashable = None

    def kept(self) -> list[str]:
        with reachable(self._engine), self._engine.connect() as connection:
            return str(connection.execute(select(_POINTER.c.kept)).scalar_one()).split()

    def point(self, kept: list[str], manifest: Manifest | None = None) -> None:
        with reachable(self._engine), self._engine.begin() as connection:
            if manifest is not None:
                values = {"id": manifest.release_id, "manifest": manifest.encoded()}
                connection.execute(
                    postgresql.insert(_RELEASES).values(values).on_conflict_do_nothing()
                )
            connection.execute(delete(_RELEASES).where(_RELEASES.c.id.not_in(kept)))
            connection.execute(update(_POINTER).values(kept=" ".join(kept)))

    def manifest(self, release: str) -> Manifest | None:
        query = select(_RELEASES.c.manifest).where(_RELEASES.c.id == release)
        with reachable(self._engine), self._engine.connect() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else Manifest.decoded(found)

    def signature(self) -> Hashable:
        if time.monotonic() - self._looked >= _BELIEVED:
            try:
                with self._engine.connect() as connection:
                    self._seen = connection.execute(select(_POINTER.c.kept)).scalar_one()
            except OperationalError as error:
                # What is cached can still be answered; the next look may succeed.
                _log.warning("读不到当前发布的版本，继续使用上一次的：%s", error.orig)
            self._looked = time.monotonic()
        return self._seen

    def installation(self) -> str:
        with reachable(self._engine), self._engine.connect() as connection:
            return str(connection.execute(select(_POINTER.c.installation)).scalar_one())

    def working(self) -> AbstractContextManager[None]:
        return only_ingest(self._engine)

    @cached_property
    def _engine(self) -> Engine:
        """Connected to at the first use, with its tables made where they are not there. It is
        asked twice a second at most, so it keeps no connection."""
        engine = postgres_engine(self._url, SCHEMA, pooled=False)
        create_tables(engine, _METADATA, SCHEMA)
        with engine.begin() as connection:
            connection.exec_driver_sql("LOCK TABLE pointer")
            if connection.execute(select(_POINTER.c.kept)).first() is None:
                connection.execute(
                    insert(_POINTER).values(installation=secrets.token_hex(4), kept="")
                )
        return engine
