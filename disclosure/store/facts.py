"""Where releases keep their facts: the choice between SQLite files and PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from sqlalchemy import Engine

from disclosure.store.files import copy_file
from disclosure.store.place import Place
from disclosure.store.postgres import PostgresFacts
from disclosure.store.schema import check_revision, sqlite_to_build, sqlite_to_read, upgrade
from disclosure.store.servers import Servers

FACTS = "facts.sqlite"


class FactsHome(Protocol):
    """Makes, opens and drops the SQL side of releases."""

    def copy(self, source: Place, target: Place, revision: str) -> None:
        """Let a release that is about to be built start as a copy; ``revision`` is the source's."""
        ...

    def build(self, place: Place) -> Engine:
        """A database to write to, empty or copied, at the code's revision."""
        ...

    def read(self, place: Place) -> Engine:
        """A published database. Raises ``OutdatedReleaseError`` for one of another revision."""
        ...

    def keep_only(self, releases: Collection[str]) -> None:
        """Drop what other releases left."""
        ...


class SqliteFacts:
    """A file in each release's directory."""

    def copy(self, source: Place, target: Place, revision: str) -> None:
        copy_file(source.directory / FACTS, target.directory / FACTS)  # published: nobody writes

    def build(self, place: Place) -> Engine:
        engine = sqlite_to_build(place.directory / FACTS)
        upgrade(engine)
        return engine

    def read(self, place: Place) -> Engine:
        engine = sqlite_to_read(place.directory / FACTS)
        check_revision(engine)
        return engine

    def keep_only(self, releases: Collection[str]) -> None:
        """Nothing to do: a file goes with its directory."""


def facts_home(servers: Servers) -> FactsHome:
    """The home that the settings name."""
    return PostgresFacts(servers.database_url) if servers.database_url else SqliteFacts()
