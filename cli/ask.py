"""``budget-qa ask``: one question, one answer, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from cli.options import AsJson, DataDir, data_directory, needing_data, servers

if TYPE_CHECKING:
    from qa_service.answering.answer import Answer


def ask(
    question: Annotated[str, typer.Argument(help="要问的问题")],
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """提一个问题，给出答案、计算式和出处。"""
    from qa_service.answering.service import open_service
    from qa_service.settings import Settings

    with needing_data():
        service = open_service(
            data_directory(data_dir), Settings().own_department, servers=servers()
        )
        answer = service.ask(question)
    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
    else:
        _print(answer)


def _print(answer: Answer) -> None:
    console = Console(highlight=False)
    console.print(answer.answer, style="bold", markup=False)
    for figure in answer.figures:
        if figure.derivation.formula:
            console.print(f"计算：{figure.derivation.formula}", style="cyan", markup=False)
    for citation in answer.citations:
        place = "，".join(
            f"{name}{number}"
            for name, number in (
                ("第", f"{citation.locator.page}页" if citation.locator.page else ""),
                ("第", f"{citation.locator.line}行" if citation.locator.line else ""),
            )
            if number
        )
        console.print(
            f"[{citation.id}] {citation.disclosure} {citation.title} {place}", markup=False
        )
        console.print(f"    {citation.quote}", style="dim", markup=False)
    for option in answer.options:
        console.print(f"· {option}", markup=False)
