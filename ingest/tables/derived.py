"""Derived totals of a table: what it prints only in parts, summed, with formula and inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from disclosure.model import ALL, Aspect, Coordinates, Fact, Fund, Measure
from disclosure.money import format_number, half_step
from ingest.facts import stable_id
from ingest.tables.cells import is_total
from ingest.tables.unnamed import beside_unnamed, is_unnamed

_BUDGETS = (Fund.GENERAL, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)


def fiscal_sums(facts: Sequence[Fact]) -> list[Fact]:
    """Fiscal totals of 三公 items that are printed by the three budgets only (深圳)."""
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
        parts = [members[fund] for fund in _BUDGETS if fund in members]
        rates = any(part.aspect is Aspect.CHANGE_RATE for part in parts)
        if len(parts) == len(_BUDGETS) and Fund.FISCAL not in members and not rates:
            whole = replace(parts[0].coordinates, fund=Fund.FISCAL)
            derived.append(_sum(parts, whole, [_header(part) for part in parts]))
    return derived


def unnamed_sums(facts: Sequence[Fact]) -> list[Fact]:
    """Subjects of the whole department where a table lists unit after unit without naming them
    (北京 一般公共预算支出表); made only if the printed 合计 confirms that no part is missing."""
    parts: dict[tuple[int | None, Aspect, Coordinates], list[Fact]] = {}
    totals: dict[int | None, Fact] = {}
    for fact in facts:
        if is_unnamed(fact.coordinates.item):
            whole = replace(fact.coordinates, item=beside_unnamed(fact.coordinates.item))
            parts.setdefault((fact.locator.column, fact.aspect, whole), []).append(fact)
        elif fact.total and fact.value is not None:
            totals.setdefault(fact.locator.column, fact)
    complete = {
        column
        for column, total in totals.items()
        if _agrees(total, [p for key, group in parts.items() if key[0] == column for p in group])
    }
    return [
        _of_units(group, whole)
        for (column, aspect, whole), group in parts.items()
        if column in complete and aspect is not Aspect.CHANGE_RATE
    ]


def _of_units(parts: Sequence[Fact], whole: Coordinates) -> Fact:
    """A subject of the department: as printed where only one of its units has it, else summed."""
    if len(parts) == 1:
        return replace(_sum(parts, whole, []), printed=parts[0].printed)
    terms = [format_number(part.value) for part in parts if part.value is not None]
    summed = _sum(parts, whole, terms)
    return replace(summed, formula=f"{summed.formula} = {format_number(_value(parts))}")


def _agrees(total: Fact, parts: Sequence[Fact]) -> bool:
    leaves = [part for part in parts if not _contains_another(part, parts)]
    gap = abs((total.value or Decimal(0)) - _value(leaves))
    return bool(leaves) and gap <= half_step(total.places) * (len(leaves) + 1)


def _contains_another(fact: Fact, parts: Sequence[Fact]) -> bool:
    """A class whose items are listed in the same unnamed unit."""
    mine = fact.coordinates
    return any(
        other.coordinates.item == mine.item
        and other.coordinates.subject != mine.subject
        and other.coordinates.subject.startswith(mine.subject)
        for other in parts
    )


def _value(parts: Sequence[Fact]) -> Decimal:
    return sum((part.value for part in parts if part.value is not None), Decimal(0))


def _sum(parts: Sequence[Fact], whole: Coordinates, terms: Sequence[str]) -> Fact:
    return replace(
        parts[0],
        id=stable_id("sum", *(part.id for part in parts)),
        coordinates=whole,
        value=_value(parts),
        printed="",
        origin="derived",
        formula=" + ".join(terms),
        inputs=tuple(part.id for part in parts),
        total=True,
        ordinal=1,
    )


def _header(fact: Fact) -> str:
    return next((label for label in reversed(fact.header) if not is_total(label)), fact.label)
