"""Relations between answers that must hold whatever the right answer is.

Each check asks and returns what it found wrong; an empty list means that the relation holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from disclosure.money import MONEY_UNITS, half_step
from eval.verdicts import REFUSALS
from qa_service.answering.answer import Answer, Figure
from qa_service.service import AnswerService

RELATIONS = Path(__file__).parent / "metamorphic.yaml"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SumRelation(_Data):
    """A question whose figure is the sum of the figures of others."""

    total: str
    parts: tuple[str, ...]


class Relations(_Data):
    """The questions of each check."""

    paraphrases: tuple[tuple[str, ...], ...]
    sums: tuple[SumRelation, ...]
    named: tuple[str, ...]
    scaled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """A question for which a relation does not hold, and what was seen instead."""

    question: str
    detail: str

    def __str__(self) -> str:
        return f"{self.question}：{self.detail}"


def read_relations(path: Path = RELATIONS) -> Relations:
    """The relations of ``path``."""
    return Relations.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def paraphrases_agree(service: AnswerService, group: Sequence[str]) -> list[Violation]:
    """All questions of ``group`` get the status and the figures of the first."""
    first = service.ask(group[0])
    return [
        Violation(question, f"{_shown(answer)}，而“{group[0]}”得到 {_shown(first)}")
        for question in group[1:]
        if _essence(answer := service.ask(question)) != _essence(first)
    ]


def parts_add_up(service: AnswerService, relation: SumRelation) -> list[Violation]:
    """The leading figure of the total is the sum of the parts' leading figures, within rounding."""
    total = service.ask(relation.total)
    parts = [service.ask(part) for part in relation.parts]
    if not total.figures or not all(part.figures for part in parts):
        return [Violation(relation.total, "总数或部分没有数字")]
    leading = [part.figures[0] for part in parts]
    slack = sum((_slack(figure) for figure in (total.figures[0], *leading)), Decimal(0))
    difference = _value(total.figures[0]) - sum(map(_value, leading))
    if abs(difference) <= slack and {f.unit for f in leading} == {total.figures[0].unit}:
        return []
    shown = " + ".join(f"{figure.value}{figure.unit}" for figure in leading)
    return [Violation(relation.total, f"{_shown(total)} ≠ {shown}")]


def unchanged(
    service: AnswerService, larger: AnswerService, questions: Iterable[str]
) -> list[Violation]:
    """Both services give the same status, figures and text: what else is loaded does not matter.
    The text of a refusal may differ, since it names what is held."""
    return [
        Violation(question, f"{_shown(after)}，原为 {_shown(before)}")
        for question in questions
        if _told(before := service.ask(question)) != _told(after := larger.ask(question))
    ]


def scaled(
    service: AnswerService, multiplied: AnswerService, questions: Iterable[str], factor: int
) -> list[Violation]:
    """Money is multiplied by ``factor``, within rounding; everything else stays."""
    violations = []
    for question in questions:
        before, after = service.ask(question), multiplied.ask(question)
        if len(before.figures) != len(after.figures) or before.status is not after.status:
            violations.append(Violation(question, f"{_shown(after)}，原为 {_shown(before)}"))
            continue
        violations += [
            Violation(question, f"{new.value}{new.unit}，原为 {old.value}{old.unit}")
            for old, new in zip(before.figures, after.figures, strict=True)
            if not _is_scaled(old, new, factor)
        ]
    return violations


def renamed(
    service: AnswerService,
    after: AnswerService,
    questions: Iterable[str],
    names: tuple[str, str],
) -> list[Violation]:
    """With ``names[0]`` called ``names[1]`` in document and question, only the name changes."""
    old, new = names
    violations = []
    for question in questions:
        before = service.ask(question)
        answer = after.ask(question.replace(old, new))
        expected = (before.status, before.answer.replace(old, new), _figures(before))
        if (answer.status, answer.answer, _figures(answer)) != expected:
            violations.append(Violation(question, f"{answer.answer}，原为 {before.answer}"))
    return violations


def _is_scaled(old: Figure, new: Figure, factor: int) -> bool:
    if old.unit != new.unit:
        return False
    if old.unit not in MONEY_UNITS:
        return _value(old) == _value(new)
    return abs(_value(new) - factor * _value(old)) <= factor * _slack(old) + _slack(new)


def _value(figure: Figure) -> Decimal:
    return Decimal(figure.value)


def _slack(figure: Figure) -> Decimal:
    return half_step(len(figure.value.partition(".")[2]))


def _figures(answer: Answer) -> list[tuple[str, str]]:
    return [(figure.value, figure.unit) for figure in answer.figures]


def _essence(answer: Answer) -> tuple[str, frozenset[tuple[Decimal, str]]]:
    return answer.status.value, frozenset((_value(f), f.unit) for f in answer.figures)


def _told(answer: Answer) -> tuple[str, str, list[tuple[str, str]]]:
    text = "" if answer.status in REFUSALS else answer.answer
    return answer.status.value, text, _figures(answer)


def _shown(answer: Answer) -> str:
    figures = "、".join(f"{figure.value}{figure.unit}" for figure in answer.figures)
    return f"{answer.status.value} {figures or answer.answer[:40]}"
