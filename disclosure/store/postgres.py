"""PostgreSQL: engines on one schema, tables made once, and releases as a schema each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, MetaData, create_engine, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.schema import CreateSchema, DropSchema

from disclosure.store.errors import StoreError
from disclosure.store.place import Place
from disclosure.store.schema import check_revision, upgrade
from disclosure.store.servers import postgres_url

#: Where the pointer to the release in force and the workspace of ingest live.
SCHEMA = "budget_qa"
#: Each release's own schema.
_RELEASE = "budget_qa_release_"
#: Keys of advisory locks: of whoever makes tables, and of the one ingest.
_MAKING, _INGEST = 0x62716101, 0x62716102
_CONNECT_SECONDS = 10


def postgres_engine(url: str, schema: str = "", *, pooled: bool = True) -> Engine:
    """An engine; with ``schema``, names without one are those of that schema. Connections that
    the server closed are replaced before their use; without ``pooled``, none is kept."""
    search_path = {"options": f"-csearch_path={schema}"} if schema else {}
    return create_engine(
        postgres_url(url),
        pool_pre_ping=pooled,
        poolclass=QueuePool if pooled else NullPool,
        connect_args={"connect_timeout": _CONNECT_SECONDS, **search_path},
    )


def create_tables(engine: Engine, metadata: MetaData, schema: str = "") -> None:
    """Make the tables (and their schema) that are not there; safe for many processes at once."""
    with reachable(engine), engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MAKING})
        if schema:
            connection.execute(CreateSchema(schema, if_not_exists=True))
        metadata.create_all(connection)


@contextmanager
def reachable(engine: Engine) -> Iterator[None]:
    """Tell a failure to connect in Chinese, with the place and without the password."""
    try:
        yield
    except OperationalError as error:
        url = engine.url
        raise StoreError(
            f"数据库 {url.host or '本机'}:{url.port or 5432}/{url.database} 用不了："
            f"{str(error.orig).strip()}。请检查 BUDGET_QA_DATABASE_URL 和数据库服务。"
        ) from error


@contextmanager
def only_ingest(engine: Engine) -> Iterator[None]:
    """One ingest at a time on this database, from whatever machine; the server drops the lock when
    its holder's connection ends."""
    with reachable(engine):
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _INGEST})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _INGEST})


class PostgresFacts:
    """Each release's facts in a schema of its own, which nothing points to until it is finished."""

    def __init__(self, url: str) -> None:
        self._url = url

    def copy(self, source: Place, target: Place, revision: str) -> None:
        """Fill a new schema with what another one of that ``revision`` holds."""
        engine = self._engine(target)
        try:
            with engine.begin() as connection:
                connection.execute(CreateSchema(_schema(target.part)))
            upgrade(engine, revision)
            with engine.begin() as connection:
                _copy_rows(connection, _schema(source.part), _schema(target.part))
        finally:
            engine.dispose()

    def build(self, place: Place) -> Engine:
        """The schema to write to, at the code's revision."""
        engine = self._engine(place)
        with engine.begin() as connection:
            connection.execute(CreateSchema(_schema(place.part), if_not_exists=True))
        upgrade(engine)
        return engine

    def read(self, place: Place) -> Engine:
        """A published schema."""
        engine = self._engine(place)
        with reachable(engine):
            check_revision(engine)
        return engine

    def keep_only(self, releases: Collection[str]) -> None:
        """Drop every release's schema but these."""
        kept = {_schema(release) for release in releases}
        engine = postgres_engine(self._url)
        try:
            with reachable(engine):
                names = inspect(engine).get_schema_names()
            for name in names:
                if name.startswith(_RELEASE) and name not in kept:
                    with engine.begin() as connection:
                        connection.execute(DropSchema(name, cascade=True))
        finally:
            engine.dispose()

    def _engine(self, place: Place) -> Engine:
        return postgres_engine(self._url, _schema(place.part))


def _schema(release: str) -> str:
    return _RELEASE + release


def _copy_rows(connection: Connection, source: str, target: str) -> None:
    """All tables' rows, parents first; then keys are counted on from where they stand."""
    inspector = inspect(connection)
    quoted = connection.dialect.identifier_preparer.quote
    tables = [
        table for table, _ in inspector.get_sorted_table_and_fkc_names(source) if table is not None
    ]
    for table in tables:
        if table == "alembic_version":
            continue
        columns = ", ".join(quoted(c["name"]) for c in inspector.get_columns(table, source))
        here, there = (f"{quoted(schema)}.{quoted(table)}" for schema in (target, source))
        connection.execute(text(f"INSERT INTO {here} ({columns}) SELECT {columns} FROM {there}"))
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence(:table, 'key'), max(key)) FROM {here}"),
            {"table": here},
        )
