"""Engines and migrations: how a release's database is made, upgraded and opened."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection

from sqlalchemy import Engine, create_engine, event, inspect, text

from disclosure.store.errors import OutdatedReleaseError
from disclosure.store.sql import REVISION


def sqlite_to_build(path: Path) -> Engine:
    """A SQLite file to write to, aside from every reader."""
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _write_without_journal)
    return engine


def _write_without_journal(connection: Connection, _: object) -> None:
    """A build that is interrupted is thrown away whole; what is finished is synced as files."""
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")


def sqlite_to_read(path: Path) -> Engine:
    """A published SQLite file, which nobody changes any more: read without locks."""
    return create_engine(
        f"sqlite:///file:{path}?mode=ro&immutable=1&uri=true",
        connect_args={"check_same_thread": False},
    )


def upgrade(engine: Engine, revision: str = REVISION) -> None:
    """Bring the database's schema to ``revision``, from nothing or from any earlier one."""
    # Alembic takes half a second to import, and only building a release needs it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "disclosure.store:migrations")
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def check_revision(engine: Engine) -> None:
    """Raise ``OutdatedReleaseError`` where another version of the program wrote the release."""
    with engine.connect() as connection:
        held = (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if inspect(connection).has_table("alembic_version")
            else None
        )
    if held != REVISION:
        raise OutdatedReleaseError(
            f"已发布的数据是另一版程序写的（结构版本 {held}，本程序需要 {REVISION}）。"
            "请运行 budget-qa ingest 重新发布。"
        )
