"""The bars of ``gate.toml`` and what falls below them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from eval.metrics import by_corpus_and_part, score, status_scores
from eval.runner import Record

GATE = Path(__file__).parent / "gate.toml"


class _Bar(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PartBar(_Bar):
    """The bar of one part of one corpus."""

    min_accuracy: float
    max_wrong_figure_rate: float


class CorpusBars(_Bar):
    """The bars of one corpus."""

    dev: PartBar
    heldout: PartBar


class RefusalBar(_Bar):
    """The bar of refusing, over everything asked."""

    min_precision: float
    min_recall: float


class Gate(_Bar):
    """All bars."""

    main: CorpusBars
    real: CorpusBars
    refused: RefusalBar

    def part_bar(self, group: str) -> PartBar:
        """The bar of a group as the metrics name it (``main.dev``)."""
        corpus, part = group.split(".")
        bars: PartBar = getattr(getattr(self, corpus), part)
        return bars


def read_gate(path: Path = GATE) -> Gate:
    """The bars in ``path``."""
    return Gate.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def shortfalls(records: Sequence[Record], gate: Gate) -> list[str]:
    """What falls below its bar, one line each; empty when the gate is passed."""
    lines = []
    for group, members in by_corpus_and_part(records).items():
        bar, reached = gate.part_bar(group), score(members)
        if reached.accuracy < bar.min_accuracy:
            lines.append(f"{group}：正确率 {reached.accuracy:.1%} < {bar.min_accuracy:.1%}")
        if reached.wrong_figure_rate > bar.max_wrong_figure_rate:
            lines.append(
                f"{group}：错误数字 {reached.wrong_figure_rate:.2%}"
                f" > {bar.max_wrong_figure_rate:.2%}"
            )
    refused = status_scores(records)["refused"]
    if refused.precision < gate.refused.min_precision:
        lines.append(f"拒答精确率 {refused.precision:.1%} < {gate.refused.min_precision:.1%}")
    if refused.recall < gate.refused.min_recall:
        lines.append(f"拒答召回率 {refused.recall:.1%} < {gate.refused.min_recall:.1%}")
    return lines
