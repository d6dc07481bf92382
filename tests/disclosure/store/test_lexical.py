"""The saved bigram index scores passages in release order."""

from __future__ import annotations

from collections.abc import Collection
from math import log
from pathlib import Path

import numpy as np
import pytest

from disclosure.store.lexical import LexicalIndex, LexicalPart, build_lexical

TEXTS = {"a": ["公务接待费减少", "机构运行"], "empty": [], "b": ["三公经费预算", "404室"]}


def built(
    directory: Path,
    texts: dict[str, list[str]],
    held: LexicalPart | None = None,
    unchanged: Collection[str] = (),
) -> LexicalPart:
    build_lexical(directory, list(texts), texts.__getitem__, held, unchanged)
    return LexicalPart(directory)


def whole(part: LexicalPart) -> LexicalIndex:
    return LexicalIndex([(part, ())])


@pytest.fixture
def part(tmp_path: Path) -> LexicalPart:
    return built(tmp_path / "bm25", TEXTS)


@pytest.fixture
def index(part: LexicalPart) -> LexicalIndex:
    return whole(part)


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
    assert whole(built(tmp_path / "bm25", {"a": []})).scores("接待费").tolist() == []
    assert LexicalIndex([]).scores("接待费").tolist() == []


def test_scores_are_those_of_the_formula(tmp_path: Path) -> None:
    made = whole(built(tmp_path / "bm25", {"a": ["预算预算", "预算"], "b": ["决算"]}))
    rare, common = log(1 + (3 - 1 + 0.5) / (1 + 0.5)), log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    usual = (3 + 1 + 1) / 3

    def damped(count: int, length: int) -> float:
        return count / (1.5 * (1 - 0.75 + 0.75 * length / usual) + count)

    expected = [common * damped(2, 3), common * damped(1, 1), 0]
    assert made.scores("预算").tolist() == pytest.approx(expected)
    assert made.scores("决算决算").tolist() == pytest.approx(
        [0, 0, 2 * rare * damped(1, 1)]
    )  # 决算, 算决 (in none), 决算


@pytest.mark.parametrize("question", ["公务接待费", "三公经费404", "机构运行预算"])
def test_each_disclosure_is_scored_as_in_the_whole(index: LexicalIndex, question: str) -> None:
    scores = index.scores(question)
    for disclosure_id, span in index.spans.items():
        assert np.array_equal(index.scores_within(question, disclosure_id), scores[slice(*span)])


QUESTIONS = ("公务接待费为什么减少", "机构运行", "三公", "404", "新的词", "别的")
MANY = {**TEXTS, "c": ["公务接待费增加", "新的词"], "d": ["三公", "别的", "机构运行三公"]}


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        pytest.param(["abcd"], "", id="one part"),
        pytest.param(["ab", "cd"], "", id="two"),
        pytest.param(["d", "b", "c", "a"], "", id="one each, in another order"),
        pytest.param(["ab", "cd"], "b", id="one hidden at the end of its part"),
        pytest.param(["abc", "d"], "ad", id="all of a part hidden"),
    ],
)
def test_parts_score_as_one_index_of_what_is_shown(
    tmp_path: Path, parts: list[str], hidden: str
) -> None:
    index = LexicalIndex(
        [
            (built(tmp_path / ids, {i: MANY[i] for i in ids}), set(hidden) & set(ids))
            for ids in parts
        ]
    )
    shown = {i: MANY[i] for i in "abcd" if i not in hidden}
    one = whole(built(tmp_path / "one", shown))
    assert index.spans.keys() == one.spans.keys()
    for question in QUESTIONS:
        scores = index.scores(question)
        for disclosure_id in shown:
            expected = one.scores_within(question, disclosure_id)
            assert np.array_equal(index.scores_within(question, disclosure_id), expected)
            assert np.array_equal(scores[slice(*index.spans[disclosure_id])], expected)
        assert np.count_nonzero(scores) == np.count_nonzero(one.scores(question))
    for disclosure_id, (start, stop) in index.spans.items():
        places = [index.place(row) for row in range(start, stop)]
        assert places == [(disclosure_id, n) for n in range(stop - start)]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({**TEXTS, "c": ["公务接待费增加", "新的词"]}, id="one more at the end"),
        pytest.param({"0": ["公务用车"], **TEXTS}, id="one more before the others"),
        pytest.param({"b": TEXTS["b"]}, id="two less"),
        pytest.param({**TEXTS, "a": ["机构运行", "别的", "公务接待费"]}, id="one changed"),
        pytest.param({"c": ["三公"]}, id="all others"),
        pytest.param(TEXTS, id="nothing changed"),
    ],
)
def test_what_is_copied_scores_as_what_is_read_anew(
    tmp_path: Path, part: LexicalPart, texts: dict[str, list[str]]
) -> None:
    unchanged = {i for i in texts if texts[i] == TEXTS.get(i)}
    copied = whole(built(tmp_path / "copied", texts, part, unchanged))
    anew = whole(built(tmp_path / "anew", texts))
    assert copied.spans == anew.spans
    for question in QUESTIONS:
        assert np.array_equal(copied.scores(question), anew.scores(question))


def test_copying_asks_for_no_unchanged_text(tmp_path: Path, part: LexicalPart) -> None:
    asked: list[str] = []

    def texts(disclosure_id: str) -> list[str]:
        asked.append(disclosure_id)
        return ["新的词"]

    build_lexical(tmp_path / "more", [*TEXTS, "c"], texts, part, TEXTS.keys())
    assert asked == ["c"]
