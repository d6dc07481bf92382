"""The sum of facts that staff selected: exact, with its formula and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from disclosure.members import contains, overlaps
from disclosure.model import Aspect, Fact
from disclosure.money import MONEY_UNITS, Amount, decimal_string, format_amount, format_number


class SumError(ValueError):
    """Facts that cannot be added; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in one unit, the formula with the numbers put in, and warnings."""

    value: str
    unit: str
    formula: str
    count: int
    warnings: tuple[str, ...]


def sum_of(facts: Sequence[tuple[Fact, str]], unit: str | None = None) -> Sum:
    """Add facts, each with the name it is shown by. Money of several units is only added where
    ``unit`` says in which. Raises ``SumError``."""
    if not facts:
        raise SumError("没有选中任何数。")
    amounts = [_amount(fact) for fact, _ in facts]
    units = list(dict.fromkeys(amount.unit for amount in amounts))
    if unit is not None:
        if not all(u in MONEY_UNITS for u in (*units, unit)):
            raise SumError(f"单位“{'、'.join(units)}”不能折算为{unit}，只有金额可以折算。")
        converted = [amount.to(unit) for amount in amounts]
    elif len(units) > 1:
        money = all(u in MONEY_UNITS for u in units)
        remedy = "可以先选定折算的单位。" if money else "请只选单位相同的数。"
        raise SumError(f"所选的数单位不同（{'、'.join(units)}），不能相加。{remedy}")
    else:
        converted = amounts
    shown = unit or units[0]
    if shown == "%":
        raise SumError("百分比不能相加。")
    total = sum((amount.value for amount in converted), Decimal(0))
    terms = " + ".join(_term(amount.value) for amount in converted)
    return Sum(
        value=decimal_string(total),
        unit=shown,
        formula=f"{terms} = {format_amount(total, shown)}",
        count=len(facts),
        warnings=tuple(_warnings(facts)),
    )


def _amount(fact: Fact) -> Amount:
    if fact.value is None:
        raise SumError(f"“{fact.label}”没有数值，不能相加。")
    return Amount(fact.value, fact.unit)


def _term(value: Decimal) -> str:
    return f"({format_number(value)})" if value < 0 else format_number(value)


def _warnings(facts: Sequence[tuple[Fact, str]]) -> list[str]:
    warnings: list[str] = []
    for (left, left_name), (right, right_name) in combinations(facts, 2):
        if _other_world(left, right):
            continue
        if left.coordinates == right.coordinates:
            warnings.append(f"“{left_name}”选了两处公布的同一个数，会重复计算。")
        elif contains(left.coordinates, right.coordinates):
            warnings.append(f"“{left_name}”包含“{right_name}”，两者相加会重复计算。")
        elif contains(right.coordinates, left.coordinates):
            warnings.append(f"“{right_name}”包含“{left_name}”，两者相加会重复计算。")
        elif overlaps(left.coordinates, right.coordinates):
            warnings.append(f"“{left_name}”与“{right_name}”有交叉部分，相加会重复计算。")
    for name, values in (
        ("年度", {str(fact.year) for fact, _ in facts}),
        ("口径", {fact.measure.value for fact, _ in facts}),
        ("阶段", {fact.stage for fact, _ in facts}),
    ):
        if len(values) > 1:
            warnings.append(f"所选的数{name}不同，相加前请确认有意义。")
    if any(fact.aspect not in (Aspect.AMOUNT, Aspect.PRIOR) for fact, _ in facts):
        warnings.append("所选的数里有增减额，不是金额本身。")
    if any(fact.origin == "derived" for fact, _ in facts):
        warnings.append("所选的数里有推算的数（由公开数计算），不是直接公布的。")
    return list(dict.fromkeys(warnings))


def _other_world(left: Fact, right: Fact) -> bool:
    """Whether two facts cannot contain each other, whatever their coordinates."""
    return (left.disclosure_id, left.measure, left.aspect, left.year, left.stage) != (
        right.disclosure_id,
        right.measure,
        right.aspect,
        right.year,
        right.stage,
    )
