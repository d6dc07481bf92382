"""``budget-qa serve``: the HTTP service and its page."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from cli.options import DataDir, needing_data, servers


def serve(
    host: Annotated[str | None, typer.Option(help="监听地址", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="监听端口", show_default="8000")] = None,
    workers: Annotated[int | None, typer.Option(help="工作进程数", show_default="1")] = None,
    data_dir: DataDir = None,
) -> None:
    """启动问答服务和网页；发布新数据后两秒内生效，不必重启。"""
    from pydantic import ValidationError

    from disclosure.embedding.choice import open_embedder, open_reranker
    from disclosure.store.releases import Releases
    from qa_service.app import serve as run
    from qa_service.records.database import open_records
    from qa_service.settings import PREFIX, Settings

    flags = {"host": host, "port": port, "workers": workers, "data_dir": data_dir}
    try:
        settings = Settings.model_validate(
            Settings().model_dump() | {name: v for name, v in flags.items() if v is not None}
        )
    except ValidationError as error:
        for wrong in error.errors():
            variable = PREFIX + "_".join(map(str, wrong["loc"])).upper()
            reason = wrong.get("ctx", {}).get("error", wrong["msg"])
            typer.secho(f"设置{variable}不对：{reason}", fg="red", err=True)
        raise typer.Exit(2) from error
    # The embedding engine would start a thread a core in every worker, and they would contend.
    cores = len(os.sched_getaffinity(0))
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, cores // settings.workers)))
    with needing_data():
        # A worker without its model would be started again and again, with a traceback each time.
        open_embedder()
        open_reranker()
        # Nor can it do without the servers that hold the releases.
        Releases(settings.data_dir, servers()).in_force()
        open_records(settings.data_dir, settings.records_url).dispose()
    run(settings)
