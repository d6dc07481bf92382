"""``budget-qa eval promote``: reviewed candidates become cases that are asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from eval.cases import Part, load_cases
from eval.cli import app
from eval.corpus import SHIPPED
from qa_service.records.candidates import (
    Candidates,
    CandidateState,
    Expected,
    ExpectedValue,
    Mark,
)
from qa_service.records.database import open_records
from tests.support import scripted

CASES = """
theme: lookup
part: dev
cases:
  - id: right
    question: "三公经费预算是多少？"
    expect: {status: answered}
"""
RIGHT = Expected(
    figures=(ExpectedValue(value="12.94", unit="万元"),), contains=("三公",), cites=("表7",)
)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "lookup.yaml").write_text(CASES, encoding="utf-8")
    return folder


@pytest.fixture
def candidates(tmp_path: Path) -> Candidates:
    return Candidates(open_records(tmp_path))


def accepted(
    candidates: Candidates, question: str = "三公是多少钱？", documents: tuple[str, ...] = ()
) -> int:
    made = candidates.propose(
        account="甲",
        question=question,
        mark=Mark.WRONG,
        note="",
        answer=scripted.ANSWERS[scripted.TOTAL],
        release="r1",
        documents=documents,
        expected=Expected(),
    )
    candidates.review(made.id, reviewer="乙", accept=True, question=question, expected=RIGHT)
    return made.id


def promote(cases: Path, *options: str) -> Result:
    data = str(cases.parent)
    arguments = ["promote", *options, "--cases", str(cases), "--data-dir", data]
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "300"})


def test_accepted_candidate_becomes_a_case_once(cases: Path, candidates: Candidates) -> None:
    (shipped,) = SHIPPED.glob("*.txt")
    candidate = accepted(candidates, documents=(shipped.name,))
    result = promote(cases)
    assert result.exit_code == 0, result.output
    (file,) = [f for f in load_cases(cases) if f.theme == "staff"]
    assert (file.part, file.documents) == (Part.DEV, ())
    (case,) = file.cases
    assert case.question == "三公是多少钱？"
    assert [(f.value, f.unit) for f in case.expect.figures] == [("12.94", "万元")]
    assert (case.expect.contains, case.expect.cites) == (("三公",), ("表7",))
    kept = candidates.get(candidate)
    assert kept is not None
    assert (kept.state, kept.case_id) == (CandidateState.PROMOTED, case.id)
    assert promote(cases).exit_code == 3


def test_promoted_case_is_asked_of_the_service(
    cases: Path, candidates: Candidates, shipped_data: Path
) -> None:
    accepted(candidates)
    assert promote(cases).exit_code == 0
    asked = CliRunner().invoke(
        app, ["--cases", str(cases), "--data-dir", str(shipped_data), "--no-gate"]
    )
    assert asked.exit_code == 0, asked.output
    assert "staff" in asked.output


def test_cases_are_added_to_the_file_of_their_documents(
    cases: Path, candidates: Candidates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "市").mkdir(parents=True)
    (corpus / "市" / "某局.pdf").write_bytes(b"x")
    monkeypatch.setenv("BUDGET_QA_CORPUS", str(corpus))
    for question in ("一？", "二？"):
        accepted(candidates, question, ("某局.pdf",))
        assert promote(cases, "--part", "heldout").exit_code == 0
    (file,) = [f for f in load_cases(cases) if f.theme == "staff"]
    assert file.documents == ("市/某局.pdf",)
    assert file.part is Part.HELDOUT
    assert [case.question for case in file.cases] == ["一？", "二？"]


def test_document_that_is_nowhere_is_told_and_nothing_written(
    cases: Path, candidates: Candidates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGET_QA_CORPUS", str(tmp_path / "none"))
    candidate = accepted(candidates, documents=("某局.pdf",))
    result = promote(cases)
    assert result.exit_code == 1
    assert "某局.pdf" in result.output
    assert len(load_cases(cases)) == 1
    kept = candidates.get(candidate)
    assert kept is not None
    assert kept.state is CandidateState.ACCEPTED
    assert promote(cases, "--document", "a/b.pdf").exit_code == 0
    assert [f.documents for f in load_cases(cases) if f.theme == "staff"] == [("a/b.pdf",)]


def test_only_what_is_named_and_accepted_is_promoted(cases: Path, candidates: Candidates) -> None:
    first, second = accepted(candidates, "一？"), accepted(candidates, "二？")
    assert promote(cases, str(second)).exit_code == 0
    missing = promote(cases, str(second), "99")
    assert missing.exit_code == 3
    assert f"{second}、99" in missing.output
    listed = promote(cases, "--list").output
    assert f"{first}\taccepted" in listed
    assert f"{second}\tpromoted" in listed


def test_promoted_candidate_is_not_reviewed_again(cases: Path, candidates: Candidates) -> None:
    candidate = accepted(candidates)
    promote(cases)
    with pytest.raises(ValueError, match="已经成为评测用例"):
        candidates.review(candidate, reviewer="乙", accept=False, question="x", expected=RIGHT)
