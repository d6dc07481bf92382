"""Somebody whom an identity provider vouches for, and what the console needs of a provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from qa_service.records.roles import Role


class IdentityError(Exception):
    """Nobody was vouched for; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody whom the provider vouches for. ``subject`` is unique over all providers."""

    subject: str
    name: str
    role: Role


class IdentityProvider(Protocol):
    """A provider that people sign in at. ``visit`` is a random token that only the browser's cookie
    holds, ``redirect`` where the provider sends people back to. Both raise ``IdentityError``."""

    def address(self, visit: str, redirect: str) -> str:
        """Where to send somebody to sign in."""
        ...

    def identity(self, visit: str, redirect: str, state: str, code: str) -> Identity:
        """Who came back."""
        ...
