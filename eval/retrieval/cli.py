"""The ``budget-qa eval retrieval`` command: what the retrievers find, by theme."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from disclosure.embedding.choice import open_embedder, open_reranker
from disclosure.settings import ModelSettings
from disclosure.store.provider import LibraryProvider
from eval.cases import CaseError, Part
from eval.corpus import SHIPPED
from eval.retrieval.cases import load_gold
from eval.retrieval.report import as_json, print_report
from eval.retrieval.runner import retrievers, run
from eval.retrieval.sweep import print_sweep, sweep
from ingest.pipeline import ingest_paths


def retrieval(
    data_dir: Annotated[
        Path | None,
        typer.Option(help="用这个数据目录；缺省时临时采集项目自带的公开文件", show_default=False),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="把结果写成 JSON 文件", show_default=False)
    ] = None,
    weights: Annotated[
        bool, typer.Option("--sweep", help="再逐一试验融合权重（开发部分选定，留出部分验证）")
    ] = False,
) -> None:
    """检索评测：BM25、向量、融合（及所设的重排）各找到多少，按主题给出 hit@k、MRR、nDCG。"""
    settings = ModelSettings()
    embedder, reranker = open_embedder(settings), open_reranker(settings)
    console = Console()
    files = load_gold()
    console.print(f"向量模型 {embedder.identity}；重排 {settings.reranker or '未设'}", markup=False)
    with _directory(data_dir) as directory:
        library = LibraryProvider(directory, embedder).current()
        try:
            found = run(files, Part, library, retrievers(library, reranker))
        except CaseError as error:
            raise typer.BadParameter(str(error)) from error
        print_report(found, console)
        if weights:
            print_sweep(sweep(files, library), console)
    if json_file is not None:
        text = json.dumps(as_json(found), ensure_ascii=False, indent=1)
        json_file.write_text(text, encoding="utf-8")


@contextmanager
def _directory(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="budget-qa-retrieval-") as folder:
        ingest_paths([SHIPPED], Path(folder))
        yield Path(folder)
