"""The evaluation as people and programs read it: terminal tables and one JSON document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.metrics import (
    PrecisionRecall,
    Score,
    by_corpus_and_part,
    by_theme,
    reliability,
    risk_coverage,
    score,
    slot_scores,
    status_scores,
)
from eval.runner import Record
from eval.verdicts import Kind


def print_report(records: Sequence[Record], console: Console, failures: int = 200) -> None:
    """Themes, statuses, calibration where there is one, and up to ``failures`` failures."""
    console.print(_theme_table(records))
    console.print(_recall_table("状态", status_scores(records)))
    console.print(_recall_table("槽位", slot_scores(records)))
    if bins := reliability(records):
        table = plain_table("置信度校准", "置信度")
        for heading in ("题数", "平均置信度", "正确率"):
            table.add_column(heading, justify="right")
        for b in bins:
            table.add_row(
                f"{b.low:.1f}–{b.high:.1f}",
                str(b.cases),
                f"{b.mean_confidence:.3f}",
                f"{b.accuracy:.1%}",
            )
        console.print(table)
    failed = [record for record in records if not record.verdict.right]
    if failed:
        console.rule(f"未通过 {len(failed)} 题")
    for record in failed[:failures]:
        _print_failure(record, console)


def _theme_table(records: Sequence[Record]) -> Table:
    table = plain_table("评测结果", "主题")
    for heading in ("题数", "正确", "正确率", "错数", "缺漏", "状态", "引用", "p50", "p95ms"):
        table.add_column(heading, justify="right", no_wrap=True)
    for group, members in by_corpus_and_part(records).items():
        for theme, inside in by_theme(members).items():
            _add_row(table, theme, score(inside))
        table.add_section()
        _add_row(table, f"[bold]{group}[/]", score(members))
        table.add_section()
    _add_row(table, "[bold]合计[/]", score(records))
    return table


def plain_table(title: str, *first: str) -> Table:
    """A table of the evaluation, with its first columns."""
    table = Table(title=title, box=SIMPLE, padding=(0, 1, 0, 0))
    for heading in first:
        table.add_column(heading, no_wrap=True)
    return table


def _add_row(table: Table, name: str, s: Score) -> None:
    table.add_row(
        name,
        str(s.cases),
        str(s.right),
        f"{s.accuracy:.1%}",
        str(s.wrong_figures),
        str(s.missing),
        str(s.wrong_status),
        str(s.wrong_citations),
        f"{s.p50_ms:.0f}",
        f"{s.p95_ms:.0f}",
    )


def _recall_table(title: str, scores: Mapping[str, PrecisionRecall]) -> Table:
    table = plain_table(title, title)
    for heading in ("应有", "给出", "精确率", "召回率"):
        table.add_column(heading, justify="right")
    for name, s in scores.items():
        row = (str(s.expected), str(s.given), f"{s.precision:.1%}", f"{s.recall:.1%}")
        table.add_row(name, *row)
    return table


def _print_failure(record: Record, console: Console) -> None:
    kind, reason = record.verdict.kind, record.verdict.reason
    style = "red" if kind is Kind.WRONG_FIGURE else "yellow"
    question = " → ".join((*record.case.turns, record.case.question))
    console.print(f"[{style}]{kind.value}[/] {record.case.id}", highlight=False)
    for name, text in (
        ("问", question),
        ("应", expected_text(record)),
        ("得", f"{record.answer.status.value} {record.answer.answer[:200]}"),
        ("因", reason),
    ):
        console.print(Text(f"  {name} {text}"))


def expected_text(record: Record) -> str:
    """What the case wants, in one line."""
    expect = record.case.expect
    figures = " ".join(f"{figure.value}{figure.unit}" for figure in expect.figures)
    return " ".join(part for part in (expect.status.value, figures, *expect.contains) if part)


def as_json(records: Sequence[Record], skipped: Sequence[str]) -> dict[str, Any]:
    """The whole run as data."""
    return {
        "total": score_json(score(records)),
        "groups": {k: score_json(score(v)) for k, v in by_corpus_and_part(records).items()},
        "themes": [
            {"group": group, "theme": theme, **score_json(score(inside))}
            for group, members in by_corpus_and_part(records).items()
            for theme, inside in by_theme(members).items()
        ],
        "statuses": _recall_json(status_scores(records)),
        "slots": _recall_json(slot_scores(records)),
        "reliability": [asdict(b) for b in reliability(records)],
        "risk_coverage": [asdict(point) for point in risk_coverage(records)],
        "skipped": list(skipped),
        "cases": [_record_json(record) for record in records],
    }


def score_json(s: Score) -> dict[str, float]:
    """The figures of a score by name."""
    return {**asdict(s), "accuracy": s.accuracy, "wrong_figure_rate": s.wrong_figure_rate}


def _recall_json(scores: Mapping[str, PrecisionRecall]) -> dict[str, dict[str, float]]:
    return {
        name: {**asdict(s), "precision": s.precision, "recall": s.recall}
        for name, s in scores.items()
    }


def _record_json(record: Record) -> dict[str, Any]:
    return {
        "id": record.case.id,
        "corpus": record.corpus,
        "part": record.part.value,
        "theme": record.theme,
        "turns": list(record.case.turns),
        "question": record.case.question,
        "expected": record.case.expect.model_dump(mode="json", exclude_defaults=True),
        "verdict": record.verdict.kind.value,
        "reason": record.verdict.reason,
        "milliseconds": round(record.milliseconds, 2),
        "confidence": record.confidence,
        "slots": {slot.value: value for slot, value in record.slots.items()},
        "answer": record.answer.model_dump(mode="json"),
    }
