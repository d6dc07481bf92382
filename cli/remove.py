"""``budget-qa remove``: takes disclosures out of the release."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from cli.options import DataDir, data_directory, needing_data, servers


def remove(
    ids: Annotated[list[str], typer.Argument(help="公开文件的编号，见 ingest 或 check 的输出")],
    data_dir: DataDir = None,
) -> None:
    """撤下公开文件；重新导入原文件即可恢复。编号不存在时退出状态为 3。"""
    from cli.progress import drawing
    from ingest.pipeline import remove_disclosures

    with needing_data(), drawing() as progress:
        published, missing = remove_disclosures(
            ids, data_directory(data_dir), progress, servers=servers()
        )
    console = Console(highlight=False)
    for disclosure_id in missing:
        console.print(f"没有编号为 {disclosure_id} 的公开文件", style="red")
    if published.changed:
        console.print(f"已发布 {published.release_id}，撤下 {published.removed} 份")
    raise typer.Exit(3 if missing else 0)
