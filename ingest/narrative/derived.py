"""Last year's figures that follow from this year's and the stated change, marked derived."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from disclosure.model import Aspect, Coordinates, Fact, Measure
from disclosure.money import MONEY_UNITS, Amount, format_number

_Key = tuple[Measure, Coordinates, str]


def derive_prior(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """A PRIOR fact for each amount that is published with its change from last year.

    The amount of the same passage or table is taken first, else one at the same coordinates. A
    figure that the disclosure states itself is never derived, and neither is one below zero or one
    compared with this same year: there the source contradicts itself, a finding, not a figure.
    Amount and rate alone derive nothing: the rate is rounded.
    """
    amounts: defaultdict[_Key, list[Fact]] = defaultdict(list)
    stated: set[_Key] = set()
    for fact in facts:
        if fact.aspect is Aspect.AMOUNT and fact.unit in MONEY_UNITS:
            amounts[_key(fact)].append(fact)
        elif fact.aspect is Aspect.PRIOR:
            stated.add(_key(fact))
    derived: dict[tuple[_Key, Decimal, str], Fact] = {}
    for change in facts:
        if change.aspect is not Aspect.CHANGE or change.value is None or _key(change) in stated:
            continue
        if str(change.year) in change.base:
            # '2026年…比2026年预算增加': a slip of the source; what it compares with is unknown.
            continue
        amount = _matching(change, amounts[_key(change)])
        if amount is None:
            continue
        prior = _prior(amount, change)
        if prior.value is not None and prior.value >= 0:
            derived.setdefault((_key(change), prior.value, prior.base), prior)
    return tuple(derived.values())


def _key(fact: Fact) -> _Key:
    return fact.measure, fact.coordinates, fact.stage


def _matching(change: Fact, amounts: Iterable[Fact]) -> Fact | None:
    """The amount that a change goes with; None when amounts at its coordinates disagree."""
    candidates = [a for a in amounts if a.value is not None and a.year == change.year]
    same_place = [
        a
        for a in candidates
        if (a.passage_id and a.passage_id == change.passage_id)
        or (a.table_id and a.table_id == change.table_id and a.locator.row == change.locator.row)
    ]
    chosen = same_place or [a for a in candidates if a.unit == change.unit]
    values = {a.value for a in chosen}
    return chosen[0] if len(values) == 1 else None


def _prior(amount: Fact, change: Fact) -> Fact:
    assert amount.value is not None
    assert change.value is not None
    this_year = Amount(amount.value, amount.unit).to(change.unit).value
    value = this_year - change.value
    signed = format_number(change.value)
    formula = (
        f"{format_number(this_year)} - {f'({signed})' if change.value < 0 else signed}"
        f" = {format_number(value)}"
    )
    digest = hashlib.sha256(f"prior\x1f{amount.id}\x1f{change.id}".encode()).hexdigest()[:20]
    return replace(
        change,
        id=digest,
        aspect=Aspect.PRIOR,
        value=value,
        year=change.year - 1,
        label=amount.label if amount.origin == "sentence" else change.label,
        printed="",
        places=max(amount.places, change.places),
        origin="derived",
        formula=formula,
        inputs=(amount.id, change.id),
    )
