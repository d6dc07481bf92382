"""What an untitled table is, by what it contains and by the figures of the tables beside it.

一般公共预算支出表, 政府性基金预算支出表 and 支出总表 look alike; only their titles tell them apart.
Where none is printed, a table is read as each of them, and the reading is taken whose figures other
tables of the disclosure print at the same coordinates, and none prints differently. Without such a
proof the table stays raw.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from disclosure.model import ALL, Aspect, Coordinates, Fact, Fund, Measure, TableKind
from disclosure.money import MONEY_UNITS, half_step
from ingest.tables.blocks import halves
from ingest.tables.folding import fold
from ingest.tables.reading import Layout, Reading
from ingest.tables.roles import Role
from ingest.tables.terms import read_terms

#: Words of a title that tell which table it is.
_TELLING = re.compile("收|支|拨款|基金|资本|国资|三公|采购|购买|项目|专项|绩效|经费|资产|人员|债务")
_OF_FUND: Mapping[str, str] = {
    Fund.GENERAL: "一般公共预算支出表",
    Fund.GOVERNMENT_FUND: "政府性基金预算支出表",
    Fund.STATE_CAPITAL: "国有资本经营预算支出表",
}
_BY_SUBJECT = ("支出总表", *_OF_FUND.values(), "财政拨款支出表")
_BASIC = ("一般公共预算基本支出表",)
_REVENUE = ("收入总表",)
#: Kinds that the title alone tells apart.
_UNSURE = (TableKind.EXPENDITURE, TableKind.ECONOMIC, TableKind.OTHER)
_FISCAL_FUNDS = (Fund.FISCAL, Fund.GENERAL, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)
_WHOLE = frozenset({"fund", "kind", "nature"})
_NO_PROOF = "没有表名，也没有其他表的数可以印证，不能确定是哪一张表"

Read = Callable[[Layout], Reading]
FactsOf = Callable[[Reading], tuple[Fact, ...]]


@dataclass(slots=True)
class Printed:
    """What the tables read so far print: amounts by what they are of, each with its slack."""

    amounts: dict[object, list[tuple[Decimal, Decimal]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            if (amount := _amount(fact)) is not None:
                self.amounts[_key(fact)].append(amount)

    def proves(self, facts: Sequence[Fact], fund: str) -> bool:
        """Whether a whole amount (of no unit, subject or project) of ``fund`` stands elsewhere,
        too, and no amount stands elsewhere with another value."""
        proven = False
        own: dict[object, tuple[Decimal, Decimal]] = {}
        for fact in facts:
            amount = _amount(fact)
            if amount is not None and not _meet(own.setdefault(_key(fact), amount), amount):
                return False  # read so, the table contradicts itself
            known = self.amounts.get(_key(fact))
            if amount is None or not known:
                continue
            if not any(_meet(amount, other) for other in known):
                return False
            proven = proven or (bool(fact.value) and _is_whole(fact.coordinates, fund))
        return proven or any(self._balances(fact, fund) for fact in facts)

    def _balances(self, fact: Fact, fund: str) -> bool:
        """Whether a whole expenditure is as large as the revenue of the same fund."""
        if fact.measure is not Measure.EXPENDITURE or not _is_whole(fact.coordinates, fund):
            return False
        known = self.amounts.get(_key(replace(fact, measure=Measure.REVENUE)), [])
        amount = _amount(fact)
        if amount is None or not amount[0]:
            return False
        return any(abs(amount[0] - value) <= amount[1] + slack for value, slack in known)


def is_untold(layout: Layout) -> bool:
    """Whether the title, if any, says nothing of what the table holds."""
    return not _TELLING.search(fold(layout.title))


def settle(layouts: Sequence[Layout], read: Read, facts_of: FactsOf) -> dict[int, Reading]:
    """The reading of each layout by its id; untitled ones are proven by the others."""
    readings = {id(layout): read(layout) for layout in layouts if not is_untold(layout)}
    printed = Printed()
    for reading in readings.values():
        printed.add(facts_of(reading))
    untold = [layout for layout in layouts if is_untold(layout)]
    # Totals first: they prove the tables by subject, which prove those of basic expenditure.
    for layout in sorted(untold, key=_order):
        reading = _settled(layout, layouts, readings, printed, read, facts_of)
        readings[id(layout)] = reading
        printed.add(facts_of(reading))
    return readings


def _settled(
    layout: Layout,
    layouts: Sequence[Layout],
    readings: dict[int, Reading],
    printed: Printed,
    read: Read,
    facts_of: FactsOf,
) -> Reading:
    if halves(layout.blocks):
        wider = any(_other_funds(known) for known in layouts if halves(known.blocks))
        title = "财政拨款收支总表" if _is_fiscal(layout, wider) else "收支总表"
        return read(replace(layout, implied=title))
    plain = read(layout)
    mixed = plain.kind is TableKind.GENERAL_EXPENDITURE and len(_funds(layout)) > 1
    if not (plain.kind in _UNSURE or mixed) or not facts_of(plain):
        return plain
    titles = _candidates(layout, plain.kind)
    if not titles:
        return plain
    readings_of = [read(replace(layout, implied=title)) for title in titles]
    proven = [r for r in readings_of if printed.proves(facts_of(r), r.base.get("fund", ALL))]
    if not proven:
        return replace(plain, confidence=0.4, weakness=_NO_PROOF)
    after_fiscal = any(
        known.kind is TableKind.FISCAL
        for other in layouts[: layouts.index(layout)]
        if (known := readings.get(id(other))) is not None
    )
    # Where all money is of one budget two readings give the same figures; the fiscal table stands
    # between 支出总表 and 一般公共预算支出表.
    return proven[1] if after_fiscal and len(proven) > 1 else proven[0]


def _order(layout: Layout) -> int:
    if halves(layout.blocks):
        return 0
    economic = bool({"economic", "gov_economic"} & layout.axes())
    return 2 if economic and "subject" not in layout.axes() else 1


def _candidates(layout: Layout, kind: TableKind) -> tuple[str, ...]:
    """The titles that a table of this shape may have."""
    if any(c.role in (Role.PROJECT, Role.MIXED, Role.CATALOG, Role.FUND) for c in layout.columns):
        return ()
    keys = any(
        c.role in (Role.CODE, Role.NAME, Role.UNIT, Role.UNIT_CODE, Role.UNIT_OR_SUBJECT)
        for c in layout.columns
    )
    words = [fold("".join(c.path)) for c in layout.columns if c.role is Role.FIGURE]
    if not keys or not words:
        return ()
    if kind is TableKind.ECONOMIC:
        return _BASIC
    kinds = {read_terms(word).get("kind") for word in words} - {None}
    if {"basic", "project"} <= kinds:
        alone = next(iter(_funds(layout)), "") if len(_funds(layout)) == 1 else ""
        return (_OF_FUND[alone],) if alone in _OF_FUND else _BY_SUBJECT
    revenue = sum("收入" in word for word in words)
    if not kinds and revenue > 1 and _funds(layout) - set(_FISCAL_FUNDS):
        return _REVENUE
    return ()


def _funds(layout: Layout) -> set[str]:
    """The funds that the columns of figures name."""
    terms = (read_terms(fold("".join(c.path))) for c in layout.columns if c.role is Role.FIGURE)
    return {one["fund"] for one in terms if "fund" in one}


def _is_fiscal(layout: Layout, wider: bool) -> bool:
    """Whether the revenue half names fiscal funds only, where another table names more of them, or
    the other half parts them."""
    parted = {
        fund
        for block in layout.blocks[1:]
        for c in block.of(Role.FIGURE)
        if (fund := read_terms("".join(c.path)).get("fund"))
    }
    return not _other_funds(layout) and (wider or len(parted & set(_FISCAL_FUNDS)) > 1)


def _other_funds(layout: Layout) -> set[str]:
    """The funds beside the fiscal ones that the first half names."""
    labels = (
        read_terms(line.cells[c.index])
        for line in layout.lines
        for c in layout.blocks[0].of(Role.LABEL)
    )
    return {terms["fund"] for terms in labels if "fund" in terms} - set(_FISCAL_FUNDS)


def _key(fact: Fact) -> object:
    return fact.measure, fact.aspect, fact.year, fact.stage, fact.coordinates


def _amount(fact: Fact) -> tuple[Decimal, Decimal] | None:
    if fact.aspect is not Aspect.AMOUNT or fact.value is None or fact.unit not in MONEY_UNITS:
        return None
    scale = MONEY_UNITS[fact.unit]
    return fact.value * scale, half_step(fact.places) * scale


def _meet(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return abs(one[0] - other[0]) <= one[1] + other[1]


def _is_whole(coordinates: Coordinates, fund: str) -> bool:
    """Whether coordinates say the fund, and beside it no more than the kind of expenditure."""
    return coordinates.fund == fund and set(dict(coordinates.narrowed())) <= _WHOLE
