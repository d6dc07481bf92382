"""Printed figures as intervals: what passes, what is rounding, what does not agree."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from disclosure.document import Locator
from disclosure.model import Aspect, Coordinates, Fact, Measure, Outcome
from disclosure.money import places
from ingest.reconcile import RULES
from ingest.reconcile.amounts import Figure, compare, figure, quotient
from ingest.reconcile.rule import Rule


def printed(text: str, unit: str = "万元") -> Figure:
    value = Decimal(text.replace(",", ""))
    fact = Fact(
        text,
        "d",
        Measure.EXPENDITURE,
        Aspect.AMOUNT,
        Coordinates(),
        value,
        unit,
        2031,
        "",
        Locator(),
    )
    made = figure(fact, places(text))
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("total", "parts", "outcome"),
    [
        ("100.00", ("60.00", "40.00"), Outcome.PASS),
        ("100.01", ("60.00", "40.00"), Outcome.ROUNDING),
        ("100.02", ("60.00", "40.00"), Outcome.MISMATCH),  # three figures: 0.015 at most
        ("100.03", ("60.00", "20.00", "20.00", "0.00", "0.00"), Outcome.ROUNDING),
        ("100", ("60.3", "40.1"), Outcome.ROUNDING),
        ("101", ("60.30", "40.10"), Outcome.MISMATCH),
        ("-5.00", ("10.00", "-15.00"), Outcome.PASS),
    ],
)
def test_a_total_against_its_parts(total: str, parts: tuple[str, ...], outcome: Outcome) -> None:
    assert compare([printed(total)], [printed(p) for p in parts]).outcome is outcome


def test_units_are_converted_exactly() -> None:
    wan, yuan = printed("143.49"), printed("1,434,853.34", "元")
    assert compare([wan], [yuan]).outcome is Outcome.ROUNDING
    assert compare([printed("143.485334")], [yuan]).outcome is Outcome.PASS
    assert compare([printed("143.48")], [yuan]).outcome is Outcome.MISMATCH


def test_the_difference_is_signed() -> None:
    result = compare([printed("90.00")], [printed("100.00")])
    assert result.difference == Decimal("-100000")


def test_a_rate_has_an_interval_unless_its_divisor_may_be_nil() -> None:
    low, high = quotient(Decimal("3.5"), Decimal("4.5"), printed("100", "%")) or (None, None)
    assert low is not None
    assert high is not None
    assert low < Decimal("0.04") < high
    assert quotient(Decimal(1), Decimal(2), printed("0.3", "%")) is not None
    assert quotient(Decimal(1), Decimal(2), printed("0", "%")) is None


def _sides(example: str) -> tuple[list[Figure], list[Figure]] | None:
    """Both sides of an example that is a sum or a difference of figures."""
    left, _, right = example.partition("=")
    terms = re.findall(r"(?:^|[+-])\d+\.\d\d", right)
    if "".join(terms) != right or not re.fullmatch(r"-?\d+\.\d\d", left):
        return None
    return [printed(left)], [printed(term.lstrip("+")) for term in terms]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_declared_with_an_example_that_holds_and_one_that_does_not(rule: Rule) -> None:
    assert rule.says
    assert rule.example != rule.counter
    holds, fails = _sides(rule.example), _sides(rule.counter)
    if holds and fails:
        assert compare(*holds).outcome is Outcome.PASS
        assert compare(*fails).outcome is Outcome.MISMATCH


def test_most_rules_have_examples_that_are_sums() -> None:
    assert sum(_sides(rule.example) is not None for rule in RULES) > 20


def test_rule_names_are_distinct() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
