"""Case files: their form, and that what they expect follows from what the document prints."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from disclosure.money import round_half_up
from eval.cases import CASES, Case, CaseError, CaseFile, ExpectedFigure, Part, load_cases
from eval.corpus import SHIPPED

FILE = """
theme: lookup
part: dev
cases:
  - id: a
    question: "三公经费是多少？"
    expect:
      status: answered
      figures:
        - {value: "12.94", unit: 万元}
"""


def test_a_file_is_read_as_written(tmp_path: Path) -> None:
    (tmp_path / "lookup.yaml").write_text(FILE, encoding="utf-8")
    (file,) = load_cases(tmp_path)
    assert file.part is Part.DEV
    assert file.cases[0].expect.figures[0].number == Decimal("12.94")


def test_only_the_parts_asked_for_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "lookup.yaml").write_text(FILE, encoding="utf-8")
    assert load_cases(tmp_path, [Part.HELDOUT]) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("answered", "perhaps"), "status"),
        (("12.94", "twelve"), "十进制"),
        (("figures", "figure"), "figure"),
    ],
)
def test_a_mistake_is_named_with_its_file(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    (tmp_path / "lookup.yaml").write_text(FILE.replace(*change), encoding="utf-8")
    with pytest.raises(CaseError, match=complaint) as error:
        load_cases(tmp_path)
    assert "lookup.yaml" in str(error.value)


def test_an_id_is_used_once(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(FILE, encoding="utf-8")
    with pytest.raises(CaseError, match="重复"):
        load_cases(tmp_path)


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="没有评测用例文件"):
        load_cases(tmp_path)


def _shipped_cases() -> list[tuple[CaseFile, Case]]:
    return [(f, c) for f in load_cases(CASES) if not f.documents for c in f.cases]


def _printed_numbers() -> set[Decimal]:
    text = "".join(path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.txt"))
    return {Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))}


def _figures(case: Case) -> list[ExpectedFigure]:
    return [figure for figures in case.expect.figure_sets for figure in figures]


def work_out(working: str) -> Decimal:
    """The value of ``a*100/b`` or ``a+b-c``, left to right."""
    tokens = re.findall(r"[\d.]+|[-+*/]", working)
    value = Decimal(tokens[0])
    for sign, number in zip(tokens[1::2], map(Decimal, tokens[2::2]), strict=True):
        value = {
            "+": value + number,
            "-": value - number,
            "*": value * number,
            "/": value / number,
        }[sign]
    return value


def test_expected_figures_are_printed_or_follow_from_printed_ones() -> None:
    printed = _printed_numbers() | {Decimal(12), Decimal(100), Decimal(10000)}
    unfounded = []
    for _, case in _shipped_cases():
        for figure in _figures(case):
            if not figure.working:
                founded = abs(figure.number) in printed
            else:
                inputs = set(map(Decimal, re.findall(r"[\d.]+", figure.working)))
                places = len(figure.value.partition(".")[2])
                value = round_half_up(work_out(figure.working), places)
                founded = inputs <= printed and value == figure.number
            if not founded:
                unfounded.append((case.id, figure))
    assert unfounded == []


def test_both_parts_hold_enough_cases_of_every_outcome() -> None:
    cases = _shipped_cases()
    assert len(cases) >= 230
    heldout = sum(file.part is Part.HELDOUT for file, _ in cases)
    assert heldout >= len(cases) / 3
    for part in Part:
        outcomes = {case.expect.status.value for file, case in cases if file.part is part}
        assert outcomes == {"answered", "clarify", "not_disclosed", "out_of_scope"}
