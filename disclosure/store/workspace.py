"""What ingest has read so far, outside releases: documents by content, bundles by version.

A document is kept so that a run that was killed goes on where it stopped, and so that a file which
completes a disclosure can be joined with what is held. The current bundles are what the next
release is made of; superseded ones stay as history.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from disclosure.document import Document
from disclosure.model import Bundle
from disclosure.store.codec import (
    decode_bundle,
    decode_document,
    digest,
    encode_bundle,
    encode_document,
)

#: A narrative file may show a table or two of its own.
FEW_TABLES = 3

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    sha256 TEXT, name TEXT, program TEXT, content BLOB,
    PRIMARY KEY (sha256, name)
);
CREATE TABLE IF NOT EXISTS bundle (
    disclosure_id TEXT, version INTEGER, digest TEXT, program TEXT, sources TEXT, lacks TEXT,
    content BLOB, current INTEGER,
    PRIMARY KEY (disclosure_id, version)
);
CREATE TABLE IF NOT EXISTS passed_over (sha256 TEXT PRIMARY KEY, disclosure_id TEXT);
"""


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
    """The workspace of one data directory. Open it with the ingest lock held."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.executescript(_SCHEMA)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    # -- documents ---------------------------------------------------------

    def document(self, sha256: str, name: str, program: str) -> Document | None:
        """A file as this program read it before; its locators carry ``name``."""
        row = self._connection.execute(
            "SELECT content FROM document WHERE sha256 = ? AND name = ? AND program = ?",
            (sha256, name, program),
        ).fetchone()
        return decode_document(zlib.decompress(row[0])) if row else None

    def keep_document(self, document: Document, program: str) -> None:
        content = zlib.compress(encode_document(document), 1)
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)",
                (document.sha256, document.file, program, content),
            )

    def documents_of(self, sources: Iterable[str]) -> list[Document]:
        """The documents of some files, one a file, by hash; of files read by any program."""
        wanted = sorted(sources)
        marks = ",".join("?" * len(wanted))
        rows = self._connection.execute(
            f"SELECT sha256, content FROM document WHERE sha256 IN ({marks}) ORDER BY sha256, name",
            wanted,
        ).fetchall()
        first = dict(reversed(rows))
        return [decode_document(zlib.decompress(first[s])) for s in wanted if s in first]

    # -- bundles -----------------------------------------------------------

    def versions(self, disclosure_id: str | None = None) -> list[Held]:
        """All versions held, of one disclosure or of all, oldest first."""
        where, values = (
            ("", ())
            if disclosure_id is None
            else (
                "WHERE disclosure_id = ?",
                (disclosure_id,),
            )
        )
        rows = self._connection.execute(
            "SELECT disclosure_id, version, digest, program, sources, lacks, current FROM bundle "
            f"{where} ORDER BY disclosure_id, version",
            values,
        )
        return [
            Held(i, version, digest_, program, frozenset(json.loads(sources)), lacks, bool(current))
            for i, version, digest_, program, sources, lacks, current in rows
        ]

    def bundle(self, disclosure_id: str, version: int | None = None) -> Bundle:
        """A bundle: its current version, or the one asked for. Raises ``KeyError``."""
        row = self._connection.execute(
            "SELECT content FROM bundle WHERE disclosure_id = ? AND "
            + ("current = 1" if version is None else "version = ?"),
            (disclosure_id,) if version is None else (disclosure_id, version),
        ).fetchone()
        if row is None:
            raise KeyError(disclosure_id)
        return decode_bundle(zlib.decompress(row[0]))

    def keep_bundle(self, bundle: Bundle, program: str) -> Held:
        """Make a bundle the current version of its disclosure; its version number is its own."""
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
        with self._connection:
            self._retire(disclosure.id)
            self._connection.execute(
                "INSERT OR REPLACE INTO bundle VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
                (
                    held.disclosure_id,
                    held.version,
                    held.digest,
                    program,
                    json.dumps(sorted(held.sources)),
                    held.lacks,
                    zlib.compress(encode_bundle(bundle), 1),
                ),
            )
        return held

    def known_sources(self, program: str) -> dict[str, Held]:
        """The files that need no reading, by hash, each with the current version that settles it:
        made of it by this program, superseding it, or preferred to it."""
        versions = self.versions()
        current = {v.disclosure_id: v for v in versions if v.current}
        known: dict[str, Held] = {}
        for sha, disclosure_id in self._connection.execute("SELECT * FROM passed_over"):
            if disclosure_id in current:
                known[sha] = current[disclosure_id]
        for version in versions:
            last = current.get(version.disclosure_id)
            if last and (version.version < last.version or last.program == program):
                known |= dict.fromkeys(version.sources, last)
        return known

    def pass_over(self, sha256: str, disclosure_id: str) -> None:
        """Remember that a file says what a fuller file of a disclosure says."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO passed_over VALUES (?, ?)", (sha256, disclosure_id)
            )

    def retire(self, disclosure_id: str) -> bool:
        """Take a disclosure out of the next release; returns whether it was in."""
        with self._connection:
            return self._retire(disclosure_id)

    def _retire(self, disclosure_id: str) -> bool:
        return bool(
            self._connection.execute(
                "UPDATE bundle SET current = 0 WHERE disclosure_id = ? AND current = 1",
                (disclosure_id,),
            ).rowcount
        )


def _lacks(bundle: Bundle) -> str:
    """Which half of a disclosure its files do not give: the tables or the narrative."""
    if len(bundle.tables) < FEW_TABLES:
        return "tables"
    return "" if any(fact.origin == "sentence" for fact in bundle.facts) else "narrative"
