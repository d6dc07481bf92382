"""Evaluation cases as data: the YAML form, read and checked. Knows nothing of how they are asked.

A file holds one theme. ``documents`` names the corpus files that its questions need, relative to
the corpus folder; a file without it asks about the disclosures shipped with the project.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from qa_service.answering.answer import Status

#: The cases shipped with the project.
CASES = Path(__file__).parent / "cases"


class CaseError(ValueError):
    """A case file that cannot be read; the message names the file and what is wrong."""


class Part(StrEnum):
    """Planner changes are tuned on ``dev`` only; ``heldout`` measures what a stranger sees."""

    DEV = "dev"
    HELDOUT = "heldout"


def _decimal(text: str) -> str:
    try:
        Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"“{text}”不是十进制数") from error
    return text


class Slot(StrEnum):
    """What a question fixes; understood one by one, so scored one by one."""

    DEPARTMENT = "department"  # a part of the disclosure's title that names it
    YEAR = "year"
    OPERATION = "operation"  # a value of ``answer.Operation``


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExpectedFigure(_Data):
    """A figure that must be among the answer's, in exactly this unit of money or percentage.

    ``working`` says how a computed value follows from printed ones (``9050.14+309.61``); it proves
    the case, not the answer.
    """

    value: Annotated[str, AfterValidator(_decimal)]
    unit: str = Field(min_length=1)
    working: str = ""

    @property
    def number(self) -> Decimal:
        """The expected value as a number."""
        return Decimal(self.value)


class Expectation(_Data):
    """What a right answer shows.

    ``also``: other statuses that are right too. ``figures`` are order-free unless ``ordered``, and
    others may stand beside them unless ``exact_figures``; ``alternatives`` are other complete sets
    that are as right. ``contains`` and ``excludes`` are looked for in the text, ``cites`` in any
    one citation; an entry may give wordings to choose from, separated by ``|``. ``slots`` are
    scored apart and do not make an answer wrong.
    """

    status: Status
    also: tuple[Status, ...] = ()
    figures: tuple[ExpectedFigure, ...] = ()
    alternatives: tuple[tuple[ExpectedFigure, ...], ...] = ()
    exact_figures: bool = False
    ordered: bool = False
    contains: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    slots: dict[Slot, str] = {}

    @property
    def figure_sets(self) -> tuple[tuple[ExpectedFigure, ...], ...]:
        """Every set of figures that would be right."""
        return (self.figures, *self.alternatives)


class Case(_Data):
    """One question, after its earlier turns, and what is right."""

    id: str = Field(min_length=1)
    turns: tuple[str, ...] = ()
    question: str = Field(min_length=1, max_length=500)
    expect: Expectation


class CaseFile(_Data):
    """The cases of one theme, for one corpus and one part."""

    theme: str
    part: Part
    documents: tuple[str, ...] = ()
    cases: tuple[Case, ...]


def read_case_file(path: Path) -> CaseFile:
    """Read and check one file. Raises ``CaseError``."""
    try:
        return CaseFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise CaseError(f"评测用例文件“{path}”无法读取：{error}") from error


def load_cases(folder: Path = CASES, parts: Iterable[Part] = Part) -> list[CaseFile]:
    """All case files below ``folder``, in a stable order. Raises ``CaseError``, also for an id
    that is used twice."""
    wanted = set(parts)
    files = [read_case_file(path) for path in sorted(folder.rglob("*.yaml"))]
    if not files:
        raise CaseError(f"“{folder}”中没有评测用例文件（*.yaml）")
    _check_unique([case.id for file in files for case in file.cases])
    return [file for file in files if file.part in wanted]


def _check_unique(ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for case_id in ids:
        if case_id in seen:
            raise CaseError(f"评测用例编号“{case_id}”重复")
        seen.add(case_id)
