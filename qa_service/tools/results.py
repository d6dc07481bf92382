"""What tools return: typed results with their cells and passages, before any wording."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from disclosure.model import Fact, Passage, PublishedTable
from qa_service.answering.answer import Operation
from qa_service.tools.cells import Cell, Resolution
from qa_service.understanding.plan import Plan, Selector


@dataclass(frozen=True, slots=True)
class Computed:
    """A computed figure: signed value, unit, the formula with numbers, and the cells it used."""

    label: str
    value: Decimal
    unit: str
    operation: Operation
    formula: str
    inputs: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """Figures looked up; ``missing`` are the selectors for which nothing is published."""

    plan: Plan
    found: tuple[Resolution, ...]
    missing: tuple[Resolution, ...]


@dataclass(frozen=True, slots=True)
class Calculated:
    """Result of total, share, difference, ratio, average."""

    plan: Plan
    figures: tuple[Computed, ...]
    missing: tuple[Resolution, ...]


@dataclass(frozen=True, slots=True)
class ChangeOf:
    """One figure's change against last year, as published or computed from two disclosures."""

    selector: Selector
    now: Cell | None
    amount: Cell | Computed | None
    rate: Cell | Computed | None
    prior: Cell | None


@dataclass(frozen=True, slots=True)
class Changed:
    """Result of change."""

    plan: Plan
    changes: tuple[ChangeOf, ...]
    missing: tuple[Resolution, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a group with the figure it has."""

    key: str
    name: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Grouped:
    """Result of rank, list and count: the members meant in order, how many were compared, and
    all of the group."""

    plan: Plan
    members: tuple[Member, ...]
    size: int
    everyone: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """Result of define, explain and search: passages, likeliest first."""

    plan: Plan
    passages: tuple[Passage, ...]
    change: ChangeOf | None = None


@dataclass(frozen=True, slots=True)
class TargetsFound:
    """Result of targets: goal and indicators of projects."""

    plan: Plan
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class TablesFound:
    """Result of find_table: tables with the cell that was asked for, where there is one."""

    plan: Plan
    tables: tuple[PublishedTable, ...]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class FundFound:
    """Result of fund_of: the fund sources that carry a figure."""

    plan: Plan
    whole: Cell | None
    funds: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A subject or unit with its code. ``kind`` is which code it is (经济分类科目编码); ``cell``
    a figure that stands in its row, where one is published."""

    name: str
    kind: str
    code: str
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class CodesFound:
    """Result of codes: what was asked for that has a code."""

    plan: Plan
    codes: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class ContentsFound:
    """Result of contents: names in the document's order, with what they name."""

    plan: Plan
    names: tuple[str, ...]
    tables: tuple[PublishedTable, ...]
    passages: tuple[Passage, ...]


Result = (
    Looked
    | Calculated
    | Changed
    | Grouped
    | Texts
    | TargetsFound
    | TablesFound
    | FundFound
    | CodesFound
    | ContentsFound
)
