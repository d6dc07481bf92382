"""Tables made in a SQLite file that several workers may open for the first time at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, MetaData

from disclosure.store.files import exclusive


def make_tables(engine: Engine, metadata: MetaData) -> None:
    """Make the tables that are not there, one process at a time: SQLite does not wait where two
    set a new file up together, and ``create_all`` looks first and makes afterwards."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or file in (None, "", ":memory:"):
        metadata.create_all(engine)
        return
    path = Path(str(file))
    with exclusive(path.with_name(f"{path.name}.lock")):
        metadata.create_all(engine)
