"""The database of the service's own records (accounts, inquiries, keys …), apart from releases.

Each noun's file declares its tables on ``Base``; they are made when the database is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, insert, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from disclosure.store.errors import StoreError
from disclosure.store.postgres import create_tables, postgres_engine
from disclosure.store.tables import make_tables

#: Name of the SQLite file in the data directory, where no other database is configured.
FILE = "records.sqlite"
#: Seconds that a writer waits for another process's write to end.
_BUSY_SECONDS = 10
_QUICK_BUSY_SECONDS = 1


class OutdatedRecordsError(StoreError):
    """The records were made by another version of the program."""


class Base(DeclarativeBase):
    """All tables of the service's records."""


def open_records(data_dir: Path, url: str = "", *, quick: bool = False) -> Engine:
    """The records' database: ``url`` (a SQLAlchemy URL) where given, else a file in ``data_dir``.

    Import the modules whose tables are wanted first: what is declared on ``Base`` is made here.
    ``quick``: for what is written at every question. A write does not wait for the disk, so that a
    power failure may lose the last ones, and gives up soon where another process is writing.
    """
    if url.startswith("postgres"):
        engine = postgres_engine(url)
        create_tables(engine, Base.metadata)  # safe for the many workers that start at once
    else:
        if url:
            engine = create_engine(url, pool_pre_ping=True)
        else:
            patience = _QUICK_BUSY_SECONDS if quick else _BUSY_SECONDS
            engine = sqlite_engine(data_dir / FILE, patience, durable=not quick)
        make_tables(engine, Base.metadata)
    _check_columns(engine)
    return engine


def _check_columns(engine: Engine) -> None:
    """Raise ``OutdatedRecordsError`` unless the tables are those of this program: what is missing
    as a whole was just made, but a table that was there keeps the columns that it had."""
    held = inspect(engine).get_multi_columns()
    for table in Base.metadata.sorted_tables:
        columns = held.get((None, table.name))
        if columns is not None and {c["name"] for c in columns} != set(table.columns.keys()):
            engine.dispose()
            place = engine.url.render_as_string(hide_password=True)
            raise OutdatedRecordsError(
                f"服务记录（{place}）是另一版本的程序建的，表{table.name}的列不同，本版本不能读写。"
                "请先停止服务并备份它，再换用建它的版本；或把它改名移开，本版本会新建一个空的"
                "（账号、台账、密钥、标准答案和保存的答案留在旧的里）。"
            )


def sqlite_engine(path: Path, patience: float, *, durable: bool) -> Engine:
    """A SQLite file that several workers write to, waiting ``patience`` seconds for each other.

    Where it is not ``durable``, a write does not wait for the disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": patience, "check_same_thread": False}
    )
    event.listen(engine, "connect", _set_up_sqlite)
    if not durable:
        event.listen(engine, "connect", _do_not_wait_for_the_disk)
    return engine


def insert_row(engine: Engine, table: type[Base], values: Mapping[str, object]) -> int:
    """Insert one row; the number that it was given."""
    with engine.begin() as connection:
        key = connection.execute(insert(table).values(values)).inserted_primary_key
    assert key is not None  # a single-row insert always returns its key
    return int(key[0])


def _set_up_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _do_not_wait_for_the_disk(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()
