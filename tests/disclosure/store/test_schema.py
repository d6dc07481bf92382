"""The migrations make exactly the schema that the code reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from disclosure.store.errors import OutdatedReleaseError
from disclosure.store.schema import check_revision, sqlite_to_build, upgrade
from disclosure.store.sql import REVISION, Base


def test_migrated_database_equals_the_models(tmp_path: Path) -> None:
    engine = sqlite_to_build(tmp_path / "facts.sqlite")
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_the_code_expects_the_newest_revision() -> None:
    assert ScriptDirectory("disclosure/store/migrations").get_heads() == [REVISION]


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    engine = sqlite_to_build(tmp_path / "facts.sqlite")
    upgrade(engine)
    upgrade(engine)
    check_revision(engine)
    engine.dispose()


def test_a_database_of_another_revision_is_not_read(tmp_path: Path) -> None:
    engine = sqlite_to_build(tmp_path / "facts.sqlite")
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    with pytest.raises(OutdatedReleaseError, match="budget-qa ingest"):
        check_revision(engine)
    engine.dispose()
