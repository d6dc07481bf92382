"""The ``budget-qa eval`` command: read cases, ask them, report, and hold the gate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from eval.cases import CASES, CaseError, Part, load_cases
from eval.corpus import Corpus, arrange, corpus_folder
from eval.gate import read_gate, shortfalls
from eval.planners import PlannerRun, comparison_json, print_comparison, runs_of
from eval.promoting import promote
from eval.report import as_json, print_report
from eval.retrieval.cli import retrieval
from eval.runner import run
from eval.service import opened, spent

app = typer.Typer(name="eval", add_completion=False)
app.command("retrieval")(retrieval)
app.command("promote")(promote)


class Parts(StrEnum):
    """Which cases to ask."""

    DEV = "dev"
    HELDOUT = "heldout"
    ALL = "all"

    @property
    def members(self) -> tuple[Part, ...]:
        """The parts meant."""
        return tuple(Part) if self is Parts.ALL else (Part(self.value),)


@app.callback(invoke_without_command=True)
def evaluate(
    context: typer.Context,
    part: Annotated[Parts, typer.Option(help="开发部分、留出部分或全部")] = Parts.ALL,
    cases: Annotated[Path, typer.Option(help="评测用例文件夹")] = CASES,
    data_dir: Annotated[
        Path | None, typer.Option(help="对这个数据目录提问；缺省时临时采集所需公开文件")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="把结果写成 JSON 文件")] = None,
    gate: Annotated[
        bool, typer.Option("--gate/--no-gate", help="未达 gate.toml 标准时以状态 1 结束")
    ] = True,
    planner: Annotated[
        str,
        typer.Option(help="规划器：embedded、llm、auto，可用逗号分开几个对照；报告首个的详情"),
    ] = "embedded",
) -> None:
    """评测：逐题提问，给出各主题的正确率、错误数字和用时。"""
    if context.invoked_subcommand is not None:
        return
    console = Console()
    try:
        files = load_cases(cases, part.members)
        runs = runs_of(planner)
    except (CaseError, ValueError) as error:
        raise typer.BadParameter(str(error)) from error
    corpora, skipped = arrange(files, corpus_folder())
    for skip in skipped:
        console.print(f"[yellow]{skip}[/]")
    for corpus in corpora:
        _ask(corpus, runs, data_dir, console)
    records = runs[0].records
    print_report(records, console)
    if len(runs) > 1:
        print_comparison(runs, console)
    if json_file is not None:
        data = as_json(records, [str(skip) for skip in skipped])
        data["planners"] = comparison_json(runs)
        json_file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    if gate:
        bars = read_gate()
        lines = [f"{one.name} {line}" for one in runs for line in shortfalls(one.records, bars)]
        for line in lines:
            console.print(f"[red]未达标：{line}[/]")
        if lines or not records:
            raise typer.Exit(1)


def _ask(
    corpus: Corpus, runs: Sequence[PlannerRun], data_dir: Path | None, console: Console
) -> None:
    """Ask every planner the cases of a corpus, over the same data."""
    if data_dir is None:
        console.print(f"采集 {corpus.name} 的公开文件（{len(corpus.paths)} 项）…")
    total = sum(len(file.cases) for file in corpus.files)
    with (
        opened(corpus.paths, [one.settings for one in runs], data_dir) as services,
        Progress(console=console) as progress,
    ):
        for one, service in zip(runs, services, strict=True):
            task = progress.add_task(f"{corpus.name} {one.name}", total=total)
            for record in run(corpus.name, corpus.files, service):
                one.records.append(record)
                progress.advance(task)
            one.usage += spent(service)
