"""``budget-qa staff``: accounts from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from qa_service.records.accounts import Accounts
from qa_service.records.audit import Audit
from qa_service.records.database import open_records
from qa_service.records.roles import Role
from qa_service.staff.passwords import matches

PASSWORD = "踏破铁鞋无觅处一二三"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def staff(data: Path, *arguments: str, said: str = "") -> Result:
    return CliRunner().invoke(
        app, ["staff", *arguments, "--data-dir", str(data)], input=said, env={"COLUMNS": "120"}
    )


def test_account_is_made_with_the_password_that_is_piped_in(data: Path) -> None:
    made = staff(data, "add", "王芳", "--role", "admin", said=f"{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    accounts = Accounts(open_records(data))
    account = accounts.named("王芳")
    assert account is not None
    assert account.role is Role.ADMIN
    assert matches(PASSWORD, accounts.password_hash(account.id))
    assert PASSWORD not in made.output
    (entry,) = Audit(open_records(data)).page()
    assert (entry.account, entry.action, entry.target) == ("命令行", "account.add", "王芳")


def test_what_cannot_be_is_told_with_status_1(data: Path) -> None:
    weak = staff(data, "add", "王芳", said="短\n")
    assert weak.exit_code == 1
    assert "10" in weak.output
    assert staff(data, "disable", "无此人").exit_code == 1
    assert staff(data, "add", "王芳", said=f"{PASSWORD}\n").exit_code == 0
    twice = staff(data, "add", "王芳", said=f"{PASSWORD}\n")
    assert twice.exit_code == 1
    assert "已经存在" in twice.output


def test_accounts_are_listed_changed_and_disabled(data: Path) -> None:
    for name, role in (("王芳", "admin"), ("李明", "answerer")):
        staff(data, "add", name, "--role", role, said=f"{PASSWORD}\n")
    assert staff(data, "role", "李明", "reviewer").exit_code == 0
    assert staff(data, "password", "李明", said="另外一个很长的密码呀\n").exit_code == 0
    assert staff(data, "disable", "李明").exit_code == 0
    listed = staff(data, "list").output
    assert "审核员" in listed
    assert "已停用" in listed
    assert staff(data, "enable", "李明").exit_code == 0
    assert "已停用" not in staff(data, "list").output
    last = staff(data, "disable", "王芳")
    assert last.exit_code == 1
    assert "最后一个" in last.output
