"""``budget-qa eval``: hands over to the evaluation's own command line."""

from __future__ import annotations

import typer

from cli.options import needing_data


def evaluate(context: typer.Context) -> None:
    """评测：逐题提问并对照标准答案（选项见 budget-qa eval --help）。"""
    from eval.cli import app

    with needing_data():
        app(args=context.args, prog_name="budget-qa eval")
