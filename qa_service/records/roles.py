"""Roles of the staff console, apart from the accounts that have them: nothing else is imported."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an account may do; each role may all that the ones before it may."""

    ANSWERER = "answerer"  # answers inquiries, marks answers
    REVIEWER = "reviewer"  # approves standard answers and evaluation candidates
    ADMIN = "admin"  # manages accounts, reads the audit log

    def may(self, needed: Role) -> bool:
        """Whether this role includes the needed one."""
        return _RANKS[self] >= _RANKS[needed]


#: What the roles are called.
ROLE_NAMES = {Role.ANSWERER: "应答员", Role.REVIEWER: "审核员", Role.ADMIN: "管理员"}
_RANKS = {role: rank for rank, role in enumerate(Role)}
