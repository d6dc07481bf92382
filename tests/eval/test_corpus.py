"""Which files are asked of which release, and which are skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.cases import CaseFile, Part
from eval.corpus import CORPUS_VARIABLE, MAIN, REAL, SHIPPED, arrange, corpus_folder


def case_file(*documents: str) -> CaseFile:
    return CaseFile(theme="t", part=Part.DEV, documents=documents, cases=())


def test_files_without_documents_ask_about_what_is_shipped(tmp_path: Path) -> None:
    (corpus,), skipped = arrange([case_file()], tmp_path)
    assert (corpus.name, corpus.paths) == (MAIN, (SHIPPED,))
    assert skipped == []


def test_real_documents_are_loaded_together(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).touch()
    (corpus,), _ = arrange([case_file("b.pdf"), case_file("a.pdf", "b.pdf")], tmp_path)
    assert corpus.name == REAL
    assert corpus.paths == (tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert len(corpus.files) == 2


def test_a_file_whose_document_is_absent_is_skipped_with_a_message(tmp_path: Path) -> None:
    corpora, (skip,) = arrange([case_file("absent.pdf")], tmp_path)
    assert corpora == []
    assert "absent.pdf" in str(skip)


def test_the_corpus_folder_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(CORPUS_VARIABLE, str(tmp_path))
    assert corpus_folder() == tmp_path
