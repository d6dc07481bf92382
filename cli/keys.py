"""``budget-qa keys``: API keys of programs."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.options import AsJson, DataDir, data_directory, needing_data
from qa_service.local_time import iso, stamp
from qa_service.records.scopes import KeyScope

if TYPE_CHECKING:
    from pathlib import Path

    from qa_service.records.keys import Key, Keys

app = typer.Typer(name="keys", help="程序使用接口的密钥：发给、列出、撤销。", no_args_is_help=True)

_DAY = 86_400
#: Exit status of a command that finds no such key, as of ``remove``.
_MISSING = 3
_SCOPES = "、".join(KeyScope)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="用来辨认使用它的程序")],
    scope: Annotated[
        list[KeyScope] | None,
        typer.Option(help=f"可用于：{_SCOPES}；可重复", show_default="ask、read"),
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, help="多少天后过期；不给则一直有效，直到撤销")
    ] = None,
    per_minute: Annotated[
        int | None,
        typer.Option(min=0, help="每分钟最多多少次（0 不限）；不给则为 BUDGET_QA_KEY_PER_MINUTE"),
    ] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """发一个密钥。密钥只显示这一次，服务只存它的散列值。"""
    try:
        key, text = _keys(data_dir).add(
            name,
            scope or [KeyScope.ASK, KeyScope.READ],
            None if days is None else days * _DAY,
            per_minute,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        typer.echo(json.dumps({**_data(key), "key": text}, ensure_ascii=False, indent=2))
        return
    typer.echo(text)
    console = Console(stderr=True, highlight=False)
    console.print(f"编号{key.id}。请现在存好，以后无法再看到。", markup=False)
    console.print("用法：Authorization: Bearer 密钥", style="dim", markup=False)


@app.command("list")
def list_keys(as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """列出所有密钥（不含密钥本身）。"""
    keys = _keys(data_dir).all()
    if as_json:
        typer.echo(json.dumps([_data(key) for key in keys], ensure_ascii=False, indent=2))
        return
    table = Table()
    table.add_column("编号", no_wrap=True)
    for column in ("名称", "可用于", "每分钟", "发给", "到期", "最近使用", "状态"):
        table.add_column(column)
    now = time.time()
    for key in keys:
        table.add_row(
            key.id,
            key.name,
            "、".join(sorted(key.scopes)),
            "缺省" if key.per_minute is None else str(key.per_minute),
            _date(key.created),
            _date(key.expires),
            _date(key.used),
            _state(key, now),
        )
    Console(highlight=False).print(table)


@app.command()
def revoke(
    ids: Annotated[list[str], typer.Argument(help="密钥的编号，见 keys list")],
    data_dir: DataDir = None,
) -> None:
    """撤销密钥，立即生效。没有这个编号或早已撤销时退出状态为 3。"""
    keys = _keys(data_dir)
    missing = [identity for identity in ids if not keys.revoke(identity)]
    console = Console(stderr=True, highlight=False)
    for identity in missing:
        console.print(f"没有编号为 {identity} 的有效密钥", style="red", markup=False)
    raise typer.Exit(_MISSING if missing else 0)


def _keys(data_dir: Path | None) -> Keys:
    from qa_service.records.database import open_records
    from qa_service.records.keys import Keys
    from qa_service.settings import Settings

    with needing_data():
        return Keys(open_records(data_directory(data_dir), Settings().records_url))


def _data(key: Key) -> dict[str, object]:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "per_minute": key.per_minute,
        "created": _iso(key.created),
        "expires": _iso(key.expires),
        "revoked": _iso(key.revoked),
        "used": _iso(key.used),
    }


def _iso(seconds: float | None) -> str | None:
    return None if seconds is None else iso(seconds)


def _date(seconds: float | None) -> str:
    return "—" if seconds is None else stamp(seconds)[:-3]


def _state(key: Key, now: float) -> str:
    if key.revoked is not None:
        return "已撤销"
    return "已过期" if key.expires is not None and key.expires <= now else "有效"
