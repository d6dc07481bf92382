"""``budget-qa reembed``: everything held, embedded by the model that is set."""

from __future__ import annotations

from rich.console import Console

from cli.options import DataDir, data_directory, needing_data, servers


def reembed(data_dir: DataDir = None) -> None:
    """更换向量模型（BUDGET_QA_EMBEDDING）之后，用现在的模型重新生成全部向量并发布。

    不重新读取文件；运行中的服务仍用原来的数据，以新设置重启后生效。没有已发布的数据时退出状态为 4。
    """
    from cli.progress import drawing
    from disclosure.embedding.choice import open_embedder
    from ingest.pipeline import reembed as embed_anew

    with needing_data(), drawing() as progress:
        embedder = open_embedder()
        published, count = embed_anew(data_directory(data_dir), progress, embedder, servers())
    state = "已发布" if published.changed else "没有变化，仍为"
    Console(highlight=False).print(
        f"{state} {published.release_id}，向量模型 {embedder.identity}，新生成向量 {count} 条"
    )
