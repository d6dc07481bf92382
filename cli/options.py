"""Options that several commands share, and how a command ends where there is no data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from disclosure.settings import StoreSettings

if TYPE_CHECKING:
    from disclosure.library import Library
    from disclosure.store.servers import Servers

#: Exit status of a command that finds nothing published.
NOTHING_PUBLISHED = 4

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="数据目录；缺省为环境变量 BUDGET_QA_DATA_DIR，再缺省为 ./var",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


def data_directory(given: Path | None) -> Path:
    """The data directory: the flag, else the environment, else ./var."""
    return given if given is not None else StoreSettings().data_dir


def servers() -> Servers:
    """The servers that the environment names; raises ``StoreError`` where it names none rightly."""
    from disclosure.store.servers import Servers

    settings = StoreSettings()
    return Servers(settings.database_url, settings.chroma_url)


def published(data_dir: Path | None) -> Library:
    """The release in force, for a command that reads it itself; raises ``StoreError`` where there
    is none, ``ModelError`` where the model that embeds is not to be had."""
    from disclosure.embedding.choice import open_embedder
    from disclosure.store.provider import LibraryProvider

    return LibraryProvider(data_directory(data_dir), open_embedder(), servers=servers()).current()


@contextmanager
def needing_data() -> Iterator[None]:
    """End a command with the remedy where a store or a model is not to be had, or nothing is
    published."""
    from disclosure.embedding.errors import ModelError
    from disclosure.store.errors import StoreError

    try:
        yield
    except (StoreError, ModelError) as error:
        Console(stderr=True).print(str(error), style="red", highlight=False)
        raise typer.Exit(NOTHING_PUBLISHED) from error
