"""The ``budget-qa eval`` command: read cases, ask them, report, and hold the gate."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from eval.cases import CASES, CaseError, Part, load_cases
from eval.corpus import arrange, corpus_folder
from eval.gate import read_gate, shortfalls
from eval.promoting import promote
from eval.report import as_json, print_report
from eval.retrieval.cli import retrieval
from eval.runner import Record, run
from eval.service import opened

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
) -> None:
    """评测：逐题提问，给出各主题的正确率、错误数字和用时。"""
    if context.invoked_subcommand is not None:
        return
    console = Console()
    try:
        files = load_cases(cases, part.members)
    except CaseError as error:
        raise typer.BadParameter(str(error)) from error
    corpora, skipped = arrange(files, corpus_folder())
    for skip in skipped:
        console.print(f"[yellow]{skip}[/]")
    records: list[Record] = []
    for corpus in corpora:
        if data_dir is None:
            console.print(f"采集 {corpus.name} 的公开文件（{len(corpus.paths)} 项）…")
        with opened(corpus.paths, data_dir) as service, Progress(console=console) as progress:
            task = progress.add_task(corpus.name, total=sum(len(f.cases) for f in corpus.files))
            for record in run(corpus.name, corpus.files, service):
                records.append(record)
                progress.advance(task)
    print_report(records, console)
    if json_file is not None:
        data = as_json(records, [str(skip) for skip in skipped])
        json_file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    if gate:
        lines = shortfalls(records, read_gate())
        for line in lines:
            console.print(f"[red]未达标：{line}[/]")
        if lines or not records:
            raise typer.Exit(1)
