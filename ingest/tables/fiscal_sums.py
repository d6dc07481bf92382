"""Derived totals over all fiscal funds, where a 三公 table prints its three budgets only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from disclosure.model import ALL, Aspect, Fact, Fund, Measure
from ingest.facts import stable_id
from ingest.tables.cells import is_total

_PARTS = (Fund.GENERAL, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)


def fiscal_sums(facts: Sequence[Fact]) -> list[Fact]:
    """The fiscal total of every 三公 item that is printed by 一般公共预算, 政府性基金 and 国有资本经营
    without their sum (深圳); marked derived, with formula and inputs."""
    by_place: dict[tuple[object, ...], dict[str, Fact]] = {}
    for fact in facts:
        if fact.measure is not Measure.THREE_PUBLIC or fact.value is None:
            continue
        everywhere = replace(fact.coordinates, fund=ALL)
        at = (fact.locator.page, fact.locator.line, fact.locator.row)
        place = (everywhere, fact.aspect, fact.year, fact.stage, fact.unit, at)
        by_place.setdefault(place, {})[fact.coordinates.fund] = fact
    derived = []
    for members in by_place.values():
        parts = [members[fund] for fund in _PARTS if fund in members]
        rates = any(part.aspect is Aspect.CHANGE_RATE for part in parts)
        if len(parts) == len(_PARTS) and Fund.FISCAL not in members and not rates:
            derived.append(_sum(parts))
    return derived


def _sum(parts: Sequence[Fact]) -> Fact:
    first = parts[0]
    return replace(
        first,
        id=stable_id("sum", *(part.id for part in parts)),
        coordinates=replace(first.coordinates, fund=Fund.FISCAL),
        value=sum((part.value for part in parts if part.value is not None), Decimal(0)),
        printed="",
        origin="derived",
        formula=" + ".join(_name(part) for part in parts),
        inputs=tuple(part.id for part in parts),
        total=True,
    )


def _name(fact: Fact) -> str:
    return next((label for label in reversed(fact.header) if not is_total(label)), fact.label)
