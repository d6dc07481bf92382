"""What ingest has read so far, outside releases: documents by content, bundles by version.

A document is kept so that a run that was killed goes on where it stopped, and so that a file which
completes a disclosure can be joined with what is held. The current bundles are what the next
release is made of; superseded ones stay as history.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from disclosure.document import Document
from disclosure.model import Bundle
from disclosure.store.codec import (
    decode_bundle,
    digest,
    encode_bundle,
    unpack_document,
)
from disclosure.store.postgres import SCHEMA, create_tables, postgres_engine
from disclosure.store.servers import EMBEDDED, Servers

#: A narrative file may show a table or two of its own.
FEW_TABLES = 3

_METADATA = MetaData()
_DOCUMENTS = Table(
    "document",
    _METADATA,
    Column("sha256", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("program", Text),
    Column("content", LargeBinary),
)
_BUNDLES = Table(
    "bundle",
    _METADATA,
    Column("disclosure_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("digest", Text),
    Column("program", Text),
    Column("sources", Text),
    Column("lacks", Text),
    Column("content", LargeBinary),
    Column("current", Boolean),
)
_PASSED_OVER = Table(
    "passed_over",
    _METADATA,
    Column("sha256", Text, primary_key=True),
    Column("disclosure_id", Text),
)
#: The disclosures (of other years, or of another kind) that each one is compared with, if held.
_COMPARED = Table(
    "compared",
    _METADATA,
    Column("disclosure_id", Text, primary_key=True),
    Column("others", Text),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A version of a disclosure that the workspace holds. ``sources`` are the hashes of its files,
    ``program`` the version of the program that read them; ``lacks`` is tables | narrative where
    only the other half was given, else ''."""

    disclosure_id: str
    version: int
    digest: str
    program: str
    sources: frozenset[str]
    lacks: str
    current: bool


