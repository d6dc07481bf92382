"""Judges one answer against one expectation. Pure functions; what is right is the case's say.

Order of severity: an answer that shows a wrong figure is a wrong figure, whatever else is amiss.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from disclosure.money import MONEY_UNITS, PERCENT, round_half_up
from eval.cases import Expectation, ExpectedFigure
from qa_service.answering.answer import Answer, Citation, Figure, Status

_QUOTES = re.compile(r"[“”\"'‘’「」『』\s]")
_ANY_MONEY = frozenset({*MONEY_UNITS, PERCENT})
REFUSALS = frozenset({Status.NOT_DISCLOSED, Status.OUT_OF_SCOPE})


class Kind(StrEnum):
    """Outcome of one case."""

    RIGHT = "right"
    WRONG_FIGURE = "wrong_figure"
    MISSING = "missing"
    WRONG_STATUS = "wrong_status"
    WRONG_CITATION = "wrong_citation"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome and, where it is not right, why in one line."""

    kind: Kind
    reason: str = ""

    @property
    def right(self) -> bool:
        """Whether status, figures, text and citation are all right."""
        return self.kind is Kind.RIGHT


def judge(expect: Expectation, answer: Answer) -> Verdict:
    """The verdict on ``answer``."""
    if answer.status not in (expect.status, *expect.also):
        return _wrong_status(expect, answer)
    if answer.status in REFUSALS and answer.figures:
        return Verdict(Kind.WRONG_FIGURE, "拒答却给出了数字")
    if answer.status is expect.status:
        wrong = _judge_figures(expect, answer.figures)
        if wrong is not None:
            return wrong
    text = fold(answer.answer)
    for wording in expect.excludes:
        if _found(wording, text):
            return Verdict(Kind.WRONG_FIGURE, f"答案不应出现“{wording}”")
    for wording in expect.contains:
        if not _found(wording, text):
            return Verdict(Kind.MISSING, f"答案缺少“{wording}”")
    if answer.status is Status.CLARIFY and not answer.options:
        return Verdict(Kind.MISSING, "反问没有给出可选问题")
    return _judge_citations(expect, answer)


def _wrong_status(expect: Expectation, answer: Answer) -> Verdict:
    reason = f"状态应为 {expect.status.value}，实为 {answer.status.value}"
    if answer.status is not Status.ANSWERED or not answer.figures:
        return Verdict(Kind.WRONG_STATUS, reason)
    # A figure given where none is published, or where the question was open, misleads.
    return Verdict(Kind.WRONG_FIGURE, reason + "，并给出了数字")


def _judge_figures(expect: Expectation, figures: Sequence[Figure]) -> Verdict | None:
    reasons = [_mismatch(wanted, figures, expect) for wanted in expect.figure_sets]
    if None in reasons:
        return None
    kind = Kind.WRONG_FIGURE if figures else Kind.MISSING
    return Verdict(kind, reasons[0] or "")


def _mismatch(
    wanted: Sequence[ExpectedFigure], figures: Sequence[Figure], expect: Expectation
) -> str | None:
    missing = [w for w in wanted if not any(matches(w, f) for f in figures)]
    if missing:
        return "缺少数字 " + "、".join(f"{m.value}{m.unit}" for m in missing)
    if not wanted or not figures:
        return None
    extra = [f for f in figures if not any(matches(w, f) for w in wanted)]
    if expect.exact_figures and extra:
        return "多出数字 " + "、".join(f"{f.value}{f.unit}" for f in extra)
    # Lists may open with their total, and a comparison with what it compares; otherwise the first
    # figure answers the question.
    if len(wanted) < 3 and figures[0] in extra and not _is_input(figures[0], figures):
        return f"首个数字 {figures[0].value}{figures[0].unit} 不是所问"
    if expect.ordered and not _in_order(wanted, figures):
        return "次序不对"
    return None


def _in_order(wanted: Sequence[ExpectedFigure], figures: Sequence[Figure]) -> bool:
    remaining = iter(figures)
    return all(any(matches(w, f) for f in remaining) for w in wanted)


def _is_input(figure: Figure, figures: Sequence[Figure]) -> bool:
    value = Decimal(figure.value)
    inputs = (i for other in figures for i in other.derivation.inputs if other is not figure)
    return any(Decimal(i.value) == value and i.unit == figure.unit for i in inputs)


def matches(wanted: ExpectedFigure, figure: Figure) -> bool:
    """Equal value in the unit asked for. Money and percentages must carry exactly that unit;
    counted things may be counted with another classifier (名, 人, 位). A value published with more
    decimals than the expected two (some tables print six) is as right."""
    got, want = figure.unit.replace("％", PERCENT), wanted.unit
    if got != want and {got, want} & _ANY_MONEY:
        return False
    places = len(wanted.value.partition(".")[2])
    value = Decimal(figure.value)
    return wanted.number == (round_half_up(value, places) if places >= 2 else value)


def _judge_citations(expect: Expectation, answer: Answer) -> Verdict:
    ids = {citation.id for citation in answer.citations}
    if answer.status is Status.ANSWERED and not ids:
        return Verdict(Kind.WRONG_CITATION, "没有引用")
    for figure in answer.figures:
        if not figure.citations or not set(figure.citations) <= ids:
            return Verdict(Kind.WRONG_CITATION, f"数字 {figure.value}{figure.unit} 没有引用")
    if answer.status is expect.status:
        for wording in expect.cites:
            if not any(_found(wording, _citation_text(c)) for c in answer.citations):
                return Verdict(Kind.WRONG_CITATION, f"没有引用“{wording}”")
    return Verdict(Kind.RIGHT)


def _citation_text(citation: Citation) -> str:
    parts: Iterable[str | None] = (
        citation.disclosure,
        citation.title,
        citation.table,
        citation.row,
        citation.column,
        citation.section,
        citation.quote,
    )
    return fold(" ".join(part for part in parts if part))


def fold(text: str) -> str:
    """Half width, no spaces, no quotation marks: how texts are compared."""
    return _QUOTES.sub("", unicodedata.normalize("NFKC", text))


def _found(wording: str, folded: str) -> bool:
    return any(_contains(fold(choice), folded) for choice in wording.split("|"))


def _contains(needle: str, text: str) -> bool:
    # 表1 is not 表10, 7个 is not 17个: a number is not found inside a longer one.
    head = r"(?<![\d.,])" if needle[:1].isdigit() else ""
    tail = r"(?![\d])" if needle[-1:].isdigit() else ""
    return re.search(head + re.escape(needle) + tail, text) is not None
