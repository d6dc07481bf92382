"""The saved bigram index scores passages in release order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from disclosure.store.lexical import LexicalIndex, build_lexical


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    build_lexical(
        tmp_path / "bm25",
        [("a", ["公务接待费减少", "机构运行"]), ("empty", []), ("b", ["三公经费预算", "404室"])],
    )
    return LexicalIndex(tmp_path / "bm25")


def test_each_disclosure_has_its_slice(index: LexicalIndex) -> None:
    assert index.spans == {"a": (0, 2), "empty": (2, 2), "b": (2, 4)}
    assert index.size == 4


@pytest.mark.parametrize(
    ("question", "best"), [("接待费是多少", 0), ("三公", 2), ("机构运行", 1), ("404", 3)]
)
def test_words_find_their_passage(index: LexicalIndex, question: str, best: int) -> None:
    assert int(np.argmax(index.scores(question))) == best


@pytest.mark.parametrize("question", ["", "完全无关", "🙂"])
def test_unknown_words_score_nothing(index: LexicalIndex, question: str) -> None:
    assert index.scores(question).tolist() == [0, 0, 0, 0]


def test_a_release_without_any_word_can_be_searched(tmp_path: Path) -> None:
    build_lexical(tmp_path / "bm25", [("a", [])])
    assert LexicalIndex(tmp_path / "bm25").scores("接待费").tolist() == []
