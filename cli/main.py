"""The ``budget-qa`` command: one file a subcommand, each importing what it needs when it runs."""

from __future__ import annotations

import typer

from cli.ask import ask
from cli.check import check
from cli.evaluate import evaluate
from cli.export import export
from cli.ingest import ingest
from cli.keys import app as keys
from cli.mcp import mcp
from cli.reembed import reembed
from cli.remove import remove
from cli.serve import serve
from cli.staff import app as staff
from cli.train_embedding import train_embedding

app = typer.Typer(
    name="budget-qa",
    help="预算问：就部门预算、决算公开文件提问，每个数字都有出处。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(ingest)
app.command()(remove)
app.command()(reembed)
app.command()(serve)
app.command()(ask)
app.command()(check)
app.command()(train_embedding)
app.command()(export)
app.command()(mcp)
app.add_typer(keys, name="keys")
app.add_typer(staff, name="staff")
app.command(
    "eval",
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": [],
    },
)(evaluate)


def main() -> None:
    """Entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
