"""Accounts of the console: names, roles, and who must remain."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_service.records.accounts import AccountError, Accounts
from qa_service.records.database import open_records
from qa_service.records.roles import Role


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(open_records(tmp_path), clock=lambda: 1000.0)


def test_name_is_found_whatever_its_capitals_and_width(accounts: Accounts) -> None:
    made = accounts.add("Ｗang", Role.ANSWERER, "hash")
    assert made.name == "Wang"
    assert accounts.named(" wANG ") == made
    assert accounts.named("Wan") is None


def test_name_is_given_once(accounts: Accounts) -> None:
    accounts.add("王芳", Role.ANSWERER, "hash")
    with pytest.raises(AccountError, match="王芳"):
        accounts.add("王芳", Role.ADMIN, "other")
    assert [account.role for account in accounts.all()] == [Role.ANSWERER]


@pytest.mark.parametrize("name", ["", "  ", "王 芳", "王\u200b芳", "王" * 65])
def test_what_is_no_name_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountError):
        accounts.add(name, Role.ANSWERER, "hash")


def test_last_admin_can_neither_be_disabled_nor_degraded(accounts: Accounts) -> None:
    first = accounts.add("甲", Role.ADMIN, "hash")
    with pytest.raises(AccountError, match="最后一个"):
        accounts.set_disabled(first.id, True)
    with pytest.raises(AccountError, match="最后一个"):
        accounts.set_role(first.id, Role.REVIEWER)
    second = accounts.add("乙", Role.ADMIN, "hash")
    accounts.set_disabled(first.id, True)
    with pytest.raises(AccountError):
        accounts.set_role(second.id, Role.ANSWERER)


@pytest.mark.parametrize("role", Role)
def test_role_includes_the_ones_before_it(role: Role) -> None:
    order = [Role.ANSWERER, Role.REVIEWER, Role.ADMIN]
    assert [role.may(needed) for needed in order] == [
        order.index(needed) <= order.index(role) for needed in order
    ]


def test_federated_account_has_no_password(accounts: Accounts) -> None:
    made = accounts.add("丙", Role.ANSWERER, "", subject="https://id|7")
    assert made.federated
    assert accounts.with_subject("https://id|7") == made
    assert accounts.password_hash(made.id) == ""
