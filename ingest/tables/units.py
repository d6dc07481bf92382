"""Organisation units as tables print them: by code, or by name where no code is printed."""

from __future__ import annotations

import re
from itertools import pairwise

from disclosure.model import ALL, OrgUnit
from ingest.tables.folding import fold

_HEAD_OFFICE = re.compile(r"(?:[(]?(?:本级|机关|本部|汇总)[)]?)+$")


def canonical(name: str) -> str:
    """A unit's name without 本级, 机关 and the like: what its spellings have in common."""
    folded = fold(name)
    return _HEAD_OFFICE.sub("", folded) or folded


def is_head_office_name(name: str) -> bool:
    """Whether a name says that it is the bureau itself: （本级）, 机关, 本部."""
    return bool(re.search(r"[(]?(?:本级|机关|本部)[)]?$", fold(name)))


class UnitNames:
    """The units of one disclosure, under the keys that facts carry."""

    def __init__(self, department: str = "", code: str = "") -> None:
        self._department = department
        self._code = code
        self._names: dict[str, str] = {}  # code → name, in the order printed
        self._uncoded: dict[str, str] = {}  # canonical name → name as printed
        self._twins: dict[str, tuple[str, str]] = {}  # further names under a code already taken
        self._halves: dict[str, str] | None = None  # made when first asked for

    def add(self, code: str, name: str) -> None:
        """Remember a printed unit. A second name under one code (西安 has such rows) is a unit of
        its own, known by its name."""
        if code and canonical(self._names.setdefault(code, name)) != canonical(name) and name:
            self._twins[canonical(name)] = (code, name)
        elif name and not code:
            key = canonical(name)
            if key not in self._uncoded or is_head_office_name(name):
                self._uncoded[key] = name
                self._halves = None

    @property
    def department_code(self) -> str:
        """The code that contains other units' codes (405 over 405001), or ''."""
        if self._code in self._names and len(self._names) > 1 and not self._has_sisters():
            return self._code
        for code in sorted(self._names, key=len):
            if any(other != code and other.startswith(code) for other in self._names):
                return code
        return ""

    def _has_sisters(self) -> bool:
        """Whether the code given is one of several units' (318001 beside 318002), that of the head
        office, with none below it."""
        above = self._code[:-3]
        others = [code for code in self._names if code != self._code]
        return (
            bool(above)
            and any(len(code) == len(self._code) and code.startswith(above) for code in others)
            and not any(code.startswith(self._code) for code in others)
        )

    @property
    def department_name(self) -> str:
        """The department's name as its coded row prints it, else the one given."""
        return self._names.get(self.department_code, "") or self._department

    def is_department_name(self, name: str) -> bool:
        """Whether ``name`` is the department's, with or without 本级."""
        return bool(self.department_name) and canonical(name) == canonical(self.department_name)

    def _whole_names(self) -> dict[str, str]:
        """The whole name of each half of one that a page break tears apart (…人力资源和社 |
        会保障局（本级）), where the whole is printed elsewhere or is the department's."""
        if self._halves is not None:
            return self._halves
        printed = list(self._uncoded.items())
        self._halves = whole = {}
        for (head, first), (tail, second) in pairwise(printed):
            name = first + second
            if canonical(name) in self._uncoded or self.is_department_name(name):
                whole[head] = whole[tail] = name
        return whole

    def knows(self, name: str) -> bool:
        """Whether ``name`` is that of the department or of a unit."""
        key = canonical(name)
        coded = any(canonical(known) == key for known in self._names.values())
        return coded or key in self._uncoded or self.is_department_name(name)

    def key(self, code: str, name: str) -> str:
        """The coordinate of a printed unit: its code, the code of its name, or its name."""
        if code:
            if canonical(name) in self._twins:
                return name
            return ALL if code == self.department_code else code
        name = self._whole_names().get(canonical(name), name)
        wanted = canonical(name)
        for known, printed in self._names.items():
            if canonical(printed) == wanted and known != self.department_code:
                return known
        return self._uncoded.get(wanted, name)

    def name(self, code: str) -> str:
        """The printed name of a unit's code, or ''."""
        return self._names.get(code, "")

    def units(self) -> tuple[OrgUnit, ...]:
        """The units that belong to the department, the department itself left out."""
        department = self.department_code
        coded = {code: name for code, name in self._names.items() if code != department}
        found = [OrgUnit(code, code, name, self._heads(name, code)) for code, name in coded.items()]
        found += [OrgUnit(name, code, name) for code, name in self._twins.values()]
        taken = {*map(canonical, coded.values()), *self._twins}
        halves = self._whole_names()
        for key, name in self._uncoded.items():
            if key in halves or key in taken or (key == canonical(self.department_name) and coded):
                continue
            found.append(OrgUnit(name, "", name, self._heads(name, "")))
        return tuple(found)

    def _heads(self, name: str, code: str) -> bool:
        department = bool(code) and code == self.department_code
        return is_head_office_name(name) or (self.is_department_name(name) and not department)
