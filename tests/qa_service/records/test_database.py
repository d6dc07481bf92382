"""Opening the records: what an older or newer program left there is neither read nor changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from typer.testing import CliRunner

from cli.main import app
from qa_service.records.accounts import Accounts
from qa_service.records.answers import Answers
from qa_service.records.database import FILE, OutdatedRecordsError, open_records
from qa_service.records.roles import Role


def change(folder: Path, statement: str) -> None:
    """What another version of the program would have made."""
    engine = open_records(folder)
    Accounts(engine).add("王芳", Role.ADMIN, "x")
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE staff_account DROP COLUMN created",
        "ALTER TABLE staff_account ADD COLUMN mail TEXT",
    ],
)
def test_tables_of_another_version_are_told_with_what_to_do(tmp_path: Path, statement: str) -> None:
    change(tmp_path, statement)
    with pytest.raises(OutdatedRecordsError, match=r"staff_account.*备份"):
        open_records(tmp_path)
    told = CliRunner().invoke(app, ["staff", "list", "--data-dir", str(tmp_path)])
    assert told.exit_code == 4
    assert FILE in told.stderr
    told = CliRunner().invoke(app, ["keys", "list", "--data-dir", str(tmp_path)])
    assert told.exit_code == 4


def test_table_that_is_missing_is_made_beside_the_others(tmp_path: Path) -> None:
    change(tmp_path, "DROP TABLE answer")
    engine = open_records(tmp_path)
    assert inspect(engine).has_table("answer")
    assert Answers(engine).recent() == []
    assert Accounts(engine).named("王芳") is not None
