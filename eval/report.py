"""The evaluation as people and programs read it: terminal tables and one JSON document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

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
        table = Table(title="置信度校准")
        for heading in ("置信度", "题数", "平均置信度", "正确率"):
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
        console.print(_failure_table(failed[:failures], len(failed)))


def _theme_table(records: Sequence[Record]) -> Table:
    table = Table(title="评测结果")
    table.add_column("语料·部分·主题")
    for heading in ("题数", "正确", "正确率", "错数", "缺漏", "状态错", "引用错", "p50", "p95 ms"):
        table.add_column(heading, justify="right")
    for (corpus, part, theme), members in by_theme(records).items():
        _add_row(table, f"{corpus} {part} {theme}", score(members))
    table.add_section()
    for group, members in by_corpus_and_part(records).items():
        _add_row(table, group, score(members))
    _add_row(table, "合计", score(records))
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
    table = Table(title=title)
    table.add_column(title)
    for heading in ("应有", "给出", "精确率", "召回率"):
        table.add_column(heading, justify="right")
    for name, s in scores.items():
        row = (str(s.expected), str(s.given), f"{s.precision:.1%}", f"{s.recall:.1%}")
        table.add_row(name, *row)
    return table


def _failure_table(failed: Sequence[Record], total: int) -> Table:
    table = Table(title=f"未通过 {total} 题", show_lines=True)
    table.add_column("编号")
    table.add_column("问题", ratio=2)
    table.add_column("应为", ratio=2)
    table.add_column("实为", ratio=3)
    table.add_column("判定", ratio=2)
    for record in failed:
        question = " → ".join((*record.case.turns, record.case.question))
        kind, reason = record.verdict.kind, record.verdict.reason
        style = "red" if kind is Kind.WRONG_FIGURE else "yellow"
        table.add_row(
            record.case.id,
            question,
            expected_text(record),
            f"{record.answer.status.value}：{record.answer.answer[:160]}",
            f"[{style}]{kind.value}[/]\n{reason}",
        )
    return table


def expected_text(record: Record) -> str:
    """What the case wants, in one line."""
    expect = record.case.expect
    figures = " ".join(f"{figure.value}{figure.unit}" for figure in expect.figures)
    return " ".join(part for part in (expect.status.value, figures, *expect.contains) if part)


def as_json(records: Sequence[Record], skipped: Sequence[str]) -> dict[str, Any]:
    """The whole run as data."""
    return {
        "total": _score_json(score(records)),
        "groups": {k: _score_json(score(v)) for k, v in by_corpus_and_part(records).items()},
        "themes": [
            {"corpus": corpus, "part": part, "theme": theme, **_score_json(score(members))}
            for (corpus, part, theme), members in by_theme(records).items()
        ],
        "statuses": _recall_json(status_scores(records)),
        "slots": _recall_json(slot_scores(records)),
        "reliability": [asdict(b) for b in reliability(records)],
        "risk_coverage": [asdict(point) for point in risk_coverage(records)],
        "skipped": list(skipped),
        "cases": [_record_json(record) for record in records],
    }


def _score_json(s: Score) -> dict[str, float]:
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
