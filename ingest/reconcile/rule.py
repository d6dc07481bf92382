"""A reconciliation rule as declared, and a check: one application of it before it is a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.model import Fact, Finding, Outcome
from ingest.reconcile.amounts import Comparison, in_unit
from ingest.reconcile.cells import Cell


@dataclass(frozen=True, slots=True)
class Rule:
    """A named relation that the figures of a disclosure must satisfy.

    ``says`` explains it to an official; ``example`` satisfies it, ``counter`` does not. Both are
    figures as printed: (what is stated, what it must equal), the latter in parts joined by +.
    """

    name: str
    says: str
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Check:
    """One application of a rule. ``expected`` and ``actual`` are in ``unit``."""

    rule: Rule
    outcome: Outcome
    message: str
    facts: tuple[Fact, ...] = ()
    expected: Decimal | None = None
    actual: Decimal | None = None
    unit: str = ""

    def finding(self, disclosure_id: str) -> Finding:
        """The check as it is stored."""
        return Finding(
            disclosure_id=disclosure_id,
            rule=self.rule.name,
            outcome=self.outcome,
            message=self.message,
            expected=self.expected,
            actual=self.actual,
            unit=self.unit,
            fact_ids=tuple(dict.fromkeys(_ids(self.facts))),
        )


def judged(rule: Rule, result: Comparison, message: str, cells: Sequence[Cell]) -> Check:
    """A comparison as a check of the figures compared, the stated one first: its unit is theirs."""
    unit = cells[0].fact.unit
    return Check(
        rule,
        result.outcome,
        message,
        tuple(cell.fact for cell in cells),
        in_unit(result.expected, unit),
        in_unit(result.actual, unit),
        unit,
    )


def not_checked(rule: Rule, reason: str, facts: Sequence[Fact] = ()) -> Check:
    """A check that could not be made, with the reason; it never counts as passed."""
    return Check(rule, Outcome.NOT_CHECKED, reason, tuple(facts))


def _ids(facts: Iterable[Fact]) -> Iterable[str]:
    """The printed figures: of a derived one, those it was derived from."""
    for fact in facts:
        yield from fact.inputs if fact.origin == "derived" and fact.inputs else (fact.id,)
