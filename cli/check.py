"""``budget-qa check``: the reconciliation (勾稽关系) report of what is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.findings import OUTCOME_NAMES, Checked, as_json, passed_share, total
from cli.options import AsJson, DataDir, needing_data, published
from disclosure.model import Outcome


def check(
    data_dir: DataDir = None,
    as_data: AsJson = False,
    html: Annotated[
        Path | None, typer.Option(help="把报告另存为网页文件", show_default=False)
    ] = None,
) -> None:
    """勾稽核对报告：逐份列出相符、四舍五入、不符和未核对的处数和相符率，不符的逐条列出。

    未核对的不计入相符。每条规则的含义、未核对的原因见网页报告（--html）；--json 列出全部结果。
    """
    with needing_data():
        library = published(data_dir)
    checked = [Checked(d, tuple(library.findings(d.id))) for d in library.disclosures()]
    if html is not None:
        from cli.findings_page import page

        html.write_text(page(checked), encoding="utf-8")
    if as_data:
        typer.echo(as_json(checked))
        return
    console = Console(highlight=False)
    console.print(_table(checked))
    for one in checked:
        for finding in one.of(Outcome.MISMATCH):
            where = f"{one.title} {finding.rule}"
            console.print(f"不符：{where}：{finding.message}", style="red", markup=False)
    if html is not None:
        console.print(f"网页报告已存为 {html}", markup=False)


def _table(checked: Sequence[Checked]) -> Table:
    table = Table(title="勾稽核对", title_justify="left")
    table.add_column("编号", no_wrap=True)
    table.add_column("公开文件", overflow="fold")
    for outcome in Outcome:
        table.add_column(OUTCOME_NAMES[outcome], justify="right")
    table.add_column("相符率", justify="right")
    for one in checked:
        table.add_row(one.disclosure.id, one.title, *_cells(one.counts))
    table.add_section()
    table.add_row("", "合计", *_cells(total(checked)))
    return table


def _cells(counts: Counter[Outcome]) -> list[str]:
    return [*(str(counts[outcome]) for outcome in Outcome), passed_share(counts)]
