"""``budget-qa export``: what is published, as open data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli.options import DataDir, needing_data, published


def export(
    ids: Annotated[
        list[str] | None,
        typer.Argument(help="公开文件的编号；缺省为全部", show_default=False),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪个目录")] = Path("export"),
    passages: Annotated[bool, typer.Option("--passages", help="连同文字段落")] = False,
    data_dir: DataDir = None,
) -> None:
    """导出开放数据：CSV、Parquet和数据包描述文件（Frictionless Data Package），数值与原文一致。

    编号不存在或写不进目录时退出状态为 3，什么也没有发布时为 4。
    """
    from disclosure.export.errors import ExportError
    from disclosure.export.package import export_package

    with needing_data():
        library = published(data_dir)
    try:
        written = export_package(library, output, ids or (), passages)
    except ExportError as error:
        Console(stderr=True).print(str(error), style="red", highlight=False, markup=False)
        raise typer.Exit(3) from error
    Console(highlight=False).print(f"已写出 {written}", markup=False, soft_wrap=True)
