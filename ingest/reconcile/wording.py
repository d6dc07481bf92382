"""How findings name what they compare: table, row and column, values with their units."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.model import Fact, Outcome
from disclosure.money import format_number
from ingest.reconcile.amounts import Comparison, Figure, in_unit, said

#: More parts than this are counted, not listed.
_LISTED = 6


def place(table: str, fact: Fact) -> str:
    """Where a figure stands: ``表3《…》“行政运行”行“基本支出”列``, or what a sentence is of."""
    if not table:
        return f"文字说明“{fact.label}”"
    column = heading(fact)
    return f"{table}“{fact.label}”行" + (f"“{column}”列" if column else "")


def heading(fact: Fact) -> str:
    """A column's header as one label, its table-wide words left out."""
    return "/".join(dict.fromkeys(label for label in fact.header if label))


def amount(one: Figure) -> str:
    """A figure with the decimals that its source prints, and its unit."""
    unit, printed = one.fact.unit, one.fact.value
    value = in_unit(one.value, unit)
    return f"{format_number(printed if printed == value else value)}{unit}"


def parts_listed(parts: Sequence[Figure], names: Sequence[str]) -> str:
    """The parts of a sum by name and value; many of them are counted."""
    named = [f"{name}{amount(part)}" for name, part in zip(names, parts, strict=True)]
    if len(named) <= _LISTED:
        return "、".join(named)
    return "、".join(named[:_LISTED]) + f"等{len(named)}项"


def gap(result: Comparison, unit: str) -> str:
    """What the outcome is called, with the difference where there is one: how much more (多) or
    less (少) is stated than what it should be, which every message gives after what is stated."""
    if result.outcome is Outcome.PASS:
        return "相符"
    signed = said(abs(result.difference), unit)
    if result.outcome is Outcome.ROUNDING:
        return f"相差{signed}，在四舍五入范围内"
    side = "多" if result.difference > 0 else "少"
    return f"{side}{signed}"
