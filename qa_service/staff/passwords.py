"""Passwords of local accounts: what is accepted as one, and argon2 hashes of them."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST = 10
_LONGEST = 256
_HASHER = PasswordHasher()
#: A hash takes 64 MiB while it is computed: many at once would take the worker's memory.
_AT_ONCE = BoundedSemaphore(2)


class WeakPasswordError(ValueError):
    """A password that is not accepted; the message says why."""


def hash_of(password: str, name: str) -> str:
    """The hash to keep. Raises ``WeakPasswordError``."""
    if not SHORTEST <= len(password) <= _LONGEST:
        raise WeakPasswordError(f"密码须为{SHORTEST}至{_LONGEST}个字符。")
    if name.casefold() in password.casefold() or len(set(password)) < 5:
        raise WeakPasswordError("密码太容易猜到：不要包含账号名称，也不要只重复几个字符。")
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, hashed: str) -> bool:
    """Whether the password is the one; takes as long where there is none to compare with."""
    known = hashed or _nobody()
    try:
        with _AT_ONCE:
            return _HASHER.verify(known, password[:_LONGEST]) and bool(hashed)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody signs in with this")
