"""A measured figure with the budget that it has to keep, and how figures are shown and written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Budget:
    """What a figure must not exceed (``≤``) or reach at least (``≥``)."""

    bound: Literal["≤", "≥"]
    value: float

    def kept_by(self, value: float) -> bool:
        """Whether a measured value keeps this budget."""
        return value <= self.value if self.bound == "≤" else value >= self.value


@dataclass(frozen=True)
class Figure:
    """One line of the report; ``group`` says under which circumstances it was measured."""

    group: str
    name: str
    value: float
    unit: str
    budget: Budget | None = None


def show(figures: Sequence[Figure]) -> None:
    """Print the figures as one table, a section a group."""
    table = Table(title="speed and memory, seed corpus")
    table.add_column("measured")
    for header in ("value", "budget"):
        table.add_column(header, justify="right")
    table.add_column("kept")
    shown = ""
    for figure in figures:
        if figure.group != shown:
            table.add_section()
            table.add_row(f"[bold]{figure.group}[/bold]")
        budget = figure.budget
        table.add_row(
            f"  {figure.name}",
            f"{figure.value:,.2f} {figure.unit}",
            f"{budget.bound} {budget.value:g} {figure.unit}" if budget else "",
            "" if budget is None else "yes" if budget.kept_by(figure.value) else "[red]no[/red]",
        )
        shown = figure.group
    Console().print(table)


def write(figures: Sequence[Figure], path: Path) -> None:
    """Write the figures as a JSON list, with ``kept`` true, false or, without a budget, null."""
    rows = [
        asdict(figure) | {"kept": figure.budget.kept_by(figure.value) if figure.budget else None}
        for figure in figures
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
