"""Printed figures as intervals of their own precision, and what follows when they are compared.

A figure printed with two decimals stands for ±0.005 of its unit. A total agrees with its parts, and
a rate with its amounts, when the intervals meet; exactly equal values pass, others that meet are
rounding, and the rest is a mismatch. Units are converted exactly, so 元 and 万元 may be mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.model import Fact, Outcome
from disclosure.money import MONEY_UNITS, PERCENT, Amount, format_number, half_step

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact with its value in 元 (rates stay in %) and half of its last printed digit."""

    fact: Fact
    value: Decimal
    slack: Decimal

    @property
    def low(self) -> Decimal:
        return self.value - self.slack

    @property
    def high(self) -> Decimal:
        return self.value + self.slack


def figure(fact: Fact, places: int) -> Figure | None:
    """A fact as a figure printed with ``places`` decimals; None where it is neither money nor %."""
    if fact.value is None or (fact.unit not in MONEY_UNITS and fact.unit != PERCENT):
        return None
    scale = MONEY_UNITS.get(fact.unit, Decimal(1))
    return Figure(fact, fact.value * scale, half_step(places) * scale)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One side against the other, both in 元 or both in %; ``difference`` is signed."""

    outcome: Outcome
    expected: Decimal
    actual: Decimal

    @property
    def difference(self) -> Decimal:
        return self.actual - self.expected


def compare(left: Sequence[Figure], right: Sequence[Figure]) -> Comparison:
    """The sum of ``left`` (what is stated) against the sum of ``right`` (what it should be)."""
    actual = sum((f.value for f in left), ZERO)
    expected = sum((f.value for f in right), ZERO)
    gap = abs(actual - expected)
    if not gap:
        return Comparison(Outcome.PASS, expected, actual)
    slack = sum((f.slack for f in (*left, *right)), ZERO)
    outcome = Outcome.ROUNDING if gap <= slack else Outcome.MISMATCH
    return Comparison(outcome, expected, actual)


def quotient(low: Decimal, high: Decimal, below: Figure) -> tuple[Decimal, Decimal] | None:
    """The interval of (low to high) ÷ ``below``; None where the divisor may be zero."""
    if below.low <= 0 <= below.high:
        return None
    corners = [top / bottom for top in (low, high) for bottom in (below.low, below.high)]
    return min(corners), max(corners)


def in_unit(value: Decimal, unit: str) -> Decimal:
    """A value of 元 in another unit of money, exactly; a rate stays as it is."""
    return Amount(value, "元").to(unit).value if unit in MONEY_UNITS else value


def said(value: Decimal, unit: str) -> str:
    """A value of 元 (or %) as a message gives it: ``1,234.56万元``."""
    return f"{format_number(in_unit(value, unit))}{unit}"
