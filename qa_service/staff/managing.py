"""Managing accounts, from the console or the command line: each change is noted, and one that takes
rights away ends the account's sessions."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.records.accounts import Account, AccountError
from qa_service.records.roles import ROLE_NAMES, Role
from qa_service.staff.passwords import hash_of
from qa_service.staff.signing_in import SigningIn


@dataclass(frozen=True, slots=True)
class Managing:
    """Changes accounts. All raise ``AccountError`` or ``WeakPasswordError``."""

    signing_in: SigningIn

    def all(self) -> list[Account]:
        """Every account, by name."""
        return self.signing_in.accounts.all()

    def named(self, name: str) -> Account:
        """The account of that name."""
        account = self.signing_in.accounts.named(name)
        if account is None:
            raise AccountError(f"没有名为“{name}”的账号。")
        return account

    def add(self, name: str, role: Role, password: str, *, by: str) -> Account:
        """Make an account with a password."""
        made = self.signing_in.accounts.add(name, role, hash_of(password, name))
        self._note(by, "account.add", made.name, ROLE_NAMES[role])
        return made

    def set_role(self, account: Account, role: Role, *, by: str) -> None:
        """Give an account another role."""
        self.signing_in.accounts.set_role(account.id, role)
        change = f"{ROLE_NAMES[account.role]} → {ROLE_NAMES[role]}"
        self._note(by, "account.role", account.name, change)

    def set_disabled(self, account: Account, disabled: bool, *, by: str) -> None:
        """Let an account sign in no more, or again."""
        self.signing_in.accounts.set_disabled(account.id, disabled)
        self._note(by, "account.disable" if disabled else "account.enable", account.name)
        if disabled:
            self.signing_in.out_everywhere(account, by)

    def set_password(self, account: Account, password: str, *, by: str) -> None:
        """Replace an account's password."""
        if account.federated:
            raise AccountError(f"“{account.name}”由统一身份认证登录，没有本地密码。")
        self.signing_in.accounts.set_password(account.id, hash_of(password, account.name))
        self._note(by, "account.password", account.name)
        self.signing_in.out_everywhere(account, by)

    def _note(self, by: str, action: str, name: str, detail: str = "") -> None:
        self.signing_in.audit.note(by, action, name, detail)
