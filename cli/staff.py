"""``budget-qa staff``: local accounts of the staff console."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from cli.options import DataDir, data_directory, needing_data
from qa_service.records.roles import ROLE_NAMES, Role

if TYPE_CHECKING:
    from qa_service.staff.managing import Managing

app = typer.Typer(help="管理工作台（/staff）的本地账号。", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="账号名称")]


@app.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="应答员、审核员或管理员")] = Role.ANSWERER,
    data_dir: DataDir = None,
) -> None:
    """新建账号；密码在提示后输入，或由标准输入给出。"""
    password = _password()
    with _managing(data_dir) as managing:
        managing.add(name, role, password, by=_by())
    _say(f"已新建账号“{name}”（{ROLE_NAMES[role]}）")


@app.command("list")
def list_accounts(data_dir: DataDir = None) -> None:
    """列出账号、权限和状态。"""
    table = Table("账号", "权限", "登录方式", "状态")
    with _managing(data_dir) as managing:
        for account in managing.all():
            table.add_row(
                account.name,
                ROLE_NAMES[account.role],
                "统一身份认证" if account.federated else "密码",
                "已停用" if account.disabled else "正常",
            )
    Console().print(table)


@app.command()
def disable(name: Name, data_dir: DataDir = None) -> None:
    """停用账号，并结束它的所有登录。"""
    with _managing(data_dir) as managing:
        managing.set_disabled(managing.named(name), True, by=_by())
    _say(f"已停用账号“{name}”")


@app.command()
def enable(name: Name, data_dir: DataDir = None) -> None:
    """恢复停用的账号。"""
    with _managing(data_dir) as managing:
        managing.set_disabled(managing.named(name), False, by=_by())
    _say(f"已恢复账号“{name}”")


@app.command()
def role(
    name: Name,
    to: Annotated[Role, typer.Argument(help="新的权限")],
    data_dir: DataDir = None,
) -> None:
    """改变账号的权限。"""
    with _managing(data_dir) as managing:
        managing.set_role(managing.named(name), to, by=_by())
    _say(f"账号“{name}”的权限已改为{ROLE_NAMES[to]}")


@app.command()
def password(name: Name, data_dir: DataDir = None) -> None:
    """重设账号的密码，并结束它的所有登录。"""
    new = _password()
    with _managing(data_dir) as managing:
        managing.set_password(managing.named(name), new, by=_by())
    _say(f"已重设账号“{name}”的密码")


@contextmanager
def _managing(data_dir: Path | None) -> Iterator[Managing]:
    """The accounts; what cannot be done is told, and ends the command with status 1."""
    from qa_service.records.accounts import AccountError
    from qa_service.records.database import open_records
    from qa_service.settings import Settings
    from qa_service.staff.console import open_signing_in
    from qa_service.staff.managing import Managing
    from qa_service.staff.passwords import WeakPasswordError

    settings = Settings()
    with needing_data():
        engine = open_records(data_directory(data_dir), settings.records_url)
    try:
        yield Managing(open_signing_in(engine, settings))
    except (AccountError, WeakPasswordError) as error:
        Console(stderr=True).print(str(error), style="red", highlight=False)
        raise typer.Exit(1) from error
    finally:
        engine.dispose()


def _password() -> str:
    """Typed twice at a prompt, or the first line of what is piped in."""
    if sys.stdin.isatty():
        return str(typer.prompt("密码", hide_input=True, confirmation_prompt="再输一次"))
    return sys.stdin.readline().rstrip("\r\n")


def _by() -> str:
    from qa_service.records.audit import COMMAND_LINE

    return COMMAND_LINE


def _say(text: str) -> None:
    Console().print(text, highlight=False, markup=False)
