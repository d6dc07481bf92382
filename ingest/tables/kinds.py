"""Which standard table a table is, by what it contains: its title, headers and row labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosure.model import Measure, TableKind
from ingest.tables.blocks import Block, halves
from ingest.tables.folding import fold
from ingest.tables.roles import Column, Role
from ingest.tables.terms import read_terms

_THREE_PUBLIC = ("30212", "30217", "30231", "31013", "公务用车")
_ECONOMIC_AXES = ("economic", "gov_economic")
_FEW = 2
#: The three budgets as titles call them, 公共财政预算 before 2015.
_GENERAL = "一般公共预算|公共财政(?:预算|拨款)"
_FUND = r"政府性?基金|^(?:20\d\d年?度?|部门)*基金预算"
_CAPITAL = "国有资本|国资经营"


@dataclass(frozen=True, slots=True)
class Features:
    """What a table shows of itself."""

    title: str
    columns: Sequence[Column]
    blocks: Sequence[Block]
    labels: Sequence[str]
    axes: frozenset[str]
    words: str = field(default="")

    def role(self, *roles: Role) -> bool:
        """Whether a column has one of ``roles``."""
        return any(column.role in roles for column in self.columns)

    def said(self, pattern: str) -> bool:
        """Whether title or headers contain ``pattern``."""
        return bool(re.search(pattern, self.title + self.words))

    def titled(self, pattern: str) -> bool:
        """Whether the title contains ``pattern``."""
        return bool(re.search(pattern, self.title))


def features(
    title: str,
    columns: Sequence[Column],
    found: Sequence[Block],
    labels: Sequence[str],
    axes: set[str],
) -> Features:
    """Gather what ``kind_of`` decides by."""
    words = "|".join(dict.fromkeys(fold("".join(c.path)) for c in columns))
    return Features(fold(title), columns, found, labels, frozenset(axes), words)


def kind_of(f: Features) -> TableKind:
    """The standard kind of a table; OTHER where nothing speaks for one.

    The order matters: a 三公 table also has 项目 and 预算数, a performance table also has projects.
    """
    if f.role(Role.INDICATORS, Role.LEVEL, Role.TARGET) or f.titled("绩效"):
        return TableKind.PERFORMANCE
    if _is_three_public(f):
        return TableKind.THREE_PUBLIC
    if f.titled("购买服务") and not f.titled("采购"):
        return TableKind.SERVICE_PURCHASE
    if f.titled("采购") or (f.role(Role.CATALOG) and f.said("采购")) or _lists_purchases(f):
        return TableKind.PROCUREMENT
    if halves(f.blocks):
        return _kind_of_halves(f)
    if f.role(Role.GOAL) and not f.said("支出项目类别|资金使用单位") and not f.titled("项目支出"):
        return TableKind.PERFORMANCE
    if f.axes & set(_ECONOMIC_AXES) and "subject" not in f.axes:
        return _kind_of_economic(f)
    if f.titled("收入") and not f.titled("支出"):
        return TableKind.REVENUE
    if f.role(Role.MIXED) and f.titled("基本支出"):
        return TableKind.ECONOMIC
    if f.role(Role.PROJECT, Role.MIXED) or f.titled("项目(?:支出|明细)|专项业务经费支出表"):
        return TableKind.PROJECTS if f.said("项目|专项") else TableKind.OTHER
    return _kind_of_expenditure(f)


def _is_three_public(f: Features) -> bool:
    heads = {read_terms(fold("".join(c.path[-1:]))).get("economic") for c in f.columns}
    heads |= {
        read_terms(part).get("economic")
        for c in f.columns
        if c.role is Role.FIGURE
        for part in c.path
    }
    if len(heads & set(_THREE_PUBLIC)) >= _FEW:
        return True
    rows = {read_terms(label).get("economic") for label in f.labels}
    return len(rows & set(_THREE_PUBLIC)) >= _FEW and (
        f.titled("三公") or not f.role(Role.CODE, Role.NAME, Role.MIXED)
    )


def _lists_purchases(f: Features) -> bool:
    """Whether an untitled table has rows of 货物, 工程 and 服务."""
    kinds = {read_terms(label).get("procurement_kind") for label in f.labels} - {None}
    return not f.title and len(kinds) >= _FEW


def _kind_of_halves(f: Features) -> TableKind:
    if f.titled(_FUND):
        return TableKind.GOVERNMENT_FUND
    if f.titled(_CAPITAL):
        return TableKind.STATE_CAPITAL
    fiscal = f.titled("财政拨款") or any("财政拨款" in block.head for block in f.blocks)
    return TableKind.FISCAL if fiscal else TableKind.REVENUE_EXPENDITURE


def _kind_of_economic(f: Features) -> TableKind:
    basic = f.said("基本支出") and f.said(f"{_GENERAL}|财政拨款")
    if f.said("机关运行") or f.titled("项目支出"):
        return TableKind.ECONOMIC
    if basic and not f.role(Role.MIXED) and not (f.said("项目支出") and not f.titled("基本支出")):
        return TableKind.BASIC_EXPENDITURE
    return TableKind.ECONOMIC


def _kind_of_expenditure(f: Features) -> TableKind:
    if f.said("收入(?:预算|总计|决算)|本年收入") and not f.titled("支出"):
        return TableKind.REVENUE
    if f.titled(_FUND) or (not f.title and f.said("政府性?基金预算支出")):
        return TableKind.GOVERNMENT_FUND
    if f.titled(_CAPITAL) or (not f.title and f.said("国有资本经营预算支出")):
        return TableKind.STATE_CAPITAL
    if f.said(f"(?:{_GENERAL}).*支出") and (f.titled(_GENERAL) or not f.title):
        return TableKind.GENERAL_EXPENDITURE
    if f.titled("财政拨款") and f.titled("支出"):
        return TableKind.FISCAL
    if f.titled("支出") or (f.said("基本支出") and f.said("项目支出")):
        return TableKind.EXPENDITURE
    return TableKind.OTHER


def measure_of(kind: TableKind) -> Measure:
    """What a table of ``kind`` counts."""
    return {
        TableKind.REVENUE: Measure.REVENUE,
        TableKind.THREE_PUBLIC: Measure.THREE_PUBLIC,
        TableKind.PROCUREMENT: Measure.PROCUREMENT,
        TableKind.SERVICE_PURCHASE: Measure.SERVICE_PURCHASE,
        TableKind.OTHER: Measure.OTHER,
    }.get(kind, Measure.EXPENDITURE)
