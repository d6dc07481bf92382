"""A small department's budget as postings, from which every figure of every table is summed.

The department is invented. Whatever a layout prints, its truth is a sum of these postings at the
coordinates that row and column name.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from disclosure.lexicon.classification import economic, functional, gov_economic
from disclosure.model import FUND_PARENT

CODE = "318"
DEPARTMENT = "临江市水务局"
YEAR = 2026
#: Code and name of each unit, the head office first.
UNITS: Mapping[str, str] = {
    "318001": "临江市水务局（本级）",
    "318002": "临江市河道管理所",
    "318003": "临江市节水服务中心",
}
_BASIC_SUBJECTS = {
    "2080505": ("30108",),
    "2101101": ("30110",),
    "2101103": ("30111",),
    "2130301": ("30101", "30102", "30103", "30201", "30211", "30217", "30231", "30239"),
    "2130306": ("30101", "30107", "30202", "30213", "30228"),
    "2210201": ("30113",),
    "2080501": ("30302", "30305"),
}
_GOVERNMENT = {
    "30101": "50101",
    "30102": "50101",
    "30103": "50101",
    "30107": "50501",
    "30108": "50102",
    "30110": "50102",
    "30111": "50102",
    "30113": "50103",
    "30201": "50201",
    "30202": "50502",
    "30211": "50201",
    "30213": "50502",
    "30217": "50206",
    "30228": "50502",
    "30231": "50208",
    "30239": "50201",
    "30302": "50905",
    "30305": "50901",
    "30226": "50205",
    "31002": "50306",
    "31005": "50302",
}
_PROJECTS = (
    ("防汛抗旱物资储备", "318001", "2130314", "30226", "general"),
    ("水资源调查评价", "318001", "2130311", "30226", "general"),
    ("河道清淤疏浚工程", "318002", "2130305", "31005", "general"),
    ("城市内涝治理", "318002", "2120803", "31005", "government_fund"),
    ("水质监测设备更新", "318003", "2130312", "31002", "general"),
    ("节水宣传培训", "318003", "2130312", "30226", "operations"),
)
THREE_PUBLIC = ("30212", "31013", "30231", "30217")


@dataclass(frozen=True, slots=True)
class Posting:
    """One sum of money at its coordinates, in 元."""

    at: Mapping[str, str]
    amount: Decimal


@dataclass(slots=True)
class Ledger:
    """All postings. ``prior`` holds last year's 三公 under the same coordinates."""

    spending: list[Posting] = field(default_factory=list)
    three_public: list[Posting] = field(default_factory=list)
    prior: list[Posting] = field(default_factory=list)
    procurement: list[Posting] = field(default_factory=list)

    def amount(self, measure: str, at: Mapping[str, str], aspect: str = "amount") -> Decimal:
        """The sum of what stands at or below ``at``."""
        if measure == "three_public":
            now = _sum(self.three_public, at)
            before = _sum(self.prior, at)
            if aspect == "prior":
                return before
            return now - before if aspect == "change" else now
        return _sum(self.procurement if measure == "procurement" else self.spending, at)


def _sum(postings: list[Posting], at: Mapping[str, str]) -> Decimal:
    found = [p.amount for p in postings if all(_within(p.at, axis, at[axis]) for axis in at)]
    return sum(found, Decimal(0))


def _within(at: Mapping[str, str], axis: str, member: str) -> bool:
    mine = at.get(axis, "")
    if axis == "carry":
        return member == "current"
    if axis == "item":  # an open label that narrows nothing
        return True
    if axis in ("subject", "gov_economic"):
        return mine.startswith(member)
    if axis == "economic":
        parts = {"三公": THREE_PUBLIC, "公务用车": ("31013", "30231")}.get(member, (member,))
        return mine.startswith(parts)
    if axis == "fund":
        return mine == member or FUND_PARENT.get(mine) == member
    return mine == member


def ledger(seed: int = 7) -> Ledger:
    """The same postings for the same ``seed``; amounts in hundreds of 元."""
    chance = random.Random(seed)
    made = Ledger()

    def amount(most: int) -> Decimal:
        return Decimal(chance.randrange(most // 100, most) * 100)

    for unit in UNITS:
        for subject, economics in _BASIC_SUBJECTS.items():
            if (subject in ("2130301", "2101101")) != (unit == "318001") and subject in (
                "2130301",
                "2130306",
                "2101101",
            ):
                continue
            for code in economics:
                at = {"unit": unit, "subject": subject, "economic": code}
                at |= {"gov_economic": _GOVERNMENT[code], "fund": "general", "kind": "basic"}
                at |= {"nature": "public" if code.startswith("302") else "personnel"}
                made.spending.append(Posting(at, amount(9000)))
    for project, unit, subject, code, fund in _PROJECTS:
        at = {"unit": unit, "subject": subject, "economic": code, "project": project}
        at |= {"gov_economic": _GOVERNMENT[code], "fund": fund, "kind": "project"}
        made.spending.append(Posting(at, amount(60000)))
    for unit in UNITS:
        for code in THREE_PUBLIC:
            at = {"unit": unit, "economic": code, "fund": "general"}
            made.three_public.append(Posting(at, amount(900)))
            made.prior.append(Posting(at, amount(900)))
    for project, unit, subject, _, fund in _PROJECTS[:4]:
        at = {"unit": unit, "subject": subject, "project": project, "fund": fund, "kind": "project"}
        made.procurement.append(Posting(at, amount(2000)))
    return made


def tree(book: Ledger, axis: str, at: Mapping[str, str], deepest: int = 7) -> list[str]:
    """Codes of an axis that hold money at ``at``, in order, classes before their items."""
    leaves = {p.at[axis] for p in book.spending if p.at.get(axis) and _sum([p], at)}
    codes = {leaf[:size] for leaf in leaves for size in (3, 5, 7) if size <= len(leaf)}
    return sorted(code for code in codes if len(code) <= deepest)


def name_of(axis: str, code: str) -> str:
    """The national name of a code."""
    national = {"subject": functional, "economic": economic, "gov_economic": gov_economic}[axis]()
    found = national.by_code(code)
    assert found, code
    return found
