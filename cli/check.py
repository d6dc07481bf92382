"""``budget-qa check``: the reconciliation (勾稽关系) report of what is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table

from cli.options import AsJson, DataDir, data_directory, needing_data
from disclosure.model import Disclosure, Finding, Outcome

_NAMES = {
    Outcome.PASS: "相符",
    Outcome.ROUNDING: "四舍五入",
    Outcome.MISMATCH: "不符",
    Outcome.NOT_CHECKED: "未核对",
}
Findings = Sequence[tuple[Disclosure, Sequence[Finding]]]


def check(
    data_dir: DataDir = None,
    as_json: AsJson = False,
    html: Annotated[
        Path | None, typer.Option(help="把报告另存为网页文件", show_default=False)
    ] = None,
) -> None:
    """勾稽核对报告：逐份列出相符、四舍五入、不符和未核对的条数，不符的逐条列出。"""
    from disclosure.embedding.choice import open_embedder
    from disclosure.store.provider import LibraryProvider

    with needing_data():
        library = LibraryProvider(data_directory(data_dir), open_embedder()).current()
    findings = [(d, library.findings(d.id)) for d in library.disclosures()]
    if as_json:
        typer.echo(_as_json(findings))
        return
    console = Console(highlight=False, record=html is not None)
    console.print(_table(findings))
    for disclosure, found in findings:
        for finding in found:
            if finding.outcome is Outcome.MISMATCH:
                console.print(
                    f"不符：{disclosure.department}{disclosure.year}年 {finding.rule}："
                    f"{finding.message}",
                    style="red",
                    markup=False,
                )
    if html is not None:
        console.save_html(str(html))


def _table(findings: Findings) -> Table:
    table = Table(title="勾稽核对", title_justify="left")
    for name in ("编号", "部门", "年度"):
        table.add_column(name)
    for outcome in Outcome:
        table.add_column(_NAMES[outcome], justify="right")
    for disclosure, found in findings:
        counts = Counter(f.outcome for f in found)
        table.add_row(
            disclosure.id,
            disclosure.department,
            str(disclosure.year),
            *(str(counts[outcome]) for outcome in Outcome),
        )
    return table


def _as_json(findings: Findings) -> str:
    data = [
        {
            "id": disclosure.id,
            "department": disclosure.department,
            "year": disclosure.year,
            "findings": TypeAdapter(tuple[Finding, ...]).dump_python(tuple(found), mode="json"),
        }
        for disclosure, found in findings
    ]
    return TypeAdapter(list).dump_json(data, indent=2, ensure_ascii=False).decode()
