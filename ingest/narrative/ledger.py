"""The figures that a paragraph has stated so far, and whose a change without a label is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from disclosure.model import Aspect
from disclosure.money import half_step
from ingest.narrative.leads import Figure
from ingest.narrative.readings import Reading

#: Confidence of an amount that contradicts another at the same coordinates, said before it.
_RESTATED = 0.5
#: Rates are printed of rounded amounts; a tenth of a percent is no evidence against an owner.
_RATE_SLACK = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of a paragraph with whose it is; positions are those of the compact text."""

    reading: Reading
    aspect: Aspect
    value: Decimal
    unit: str
    start: int
    end: int
    base: str = ""
    year: int | None = None
    confidence: float = 1.0


@dataclass(slots=True)
class Ledger:
    """Stated figures in reading order."""

    stated: list[Stated] = field(default_factory=list)

    def add(
        self,
        reading: Reading,
        aspect: Aspect,
        figure: Figure,
        base: str = "",
        year: int | None = None,
        restated: bool = False,
    ) -> None:
        """Add a figure. Said twice alike, once is enough; said twice and differently, it is not
        understood, unless the year is repeated ('2026年预算安排201.50万元'): a slip of the source,
        kept as the lesser of the two."""
        confidence = 1.0
        for known in self.stated:
            if known.aspect is not aspect or not _same(known.reading, reading):
                continue
            if known.value == figure.value or (aspect is Aspect.AMOUNT and not restated):
                return
            confidence = _RESTATED
        span = (figure.start, figure.end)
        self.stated.append(
            Stated(reading, aspect, figure.value, figure.unit, *span, base, year, confidence)
        )

    def repeat(self, reading: Reading, axis: str, member: str) -> None:
        """State the amount of ``reading`` once more, narrowed on one axis (全部为基本支出)."""
        amount = self.amount(reading)
        if amount is not None:
            narrowed = replace(reading, axes={**reading.axes, axis: member})
            self.stated.append(replace(amount, reading=narrowed))

    def amount(self, reading: Reading) -> Stated | None:
        """The amount last stated for ``reading``."""
        return next(
            (
                s
                for s in reversed(self.stated)
                if s.aspect is Aspect.AMOUNT and s.reading == reading
            ),
            None,
        )

    def last_amount(self) -> Stated | None:
        """The amount last stated of anything."""
        return next((s for s in reversed(self.stated) if s.aspect is Aspect.AMOUNT), None)

    def first_amount(self) -> Stated | None:
        """What the paragraph began with."""
        return next((s for s in self.stated if s.aspect is Aspect.AMOUNT), None)

    def last_sign(self, reading: Reading) -> int:
        """1 or -1 as the change stated for ``reading`` went; 0 where none was."""
        for stated in reversed(self.stated):
            if stated.reading == reading and stated.aspect is Aspect.CHANGE:
                return -1 if stated.value < 0 else 1
        return 0

    def last_changed(self) -> Reading | None:
        """What changed last."""
        changed = [s.reading for s in self.stated if s.aspect is Aspect.CHANGE]
        return changed[-1] if changed else None

    def owner(
        self, candidates: Sequence[Reading], change: Figure, sign: int, rate: Figure | None
    ) -> Reading | None:
        """The first candidate whose amount agrees with a change and the rate said after it."""
        if rate is None or rate.money:
            return None
        return next((c for c in candidates if self._agrees(c, change, sign, rate)), None)

    def _agrees(self, reading: Reading, change: Figure, sign: int, rate: Figure) -> bool:
        amount = self.amount(reading)
        if amount is None or amount.unit != change.unit:
            return False
        before = amount.value - sign * change.value
        if before == 0:
            return rate.value == 100
        exponent = rate.value.as_tuple().exponent
        slack = half_step(-exponent if isinstance(exponent, int) else 0) + _RATE_SLACK
        return abs(change.value / abs(before) * 100 - rate.value) <= slack


def _same(one: Reading, other: Reading) -> bool:
    return (one.measures, one.axes, one.stage) == (other.measures, other.axes, other.stage)
