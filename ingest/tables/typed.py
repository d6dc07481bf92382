"""What the table readers take and give: the context of a disclosure and its typed tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from disclosure.model import Fact, Kind, OrgUnit, PublishedTable, Subject
from disclosure.money import WAN


@dataclass(frozen=True, slots=True)
class TableContext:
    """Whose tables are read. ``code`` is the department's code, or '' where none is printed;
    ``money_unit`` applies to tables that declare none; ``kind`` decides the default stage."""

    disclosure_id: str
    department: str
    year: int
    code: str = ""
    money_unit: str = WAN
    kind: Kind = Kind.BUDGET


class TypedTable(NamedTuple):
    """One published table and the facts that its cells print."""

    table: PublishedTable
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Members:
    """Who and what the tables name: units, subjects, and the owners that their captions print.

    ``department_code`` and ``department_name`` come from the row that contains all other units
    (405 over 405001 …), '' where no table has one. ``owners`` are the values of '部门名称：' and
    '单位：' lines, most frequent first.
    """

    units: tuple[OrgUnit, ...]
    subjects: tuple[Subject, ...]
    owners: tuple[str, ...]
    department_code: str = ""
    department_name: str = ""
