"""Charts of one disclosure, as bars with their figures beside them.

A composition is shown only where its parts, as published, add up to the published total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.lexicon.names import is_head_office
from disclosure.library import Library
from disclosure.model import ALL, Aspect, Disclosure, Fact, Fund, Kind, Measure, OrgUnit
from disclosure.money import MONEY_UNITS, Amount, format_number, half_step, round_half_up

_CLASS_DIGITS = 3
_KINDS = {
    "basic": "基本支出",
    "project": "项目支出",
    "business": "经营支出",
    "remitted": "上缴上级支出",
    "subsidy": "对附属单位补助支出",
}
_THREE_PUBLIC = {
    "30212": "因公出国（境）费",
    "公务用车": "公务用车购置及运行费",
    "31013": "公务用车购置费",
    "30231": "公务用车运行维护费",
    "30217": "公务接待费",
}
_VEHICLES, _VEHICLE_PARTS = "公务用车", ("31013", "30231")
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its figure, its share of the total in %, its length in % of the longest."""

    label: str
    value: str
    share: str
    length: str
    fact_id: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """A composition: its bars, largest first, and the published total."""

    id: str
    title: str
    unit: str
    total: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class _Amount:
    """A fact with its fund and the one axis that it is narrowed on beside it, '' for none."""

    fact: Fact
    fund: str
    axis: str
    member: str


def overview(library: Library, disclosure: Disclosure) -> list[BarChart]:
    """The compositions that the disclosure publishes completely."""
    amounts = [
        _Amount(fact, *axes)
        for fact in library.facts(disclosure.id)
        if fact.aspect is Aspect.AMOUNT
        and fact.coordinates.project == ALL  # most facts of a large document stop here
        and fact.value is not None
        and fact.unit in MONEY_UNITS
        and fact.year == disclosure.year
        and fact.origin != "derived"
        and (axes := _one_axis(fact)) is not None
    ]
    spent = [a for a in amounts if a.fact.measure is Measure.EXPENDITURE]
    word = "决算" if disclosure.kind is Kind.FINAL_ACCOUNT else "预算"
    subjects = {s.key: s.name for s in disclosure.subjects if s.axis == "subject"}
    units = {u.key: _unit_name(u) for u in disclosure.units}
    charts = [
        _composition("by-kind", f"支出{word}构成：基本支出与项目支出", spent, "kind", _KINDS.get),
        _composition(
            "by-subject",
            f"支出{word}构成：按功能分类",
            spent,
            "subject",
            lambda key: subjects.get(key) if _is_class(key) else None,
        ),
        _composition("by-unit", f"支出{word}：按单位", spent, "unit", units.get),
        _three_public(amounts, word),
    ]
    return [chart for chart in charts if chart is not None]


def _unit_name(unit: OrgUnit) -> str:
    marked = unit.head_office and not is_head_office(unit.name)
    return f"{unit.name}（本级）" if marked else unit.name


def _is_class(key: str) -> bool:
    return len(key) == _CLASS_DIGITS and key.isdigit()


def _composition(
    chart_id: str,
    title: str,
    amounts: Sequence[_Amount],
    axis: str,
    name_of: Callable[[str], str | None],
) -> BarChart | None:
    """The composition on one axis: over all funds, else within the general public budget."""
    for fund in (ALL, Fund.GENERAL.value):
        within = [a for a in amounts if a.fund == fund]
        parts: dict[str, tuple[str, Fact]] = {}
        for amount in within:
            if amount.axis == axis and (name := name_of(amount.member)):
                parts.setdefault(amount.member, (name, amount.fact))
        full = title if fund == ALL else f"{title}（一般公共预算）"
        for amount in within:
            if not amount.axis and (chart := _chart(chart_id, full, amount.fact, parts.values())):
                return chart
    return None


def _one_axis(fact: Fact) -> tuple[str, str, str] | None:
    """A fact's fund, and the one axis beside it with its member, '' for none; else None."""
    narrowed = fact.coordinates.narrowed()
    fund = narrowed.pop("fund", ALL)
    if len(narrowed) > 1:
        return None
    return fund, *next(iter(narrowed.items()), ("", ""))


def _three_public(amounts: Sequence[_Amount], word: str) -> BarChart | None:
    for fund in (ALL, Fund.FISCAL.value, Fund.GENERAL.value):
        found: dict[str, Fact] = {}
        for amount in amounts:
            if amount.fund == fund and amount.axis == "economic":
                found.setdefault(amount.member, amount.fact)
        total = found.get("三公")
        if total is None:
            continue
        split = all(part in found for part in _VEHICLE_PARTS)
        members = ["30212", *(_VEHICLE_PARTS if split else (_VEHICLES,)), "30217"]
        parts = [(_THREE_PUBLIC[m], found[m]) for m in members if m in found]
        if chart := _chart("three-public", f"“三公”经费{word}构成", total, parts):
            return chart
    return None


def _chart(
    chart_id: str, title: str, total: Fact, parts: Iterable[tuple[str, Fact]]
) -> BarChart | None:
    """The chart, where two or more parts are not zero and all of them make the total."""
    stated = [(name, fact, _in_unit(fact, total.unit)) for name, fact in parts]
    whole = total.value
    if whole is None or whole <= 0 or any(value < 0 for _, _, value in stated):
        return None
    slack = half_step(total.places) + sum((half_step(f.places) for _, f, _ in stated), Decimal(0))
    if abs(sum((value for *_, value in stated), Decimal(0)) - whole) > slack:
        return None
    shown = sorted((p for p in stated if p[2] > 0), key=lambda part: -part[2])
    if len(shown) < 2:
        return None
    longest = shown[0][2]
    bars = tuple(
        Bar(
            label=name,
            value=format_number(value),
            share=f"{round_half_up(value / whole * _WHOLE, 2)}%",
            length=f"{round_half_up(value / longest * _WHOLE, 2)}",
            fact_id=fact.id,
        )
        for name, fact, value in shown
    )
    return BarChart(chart_id, title, total.unit, format_number(whole), bars)


def _in_unit(fact: Fact, unit: str) -> Decimal:
    assert fact.value is not None  # only amounts come here
    return Amount(fact.value, fact.unit).to(unit).value
