"""Which plan a tool's arguments stand for, and which disclosures they leave."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.model import Disclosure, Kind
from disclosure.text import fold
from qa_service.answering.workbench import Workbench
from qa_service.mcp.arguments import AggregateArguments, ListArguments, Threshold, Whose
from qa_service.understanding.plan import (
    Average,
    Condition,
    Count,
    Group,
    Listing,
    Plan,
    Rank,
    Selector,
    Share,
    Total,
)


def disclosure_ids(bench: Workbench, whose: Whose) -> tuple[str, ...]:
    """The disclosures to look in: those named, else all."""
    if not (whose.department or whose.year or whose.kind or whose.disclosure_id):
        return tuple(d.id for d in bench.held())
    return tuple(d.id for d in bench.disclosures(whose))


def selectors(bench: Workbench, items: Sequence[str], whose: Whose) -> tuple[Selector, ...]:
    """Which figures the items are."""
    return tuple(s for item in items for s in bench.named(item, whose).selectors)


def aggregated(bench: Workbench, given: AggregateArguments) -> Plan:
    """The computation asked for."""
    if given.operation == "total":
        minus = selectors(bench, given.minus, given)
        return Total(selectors=selectors(bench, given.items, given), minus=minus, unit=given.unit)
    if given.operation == "share":
        whole = bench.named(given.whole, given).selectors[0] if given.whole else None
        return Share(parts=selectors(bench, given.items, given), whole=whole)
    item = given.items[0] if given.items else None
    if given.operation == "average":
        assert given.per is not None  # the arguments' own rule
        selector = bench.named(item or "支出总预算", given).selectors[0]
        divisor = bench.heads(given) if given.per == "head" else None
        return Average(selector=selector, per=given.per, divisor=divisor, unit=given.unit)
    group = _group(bench, item, given)
    limit = _condition(given.condition)
    if given.operation == "rank":
        return Rank(group=group, descending=not given.ascending, n=given.top, condition=limit)
    if given.operation == "count":
        return Count(group=group, condition=limit)
    return Listing(group=group, condition=limit, unit=given.unit)


def _group(bench: Workbench, item: str | None, given: AggregateArguments) -> Group:
    assert given.by is not None  # the arguments' own rule
    if given.by != "department":
        return bench.group(item, given, given.by, given.level)
    wanted = ListArguments(
        department=given.department, city=given.city, year=given.year, kind=given.kind
    )
    held = [d for d in bench.held() if is_listed(d, wanted)]
    # One year at a time, and what is planned is not compared with what was spent.
    latest = max((d.year for d in held), default=0)
    kind = given.kind or Kind.BUDGET
    chosen = [d for d in held if d.year == (given.year or latest) and d.kind is kind]
    return bench.across(item, [d.id for d in chosen or held])


def is_listed(disclosure: Disclosure, given: ListArguments) -> bool:
    """Whether a disclosure is one of those asked for."""
    region = disclosure.region
    places = (region.province, region.city, region.district)
    names = [disclosure.department, *(unit.name for unit in disclosure.units)]
    return (
        (given.department is None or any(fold(given.department) in fold(n) for n in names))
        and (given.city is None or any(given.city in place for place in places if place))
        and given.year in (None, disclosure.year)
        and given.kind in (None, disclosure.kind)
    )


def _condition(given: Threshold | None) -> Condition | None:
    if given is None:
        return None
    return Condition(comparator=given.comparator, value=given.value, unit=given.unit)
