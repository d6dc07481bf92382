"""Case files: their form, and that what they expect follows from what the document prints."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from operator import add, mul, sub, truediv
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from disclosure.money import round_half_up
from eval.cases import CASES, Case, CaseError, CaseFile, ExpectedFigure, Part, load_cases
from eval.corpus import SHIPPED, corpus_folder

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


def _cases(*, shipped: bool) -> list[tuple[CaseFile, Case]]:
    files = [file for file in load_cases(CASES) if shipped is not bool(file.documents)]
    return [(file, case) for file in files for case in file.cases]


def numbers_in(text: str) -> set[Decimal]:
    """Every number that a text prints, also one that is broken over lines, and rounded to cents."""
    texts = (text.replace(",", ""), re.sub(r"[\s,]", "", text))
    found = {Decimal(n) for t in texts for n in re.findall(r"\d+(?:\.\d+)?", t)}
    return found | {round_half_up(n, 2) for n in found if n < 10**12}


def text_of(path: Path) -> str:
    """The text layer of a PDF, or the text of another file."""
    if path.suffix != ".pdf":
        return path.read_text(encoding="utf-8")
    with pdfium.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def work_out(working: str) -> Decimal:
    """The value of ``a*100/b`` or ``a+b-c``, left to right."""
    apply = {"+": add, "-": sub, "*": mul, "/": truediv}
    tokens = re.findall(r"[\d.]+|[-+*/]", working)
    value = Decimal(tokens[0])
    for sign, number in zip(tokens[1::2], tokens[2::2], strict=True):
        value = apply[sign](value, Decimal(number))
    return value


def is_founded(figure: ExpectedFigure, printed: set[Decimal]) -> bool:
    """Whether the document prints the figure, or prints all that its working needs."""
    if not figure.working:
        return abs(figure.number) in printed
    constants = {Decimal(12), Decimal(100), Decimal(10000)}
    inputs = set(map(Decimal, re.findall(r"[\d.]+", figure.working)))
    value = round_half_up(work_out(figure.working), len(figure.value.partition(".")[2]))
    return inputs <= printed | constants and value == figure.number


def _unfounded(cases: list[Case], printed: set[Decimal]) -> list[tuple[str, ExpectedFigure]]:
    return [
        (case.id, figure)
        for case in cases
        for figures in case.expect.figure_sets
        for figure in figures
        if not is_founded(figure, printed)
    ]


def test_expected_figures_are_printed_or_follow_from_printed_ones() -> None:
    printed = numbers_in("".join(map(text_of, sorted(SHIPPED.glob("*.txt")))))
    assert _unfounded([case for _, case in _cases(shipped=True)], printed) == []


@pytest.mark.corpus
def test_expected_figures_of_real_documents_are_founded_too() -> None:
    folder = corpus_folder()
    if not folder.is_dir():
        pytest.skip(f"没有真实公开文件：{folder}")
    printed = cache(lambda name: numbers_in(text_of(folder / name)))
    for file in load_cases(CASES):
        if file.documents and all((folder / name).is_file() for name in file.documents):
            numbers = set[Decimal]().union(*map(printed, file.documents))
            assert _unfounded(list(file.cases), numbers) == []


def test_both_parts_hold_enough_cases_of_every_outcome() -> None:
    cases = _cases(shipped=True)
    assert len(cases) >= 230
    heldout = sum(file.part is Part.HELDOUT for file, _ in cases)
    assert heldout >= max(200, len(cases) / 5)
    for part in Part:
        outcomes = {case.expect.status.value for file, case in cases if file.part is part}
        assert outcomes == {"answered", "clarify", "not_disclosed", "out_of_scope"}


def test_real_documents_are_asked_enough() -> None:
    cases = _cases(shipped=False)
    assert len(cases) >= 250
    assert len({name for file, _ in cases for name in file.documents}) >= 40
    assert sum(file.part is Part.HELDOUT for file, _ in cases) >= 150
