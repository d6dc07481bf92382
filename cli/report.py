"""The report of an ingest on the terminal and as JSON."""

from __future__ import annotations

from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table

from disclosure.model import Outcome
from ingest.report import DisclosureReport, IngestReport, Taken

_MARKS = {Taken.TAKEN: "[green]取用[/]", Taken.DUPLICATE: "重复", Taken.REFUSED: "[red]拒绝[/]"}
#: More weak tables or mismatches than this of one disclosure are counted, not listed.
_LISTED = 8


def report_json(report: IngestReport) -> str:
    """The whole report as data."""
    fields = TypeAdapter(IngestReport).dump_python(report, mode="json")
    return (
        TypeAdapter(dict)
        .dump_json(fields | {"exit_status": report.exit_status}, indent=2, ensure_ascii=False)
        .decode()
    )


def print_report(report: IngestReport) -> None:
    """Disclosures in a table, then what people should look at."""
    console = Console(highlight=False)
    if report.disclosures:
        console.print(_table(report))
    for file in report.files:
        if file.outcome is not Taken.TAKEN:
            console.print(f"{_MARKS[file.outcome]} {file.name}：", end="")
            console.print(file.reason, markup=False)
    for note in report.notes:
        console.print(f"提示：{note}", style="yellow", markup=False)
    for disclosure in report.disclosures:
        _print_weak(console, disclosure)
        _print_mismatches(console, disclosure)
    _print_summary(console, report)


def _table(report: IngestReport) -> Table:
    table = Table(title="本次取用", title_justify="left", padding=(0, 0, 0, 1))
    table.add_column("编号", no_wrap=True, min_width=12)
    table.add_column("部门", overflow="fold", min_width=12)
    for name in ("年度", "版本", "报表", "数字", "段落", "不符", "秒"):
        width = len("12/3456") if name == "不符" else 4
        table.add_column(name, justify="right", min_width=width, no_wrap=True)
    table.add_column("文件", no_wrap=True)
    for d in report.disclosures:
        table.add_row(
            d.id,
            d.department,
            str(d.year),
            str(d.version),
            *map(str, (d.tables, d.facts, d.passages)),
            _mismatches(d),
            f"{d.seconds:.1f}",
            d.files[0] + (f" 等{len(d.files)}个" if len(d.files) > 1 else ""),
        )
    return table


def _mismatches(disclosure: DisclosureReport) -> str:
    """Mismatches of the checks that were run."""
    findings = disclosure.findings
    run = sum(n for outcome, n in findings.items() if outcome != Outcome.NOT_CHECKED.value)
    return f"{findings.get(Outcome.MISMATCH.value, 0)}/{run}" if run else "—"


def _print_weak(console: Console, disclosure: DisclosureReport) -> None:
    for weak in disclosure.weak_tables[:_LISTED]:
        page = f"第{weak.page}页" if weak.page else ""
        console.print(
            f"把握不大：{disclosure.department}{page}{weak.name}"
            f"（{weak.confidence:.0%}）{weak.reason}",
            style="yellow",
            markup=False,
        )
    if (more := len(disclosure.weak_tables) - _LISTED) > 0:
        console.print(f"……{disclosure.department}另有 {more} 张", style="yellow", markup=False)


def _print_mismatches(console: Console, disclosure: DisclosureReport) -> None:
    for message in disclosure.mismatches[:_LISTED]:
        console.print(
            f"不符：{disclosure.department}{disclosure.year}年 {message}", style="red", markup=False
        )
    if (more := len(disclosure.mismatches) - _LISTED) > 0:
        console.print(
            f"……{disclosure.department}另有 {more} 处，详见 budget-qa check",
            style="red",
            markup=False,
        )


def _print_summary(console: Console, report: IngestReport) -> None:
    counts = dict.fromkeys(Taken, 0)
    for file in report.files:
        counts[file.outcome] += 1
    stages = {"read": "读取", "build": "解析", "embed": "向量", "publish": "发布"}
    spent = "，".join(
        f"{label} {report.seconds[stage]:.1f} 秒"
        for stage, label in stages.items()
        if stage in report.seconds
    )
    state = "已发布" if report.changed else "没有变化，仍为"
    release = f"{state} {report.release_id}" if report.release_id else "没有发布任何数据"
    console.print(
        f"文件 {len(report.files)} 个：取用 {counts[Taken.TAKEN]}，"
        f"重复 {counts[Taken.DUPLICATE]}，拒绝 {counts[Taken.REFUSED]}。{release}（{spent}）"
    )
