"""The measurement of retrieval as people and programs read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from eval.cases import Part
from eval.report import plain_table
from eval.retrieval.metrics import DEPTHS, Quality, quality
from eval.retrieval.runner import Found

#: What a group of all themes is called.
TOTAL = "合计"


def print_report(found: Sequence[Found], console: Console) -> None:
    """A table for each part: every retriever by theme, and over all of them."""
    for part in Part:
        members = [f for f in found if f.part is part]
        if members:
            console.print(_table(f"检索质量（{part.value}）", members))


def as_json(found: Sequence[Found]) -> dict[str, Any]:
    """The same as data, with the place of the first right passage of every question."""
    return {
        "quality": [
            {
                "part": part.value,
                "theme": theme,
                "retriever": retriever,
                **quality_data(quality([f.ranking for f in members])),
            }
            for part in Part
            for theme, retriever, members in _groups([f for f in found if f.part is part])
        ],
        "cases": [
            {
                "id": f.case.id,
                "part": f.part.value,
                "theme": f.theme,
                "retriever": f.retriever,
                "question": f.case.question,
                "place": next((n for n, hit in enumerate(f.ranking.hits, 1) if hit), None),
            }
            for f in found
        ],
    }


def _groups(found: Sequence[Found]) -> list[tuple[str, str, list[Found]]]:
    """Theme by theme and then all, each by retriever."""
    retrievers = list(dict.fromkeys(f.retriever for f in found))
    themes = [*dict.fromkeys(f.theme for f in found), TOTAL] if found else []
    return [
        (
            theme,
            name,
            [f for f in found if f.retriever == name and theme in (f.theme, TOTAL)],
        )
        for theme in themes
        for name in retrievers
    ]


def _table(title: str, found: Sequence[Found]) -> Table:
    table = quality_table(title, "主题", "检索", "题数")
    previous = ""
    for theme, retriever, members in _groups(found):
        if previous and theme != previous:
            table.add_section()
        shown = theme if theme != previous else ""
        measured = quality([f.ranking for f in members])
        before = (shown, retriever, str(measured.questions))
        table.add_row(*before, *quality_cells(measured))
        previous = theme
    return table


def quality_data(measured: Quality) -> dict[str, float]:
    """The figures by name: ``questions``, ``hit@1`` …, ``mrr``, ``ndcg``."""
    fields = asdict(measured)
    hits = {f"hit@{depth}": hit for depth, hit in zip(DEPTHS, fields.pop("hit"), strict=True)}
    return {**fields, **hits}


def quality_table(title: str, *first: str) -> Table:
    """A table whose last columns are those of ``quality_cells``."""
    table = plain_table(title, *first)
    for heading in (*(f"hit@{depth}" for depth in DEPTHS), "MRR", "nDCG"):
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def quality_cells(measured: Quality) -> tuple[str, ...]:
    """The figures of one row."""
    hits = (f"{hit:.2f}" for hit in measured.hit)
    return (*hits, f"{measured.mrr:.3f}", f"{measured.ndcg:.3f}")
