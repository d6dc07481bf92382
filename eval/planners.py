"""Several planners asked the same cases, side by side: accuracy, wrong figures, time, tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, get_args

from rich.console import Console

from eval.metrics import by_corpus_and_part, score
from eval.report import plain_table, score_json
from eval.runner import Record
from qa_service.llm.counting import Usage
from qa_service.llm.errors import EndpointUnsetError
from qa_service.llm.settings import LlmSettings, Mode


@dataclass(slots=True)
class PlannerRun:
    """One planner's run: what it answered, and what its model was asked."""

    settings: LlmSettings
    records: list[Record] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)

    @property
    def name(self) -> str:
        """The planner's mode."""
        return self.settings.planner

    @property
    def by_model(self) -> int:
        """How many answers rest on the model's plan."""
        return sum(record.answer.planner == "llm" for record in self.records)


def runs_of(names: str) -> list[PlannerRun]:
    """A run for each planner of a comma-separated list; ``ValueError`` tells what is wrong."""
    modes: tuple[Mode, ...] = get_args(Mode)
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in modes]
    if unknown or not wanted or len(set(wanted)) < len(wanted):
        raise ValueError(f"“{names}”不是规划器的列表，可选：{'、'.join(modes)}，用逗号分开")
    try:
        chosen = sorted((m for m in modes if m in wanted), key=wanted.index)
        return [PlannerRun(LlmSettings(planner=mode)) for mode in chosen]
    except EndpointUnsetError as error:
        raise ValueError(str(error)) from error


def print_comparison(runs: Sequence[PlannerRun], console: Console) -> None:
    """One line a planner; then where their verdicts differ."""
    table = plain_table("规划器对照", "规划器")
    for heading in ("题数", "正确率", "错数", "模型作答", "p50", "p95ms", "请求", "输入", "输出"):
        table.add_column(heading, justify="right", no_wrap=True)
    for run in runs:
        s = score(run.records)
        table.add_row(
            run.name,
            str(s.cases),
            f"{s.accuracy:.1%}",
            str(s.wrong_figures),
            str(run.by_model),
            f"{s.p50_ms:.0f}",
            f"{s.p95_ms:.0f}",
            str(run.usage.requests),
            str(run.usage.prompt_tokens),
            str(run.usage.completion_tokens),
        )
    console.print(table)
    for identity, verdicts in _differing(runs).items():
        console.print(f"{identity}　{verdicts}", markup=False, highlight=False)


def comparison_json(runs: Sequence[PlannerRun]) -> dict[str, Any]:
    """The comparison as data, by planner."""
    return {
        run.name: {
            **score_json(score(run.records)),
            "answered_by_model": run.by_model,
            **asdict(run.usage),
            "groups": {
                name: score_json(score(group))
                for name, group in by_corpus_and_part(run.records).items()
            },
            "verdicts": {_key(record): record.verdict.kind.value for record in run.records},
        }
        for run in runs
    }


def _differing(runs: Sequence[PlannerRun]) -> dict[str, str]:
    """Cases that the planners do not all come to the same verdict on."""
    told: dict[str, dict[str, str]] = {}
    for run in runs:
        for record in run.records:
            told.setdefault(_key(record), {})[run.name] = record.verdict.kind.value
    return {
        key: "，".join(f"{name} {verdict}" for name, verdict in verdicts.items())
        for key, verdicts in told.items()
        if len(set(verdicts.values())) > 1
    }


def _key(record: Record) -> str:
    return f"{record.corpus}.{record.part.value}/{record.theme}/{record.case.id}"