class Workspace(AbstractContextManager["Workspace"]):
    """The workspace of one data directory (a file), or of a PostgreSQL database that many machines
    ingest into. Open it while holding ``Releases.working``."""

    def __init__(self, path: Path, servers: Servers = EMBEDDED) -> None:
        if servers.database_url:
            self._engine = postgres_engine(servers.database_url, SCHEMA)
            create_tables(self._engine, _METADATA, SCHEMA)
        else:
            self._engine = _sqlite(path)
            _METADATA.create_all(self._engine)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._engine.dispose()

    # -- documents ---------------------------------------------------------

    def document(self, sha256: str, name: str, program: str) -> Document | None:
        """A file as this program read it before; its locators carry ``name``."""
        held = _DOCUMENTS.c
        query = select(held.content).where(
            held.sha256 == sha256, held.name == name, held.program == program
        )
        with self._engine.connect() as connection:
            content = connection.execute(query).scalar()
        return None if content is None else unpack_document(content)

    def packed_document(self, sha256: str, name: str) -> bytes:
        """A file that is kept, packed, as whichever program read it. Raises ``KeyError``."""
        held = _DOCUMENTS.c
        query = select(held.content).where(held.sha256 == sha256, held.name == name)
        with self._engine.connect() as connection:
            content = connection.execute(query).scalar()
        if content is None:
            raise KeyError(name)
        return bytes(content)

    def keep_document(self, sha256: str, name: str, packed: bytes, program: str) -> None:
        held = _DOCUMENTS.c
        with self._engine.begin() as connection:
            connection.execute(delete(_DOCUMENTS).where(held.sha256 == sha256, held.name == name))
            connection.execute(
                insert(_DOCUMENTS).values(sha256=sha256, name=name, program=program, content=packed)
            )

    def documents_of(self, sources: Iterable[str]) -> list[Document]:
        """The documents of some files, one a file, by hash; of files read by any program."""
        wanted = sorted(sources)
        held = _DOCUMENTS.c
        query = select(held.sha256, held.name, held.content).where(held.sha256.in_(wanted))
        with self._engine.connect() as connection:
            rows = sorted(connection.execute(query).all())
        first = {row.sha256: row.content for row in reversed(rows)}
        return [unpack_document(first[s]) for s in wanted if s in first]

    # -- bundles -----------------------------------------------------------

    def versions(self, disclosure_id: str | None = None) -> list[Held]:
        """All versions held, of one disclosure or of all, oldest first."""
        held = _BUNDLES.c
        query = select(
            held.disclosure_id,
            held.version,
            held.digest,
            held.program,
            held.sources,
            held.lacks,
            held.current,
        )
        if disclosure_id is not None:
            query = query.where(held.disclosure_id == disclosure_id)
        with self._engine.connect() as connection:
            rows = sorted(connection.execute(query).all(), key=lambda row: row[:2])
        return [
            Held(i, version, digest_, program, frozenset(json.loads(sources)), lacks, bool(current))
            for i, version, digest_, program, sources, lacks, current in rows
        ]

    def bundle(self, disclosure_id: str, version: int | None = None) -> Bundle:
        """A bundle: its current version, or the one asked for. Raises ``KeyError``."""
        held = _BUNDLES.c
        query = select(held.content).where(
            held.disclosure_id == disclosure_id,
            held.current if version is None else held.version == version,
        )
        with self._engine.connect() as connection:
            content = connection.execute(query).scalar()
        if content is None:
            raise KeyError(disclosure_id)
        return decode_bundle(zlib.decompress(content))

    def compared_with(self, disclosure_id: str) -> tuple[str, ...]:
        """The ids that one disclosure is compared with, held or not."""
        held = _COMPARED.c
        with self._engine.connect() as connection:
            others = connection.execute(
                select(held.others).where(held.disclosure_id == disclosure_id)
            ).scalar()
        return () if others is None else tuple(json.loads(others))

    def comparisons(self) -> dict[str, tuple[str, ...]]:
        """The ids that each disclosure is compared with, held or not."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(_COMPARED)).all()
        return {disclosure_id: tuple(json.loads(others)) for disclosure_id, others in rows}

    def keep_bundle(self, bundle: Bundle, program: str, compared_with: Sequence[str] = ()) -> Held:
        """Make a bundle the current version of its disclosure; its version number is its own.
        ``compared_with`` are the ids of the disclosures whose figures it restates."""
        disclosure = bundle.disclosure
        held = Held(
            disclosure.id,
            disclosure.version,
            digest(bundle),
            program,
            frozenset(f.sha256 for f in disclosure.files),
            _lacks(bundle),
            current=True,
        )
        with self._engine.begin() as connection:
            _retire(connection, disclosure.id)
            connection.execute(
                delete(_BUNDLES).where(
                    _BUNDLES.c.disclosure_id == held.disclosure_id,
                    _BUNDLES.c.version == held.version,
                )
            )
            connection.execute(
                insert(_BUNDLES).values(
                    disclosure_id=held.disclosure_id,
                    version=held.version,
                    digest=held.digest,
                    program=program,
                    sources=json.dumps(sorted(held.sources)),
                    lacks=held.lacks,
                    content=zlib.compress(encode_bundle(bundle), 1),
                    current=True,
                )
            )
            connection.execute(
                delete(_COMPARED).where(_COMPARED.c.disclosure_id == held.disclosure_id)
            )
            connection.execute(
                insert(_COMPARED).values(
                    disclosure_id=held.disclosure_id, others=json.dumps(list(compared_with))
                )
            )
        return held

    def known_sources(self, program: str) -> dict[str, Held]:
        """The files that need no reading, by hash, each with the current version that settles it:
        made of it by this program, superseding it, or preferred to it."""
        versions = self.versions()
        current = {v.disclosure_id: v for v in versions if v.current}
        known: dict[str, Held] = {}
        with self._engine.connect() as connection:
            passed_over = connection.execute(select(_PASSED_OVER)).all()
        for sha, disclosure_id in passed_over:
            if disclosure_id in current:
                known[sha] = current[disclosure_id]
        for version in versions:
            last = current.get(version.disclosure_id)
            if last and (version.version < last.version or last.program == program):
                known |= dict.fromkeys(version.sources, last)
        return known

    def pass_over(self, sha256: str, disclosure_id: str) -> None:
        """Remember that a file says what a fuller file of a disclosure says."""
        with self._engine.begin() as connection:
            connection.execute(delete(_PASSED_OVER).where(_PASSED_OVER.c.sha256 == sha256))
            connection.execute(
                insert(_PASSED_OVER).values(sha256=sha256, disclosure_id=disclosure_id)
            )

    def retire(self, disclosure_id: str) -> bool:
        """Take a disclosure out of the next release; returns whether it was in."""
        with self._engine.begin() as connection:
            return _retire(connection, disclosure_id)


def _retire(connection: Connection, disclosure_id: str) -> bool:
    held = _BUNDLES.c
    return bool(
        connection.execute(
            update(_BUNDLES)
            .where(held.disclosure_id == disclosure_id, held.current)
            .values(current=False)
        ).rowcount
    )


def _sqlite(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _write_ahead)
    return engine


def _write_ahead(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _lacks(bundle: Bundle) -> str:
    """Which half of a disclosure its files do not give: the tables or the narrative."""
    if len(bundle.tables) < FEW_TABLES:
        return "tables"
    return "" if any(fact.origin == "sentence" for fact in bundle.facts) else "narrative"
