"""The answer while it is being written: sentences, figures and citations of one part."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from disclosure.model import Fact
from disclosure.money import MONEY_UNITS, Amount, decimal_string, format_amount, format_number
from qa_service.answering.answer import (
    Derivation,
    Figure,
    InputFigure,
    Operation,
    Status,
)
from qa_service.answering.evidence import Evidence
from qa_service.tools.cells import Cell
from qa_service.tools.results import Computed


@dataclass(slots=True)
class Draft:
    """One part's answer. Sentences are joined into the text; figures keep their order.

    ``stated``: what else the data says whose numbers the sentences may hold (counts, codes)."""

    status: Status = Status.ANSWERED
    sentences: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    stated: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        """Add a sentence."""
        self.sentences.append(sentence)


class FigureWriter:
    """Turns cells and computed results into figures with derivations and citations."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence

    def cell(self, cell: Cell, unit: str | None = None) -> Figure:
        """A looked-up (or summed, or derived) cell, converted when another unit is asked for."""
        citations = (
            self._evidence.every(cell.facts) if cell.formula else self._evidence.facts(cell.facts)
        )
        converted = converted_to(cell, unit)
        derivation = self._derivation(cell, converted)
        return Figure(
            label=cell.label,
            value=decimal_string(converted.value),
            unit=converted.unit,
            derivation=derivation,
            citations=citations,
        )

    def computed(self, computed: Computed, unit: str | None = None) -> Figure:
        """A computed figure with the cells it used as inputs."""
        value, shown = computed.value, computed.unit
        formula = computed.formula
        if unit and unit != shown and shown in MONEY_UNITS:
            amount = Amount(value, shown).to(unit)
            formula = f"{formula}；{format_amount(value, shown)} = {amount}"
            value, shown = amount.value, unit
        citations: dict[int, None] = {}
        for cell in computed.inputs:
            for number in (
                self._evidence.every(cell.facts)
                if cell.formula
                else self._evidence.facts(cell.facts, limit=1)
            ):
                citations.setdefault(number)
        return Figure(
            label=computed.label,
            value=decimal_string(value),
            unit=shown,
            derivation=Derivation(
                operation=computed.operation,
                formula=formula,
                inputs=[self._input(cell) for cell in computed.inputs],
            ),
            citations=list(citations),
        )

    def _input(self, cell: Cell) -> InputFigure:
        return InputFigure(
            label=cell.label,
            value=decimal_string(cell.value),
            unit=cell.unit,
            citations=self._evidence.facts(cell.facts, limit=1),
        )

    def _derivation(self, cell: Cell, converted: Amount) -> Derivation:
        if cell.formula and cell.summed:
            operation = Operation.DERIVE if _is_derived(cell) else Operation.TOTAL
            formula = cell.formula
            inputs = [] if _is_derived(cell) else [self._fact_input(f) for f in cell.facts[:40]]
        else:
            operation, inputs = Operation.LOOKUP, []
            formula = f"{cell.label} = {format_amount(cell.value, cell.unit)}"
        if converted.unit != cell.unit:
            operation = Operation.CONVERT if operation is Operation.LOOKUP else operation
            formula = f"{formula}；{format_amount(cell.value, cell.unit)} = {converted}"
        return Derivation(operation=operation, formula=formula, inputs=inputs)

    def _fact_input(self, fact: Fact) -> InputFigure:
        assert fact.value is not None
        return InputFigure(
            label=fact.label,
            value=decimal_string(fact.value),
            unit=fact.unit,
            citations=[self._evidence.fact(fact)],
        )


def _is_derived(cell: Cell) -> bool:
    return cell.facts[0].origin == "derived"


def converted_to(cell: Cell, unit: str | None) -> Amount:
    """The cell's amount in the unit asked for; as published where none or no money is asked."""
    amount = Amount(cell.value, cell.unit)
    if unit is None or unit == cell.unit or cell.unit not in MONEY_UNITS:
        return amount
    return amount.to(unit)


def money(cell: Cell, unit: str | None = None) -> str:
    """A cell's amount as a sentence prints it."""
    return str(converted_to(cell, unit))


def unsigned(cell: Cell | Computed, unit: str | None = None) -> str:
    """The size of a change: 减少0.04万元 needs no sign."""
    amount = Amount(abs(cell.value), cell.unit)
    if unit and unit != cell.unit and cell.unit in MONEY_UNITS:
        amount = amount.to(unit)
    return str(amount)


def number(value: Decimal) -> str:
    """A bare number as a sentence prints it."""
    return format_number(value)
