"""Numbers that a question takes for granted: 下面有8家直属单位，哪家最大, where there are four.

Only a number that no count of the disclosure bears out is a false premise; it is answered first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from disclosure.model import Measure
from disclosure.money import AmountSpan
from qa_service.tools.cells import CellFinder
from qa_service.tools.groups import listing
from qa_service.understanding.clause import Clause
from qa_service.understanding.groups import counted_noun
from qa_service.understanding.plan import (
    Condition,
    Count,
    Group,
    Listing,
    Lookup,
    Plan,
    Selector,
    Where,
)
from qa_service.understanding.topics import Topic

_UNITS_OF_THINGS = ("个", "家", "名", "人", "辆", "台", "位", "项")
#: What stands before a number that is taken for granted.
_BEFORE = re.compile("(?:^|[，,。有共设辖按把]|底下|下面|下属|旗下|管着|列了|安排了|一共|总共)$")
_KIND_OF_UNIT = "(?:直属|下属|所属|2级|二级|基层|事业|行政|预算)*(?:单位|机构)"
_UNITS = re.compile(f"(?P<noun>{_KIND_OF_UNIT})")
_PROJECTS = re.compile("(?P<noun>项目)")
_ITEMS_OF_UNITS = ("直属单位", "下属单位", "所属单位", "二级单位", "预算单位", "预算单位数量")
#: Plans that tell how many there are by themselves.
_TELLS = (Lookup, Count)


def false_premise(clause: Clause, plan: Plan | None, finder: CellFinder) -> Plan | None:
    """What is published instead of a number that the clause takes for granted and that is wrong;
    None where it is right, unknown or asked about."""
    if isinstance(plan, _TELLS) or clause.siblings:
        return None
    if clause.condition() is not None or clause.units:
        return None
    for token in clause.tokens:
        amount = token.amount
        if amount is None or amount.unit not in _UNITS_OF_THINGS:
            continue
        before, after = clause.text[: amount.start], clause.text[amount.end :]
        named = any(t.end == amount.start and t.word and t.word.scopes for t in clause.tokens)
        if (topic := _counted_before(clause, amount)) is not None:
            return _instead(clause, topic, amount, finder)
        if not named and _BEFORE.search(before) is None:
            continue
        if _PROJECTS.match(after):
            return _of_projects(clause, amount, finder)
        match = _UNITS.match(after)
        if match is not None and not _begins_a_name(clause, amount.end, len(match[0])):
            return _of_units(clause, match["noun"], amount, finder)
    return None


def _begins_a_name(clause: Clause, start: int, size: int) -> bool:
    """2个机构运行: the noun is part of the name of something else."""
    return any(t.start <= start < t.end and t.end > start + size for t in clause.topics)


def _counted_before(clause: Clause, amount: AmountSpan) -> Topic | None:
    """行政编制有50名: the thing counted that stands right before its number."""
    for topic in clause.topics:
        between = clause.text[topic.end : amount.start]
        counted = topic.source == "item" and topic.end <= amount.start and counted_noun(topic)
        if counted and between in ("", "有", "是", "为", "共", "共有", "一共", "一共有", "总共"):
            return topic
    return None


def _claimed(amount: AmountSpan) -> Condition:
    return Condition(comparator="=", value=amount.value, unit=amount.unit)


def _instead(clause: Clause, topic: Topic, amount: AmountSpan, finder: CellFinder) -> Lookup | None:
    selector = clause.select(topic)
    cell = finder.resolve(selector).cell
    if cell is None or cell.value == amount.value:
        return None
    claim = _claimed(amount).model_copy(update={"unit": cell.unit})
    return Lookup(selectors=(selector,), claim=claim)


def _of_projects(clause: Clause, amount: AmountSpan, finder: CellFinder) -> Plan | None:
    whole = Selector(
        disclosure_id=clause.disclosure.id,
        name="支出总预算",
        readings=(Where(measure=Measure.EXPENDITURE),),
    )
    group = Group(axis="project", selector=whole)
    listed = listing(finder, Listing(group=group)).size
    told = list(_told(clause, ("项目",), finder))
    if amount.value in (listed, *(value for _, value in told)) or not (listed or told):
        return None
    return _looked_up(told, amount) if told else Count(group=group)


def _of_units(clause: Clause, noun: str, amount: AmountSpan, finder: CellFinder) -> Plan | None:
    units = clause.disclosure.units
    below = sum(not unit.head_office for unit in units)
    told = list(_told(clause, (noun, *_ITEMS_OF_UNITS), finder))
    if amount.value in (len(units), below, *(value for _, value in told)) or not told:
        return None
    return _looked_up(told, amount)


def _looked_up(told: list[tuple[Selector, Decimal]], amount: AmountSpan) -> Lookup:
    selector, _ = told[0]
    return Lookup(selectors=(selector,), claim=_claimed(amount).model_copy(update={"unit": "个"}))


def _told(
    clause: Clause, items: tuple[str, ...], finder: CellFinder
) -> Iterator[tuple[Selector, Decimal]]:
    for item in dict.fromkeys(items):
        where = Where(measure=Measure.COUNT, axes={"item": item})
        selector = Selector(disclosure_id=clause.disclosure.id, name=item, readings=(where,))
        cell = finder.resolve(selector).cell
        if cell is not None:
            yield selector, cell.value
