"""The layers of the project, and that no code or lexicon knows the shipped disclosure."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from disclosure.model import Disclosure
from qa_service.service import AnswerService

ROOT = Path(__file__).resolve().parents[1]
_CODE = ("disclosure", "ingest", "qa_service", "cli")
_TEXT = {".py", ".yaml", ".yml", ".json", ".toml", ".txt", ".tsv", ".csv", ".js", ".html"}
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:,?\d{3})*\.\d{2}(?![\d.])")


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """Every text file of code and lexicon, without the comments, which may give examples."""
    paths = [p for top in _CODE for p in (ROOT / top).rglob("*") if p.suffix in _TEXT]
    paths += (ROOT / "eval").glob("*.py")
    return {str(p.relative_to(ROOT)): _effective(p) for p in paths}


def test_dependencies_point_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_no_name_of_the_shipped_disclosure_is_written_down(
    shipped_service: AnswerService, written: dict[str, str]
) -> None:
    library = shipped_service.library()
    assert library is not None
    (disclosure,) = library.disclosures()
    names = _names(disclosure)
    assert len(names) >= 4
    assert [(f, n) for f, text in written.items() for n in names if n in text] == []


def test_no_amount_of_the_shipped_disclosure_is_written_down(
    shipped_text: str, written: dict[str, str]
) -> None:
    amounts = {a.replace(",", "") for a in _AMOUNT.findall(shipped_text)}
    # Four significant digits: shorter ones (0.00, 5.68) are also versions and sizes.
    amounts = {a for a in amounts if len(a) >= 6}
    assert len(amounts) > 40
    found = [
        (file, amount)
        for file, text in written.items()
        for amount in _AMOUNT.findall(text)
        if amount.replace(",", "") in amounts
    ]
    assert found == []


def _names(disclosure: Disclosure) -> set[str]:
    return {disclosure.department, *(unit.name for unit in disclosure.units)}


def _effective(path: Path) -> str:
    """What of a file has an effect: no comments, no docstrings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    if path.suffix != ".py":
        return text
    tree = ast.parse(text)
    for node in ast.walk(tree):
        # A string that stands alone as a statement documents something.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant("")
    return ast.unparse(tree)
