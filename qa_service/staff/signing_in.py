"""Signing in and out: passwords checked slowly and rarely, sessions opened and ended."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.records.accounts import Account, Accounts
from qa_service.records.attempts import Attempts
from qa_service.records.audit import Audit
from qa_service.records.roles import ROLE_NAMES, Role
from qa_service.records.sessions import Sessions
from qa_service.staff.passwords import hash_of, matches

#: Attempts within the window of ``records.attempts``, of one account and from one address.
PER_ACCOUNT = 5
PER_ADDRESS = 30

_UNKNOWN = "（无此账号）"


class SignInError(Exception):
    """Not signed in; the message does not tell whether the account exists."""


class ThrottledError(Exception):
    """Too many attempts; ``wait`` is in seconds."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(f"登录尝试过多，请在{-(-wait // 60)}分钟后再试。")


@dataclass(frozen=True, slots=True)
class SigningIn:
    """Opens and ends sessions of accounts, and notes that in the audit log."""

    accounts: Accounts
    sessions: Sessions
    attempts: Attempts
    audit: Audit

    def with_password(self, name: str, password: str, address: str) -> str:
        """A session's token. Raises ``SignInError`` or ``ThrottledError``."""
        account = self.accounts.named(name)
        key = f"account:{(account.name if account else name).casefold()[:64]}"
        wait = self.attempts.admit({key: PER_ACCOUNT, f"address:{address}": PER_ADDRESS})
        if wait:
            raise ThrottledError(wait)
        hashed = self.accounts.password_hash(account.id) if account else ""
        right = matches(password, hashed)
        if account is None or not right or account.disabled:
            # An unknown name is not kept: now and then it is a password in the wrong field.
            told = account.name if account else _UNKNOWN
            self.audit.note(told, "sign_in.fail", told, f"来自{address}")
            raise SignInError("账号或密码不正确，或账号已停用。")
        self.attempts.forget(key)
        return self._open(account, f"来自{address}")

    def with_identity(self, subject: str, name: str, role: Role, address: str) -> str:
        """A session's token for somebody whom the identity provider vouches for; the account is
        made at the first time, and its role follows the provider's. Raises ``SignInError``."""
        account = self.accounts.with_subject(subject)
        vouched = f"统一身份认证，{ROLE_NAMES[role]}"
        if account is None:
            account = self.accounts.add(self._free(name), role, "", subject)
            self.audit.note(account.name, "account.add", account.name, vouched)
        elif account.role is not role:
            self.accounts.set_role(account.id, role)
            self.audit.note(account.name, "account.role", account.name, vouched)
        if account.disabled:
            self.audit.note(account.name, "sign_in.fail", account.name, "账号已停用")
            raise SignInError("账号已停用，请联系管理员。")
        return self._open(account, f"统一身份认证，来自{address}")

    def account_of(self, token: str) -> Account | None:
        """The account of an open session; a disabled account has none."""
        account_id = self.sessions.account_of(token)
        account = self.accounts.with_id(account_id) if account_id is not None else None
        return account if account is not None and not account.disabled else None

    def out(self, account: Account, token: str) -> None:
        """End one session."""
        self.sessions.close(token)
        self.audit.note(account.name, "sign_out", account.name)

    def out_everywhere(self, account: Account, by: str, but: str = "") -> int:
        """End all sessions of an account, ``but`` one; how many there were."""
        ended = self.sessions.close_all(account.id, but)
        self.audit.note(by, "sign_out.everywhere", account.name, f"结束{ended}个登录")
        return ended

    def change_password(self, account: Account, old: str, new: str, token: str) -> None:
        """Replace one's own password and end one's other sessions. Raises ``SignInError`` or
        ``WeakPasswordError``."""
        key = f"password:{account.id}"
        if wait := self.attempts.admit({key: PER_ACCOUNT}):
            raise ThrottledError(wait)
        if not matches(old, self.accounts.password_hash(account.id)):
            raise SignInError("原密码不正确。")
        self.attempts.forget(key)
        self.accounts.set_password(account.id, hash_of(new, account.name))
        self.audit.note(account.name, "account.password", account.name)
        self.out_everywhere(account, account.name, but=token)

    def _open(self, account: Account, detail: str) -> str:
        token = self.sessions.open(account.id)
        self.audit.note(account.name, "sign_in", account.name, detail)
        return token

    def _free(self, name: str) -> str:
        """The name, numbered where a local account has it already."""
        name = "".join(name.split())[:56] or "未命名"
        free, number = name, 2
        while self.accounts.named(free) is not None:
            free, number = f"{name}-{number}", number + 1
        return free
