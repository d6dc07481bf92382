"""Signing in: by password, by an identity provider, slowed down, and ended everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_service.records.database import open_records
from qa_service.records.roles import Role
from qa_service.settings import Settings
from qa_service.staff.console import open_signing_in
from qa_service.staff.managing import Managing
from qa_service.staff.passwords import WeakPasswordError, hash_of, matches
from qa_service.staff.signing_in import PER_ACCOUNT, SignInError, SigningIn, ThrottledError

PASSWORD = "长江后浪推前浪一二三"


@pytest.fixture
def signing_in(tmp_path: Path) -> SigningIn:
    made = open_signing_in(open_records(tmp_path), Settings(data_dir=tmp_path))
    Managing(made).add("王芳", Role.ADMIN, PASSWORD, by="命令行")
    return made


def actions(signing_in: SigningIn) -> list[str]:
    return [entry.action for entry in reversed(signing_in.audit.page())]


def test_right_password_opens_a_session(signing_in: SigningIn) -> None:
    token = signing_in.with_password("王芳", PASSWORD, "10.0.0.1")
    account = signing_in.account_of(token)
    assert account is not None
    assert (account.name, account.role) == ("王芳", Role.ADMIN)
    signing_in.out(account, token)
    assert signing_in.account_of(token) is None
    assert actions(signing_in) == ["account.add", "sign_in", "sign_out"]


def test_wrong_password_and_unknown_name_are_told_alike(signing_in: SigningIn) -> None:
    with pytest.raises(SignInError) as wrong:
        signing_in.with_password("王芳", PASSWORD + "x", "10.0.0.1")
    with pytest.raises(SignInError) as unknown:
        signing_in.with_password("无此人", PASSWORD, "10.0.0.1")
    assert str(wrong.value) == str(unknown.value)
    # What was typed as a name may be a password.
    failed = signing_in.audit.page(action="sign_in.fail")
    assert [entry.account for entry in failed] == ["（无此账号）", "王芳"]


def test_guessing_is_slowed_down_even_for_the_right_password(signing_in: SigningIn) -> None:
    for _ in range(PER_ACCOUNT):
        with pytest.raises(SignInError):
            signing_in.with_password("王芳", "不对不对不对不对不对", "10.0.0.1")
    with pytest.raises(ThrottledError) as told:
        signing_in.with_password("王芳", PASSWORD, "10.9.9.9")
    assert told.value.wait > 0
    assert "分钟" in str(told.value)


def test_disabled_account_is_out_at_once(signing_in: SigningIn) -> None:
    managing = Managing(signing_in)
    account = managing.add("李明", Role.ANSWERER, PASSWORD, by="王芳")
    token = signing_in.with_password("李明", PASSWORD, "10.0.0.1")
    managing.set_disabled(account, True, by="王芳")
    assert signing_in.account_of(token) is None
    with pytest.raises(SignInError):
        signing_in.with_password("李明", PASSWORD, "10.0.0.1")
    managing.set_disabled(account, False, by="王芳")
    assert signing_in.account_of(token) is None


def test_new_password_ends_the_other_sessions(signing_in: SigningIn) -> None:
    here, there = (signing_in.with_password("王芳", PASSWORD, "10.0.0.1") for _ in range(2))
    account = signing_in.account_of(here)
    assert account is not None
    with pytest.raises(SignInError, match="原密码"):
        signing_in.change_password(account, "不对", "另一个新的长密码九十", here)
    with pytest.raises(WeakPasswordError):
        signing_in.change_password(account, PASSWORD, "太短", here)
    signing_in.change_password(account, PASSWORD, "另一个新的长密码九十", here)
    assert signing_in.account_of(here) == account
    assert signing_in.account_of(there) is None
    with pytest.raises(SignInError):
        signing_in.with_password("王芳", PASSWORD, "10.0.0.1")


def test_identity_makes_an_account_once_and_its_role_follows(signing_in: SigningIn) -> None:
    for role in (Role.ANSWERER, Role.REVIEWER):
        token = signing_in.with_identity("https://id|7", "王芳", role, "10.0.0.1")
        account = signing_in.account_of(token)
        assert account is not None
        assert (account.name, account.role, account.federated) == ("王芳-2", role, True)
    with pytest.raises(SignInError):
        signing_in.with_password("王芳-2", "", "10.0.0.1")
    signing_in.accounts.set_disabled(account.id, True)
    with pytest.raises(SignInError, match="停用"):
        signing_in.with_identity("https://id|7", "王芳", Role.REVIEWER, "10.0.0.1")


def test_hashes_are_argon2_and_salted() -> None:
    first, second = hash_of(PASSWORD, "甲"), hash_of(PASSWORD, "甲")
    assert first.startswith("$argon2id$")
    assert first != second
    assert matches(PASSWORD, first)
    assert not matches(PASSWORD, "")
    assert not matches(PASSWORD, "no hash")


@pytest.mark.parametrize("password", ["短", "aaaaaaaaaaaaaa", "wangfang-12345", "x" * 300])
def test_weak_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        hash_of(password, "WangFang")
