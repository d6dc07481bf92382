"""``budget-qa ingest``: files, folders and ZIPs into a release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.options import AsJson, DataDir, data_directory, needing_data, servers

#: What is taken in where no path is given: the disclosures that the project ships.
SHIPPED = Path("data/disclosures")


def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="文件、目录或 ZIP；缺省为 data/disclosures/", show_default=False),
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """导入公开文件并发布：新增的加入，更正的取代旧版，坏文件逐个说明原因。

    退出状态：0 全部取用（含重复）；3 部分被拒、其余已发布；4 没有发布任何文件。
    """
    from cli.progress import drawing
    from cli.report import print_report, report_json
    from ingest.pipeline import ingest_paths

    with needing_data(), drawing(quiet=as_json) as progress:
        report = ingest_paths(
            paths or [SHIPPED], data_directory(data_dir), progress, servers=servers()
        )
    if as_json:
        typer.echo(report_json(report))
    else:
        print_report(report)
    raise typer.Exit(report.exit_status)
