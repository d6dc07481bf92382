"""What a question costs among thousands of disclosures, against the same release without copies.

``python -m bench.scale DATA_DIR FOLDER [COPIES]``: copies every disclosure of a published data
directory under other names (25 times by default) into ``FOLDER``, and asks about one department at
a time. The copies' facts, passages and vectors are those of the original.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import quantiles

from disclosure.embedding.choice import open_embedder
from disclosure.model import Disclosure
from disclosure.store.catalogue import Catalogue
from disclosure.store.facts import FACTS
from disclosure.store.manifest import Part
from disclosure.store.provider import LibraryProvider
from disclosure.store.releases import Releases
from disclosure.store.vectors import VectorStore
from qa_service.answering.service import open_service

#: Cities that do not exist, one a copy.
_CITIES = [f"{a}{b}市" for a, b in product("渚岚沅汀澜溆滘", "屿峤浦埠垄崮")]
_TABLES = ("disclosure", "published_table", "fact", "passage", "finding")
_QUESTIONS = (
    "{name}{year}年收入总计是多少？",
    "{name}{year}年“三公”经费是多少？",
    "{name}{year}年基本支出和项目支出各是多少？",
    "{name}{year}年公务接待费为什么减少？",
    "{name}的主要职责是什么？",
)
#: Departments asked about, spread over the release.
_ASKED = 30
_PAGE = 2000


def main(source: Path, folder: Path, copies: int) -> None:
    """Build the copies where they are not there yet, ask, and print the figures."""
    if not (folder / "current").exists():
        seconds = time.perf_counter()
        enlarge(source, folder, copies)
        print(f"built in {time.perf_counter() - seconds:.0f} s")
    few = _measured(source)
    many = _measured(folder)
    for name, (small, large) in zip(("first", "again"), zip(few, many, strict=True), strict=True):
        print(f"{name} p50 {small[0]:.1f} -> {large[0]:.1f} ms, p95 {small[1]:.1f} -> ", end="")
        print(f"{large[1]:.1f} ms, {large[1] / small[1]:.2f} x")


def enlarge(source: Path, folder: Path, copies: int) -> None:
    """A release of ``copies`` times the disclosures of the one in force at ``source``."""
    held = Releases(source)
    manifest = held.manifest(held.require())
    assert manifest is not None
    releases = Releases(folder)
    releases.start_building()
    numbers = range(1, copies)
    wanted: dict[str, str] = {}
    parts: list[Part] = []
    for part in manifest.parts:
        digests = {i: manifest.disclosures[i] for i in part.shown}
        digests |= {f"{i}-{n}": digest for n in numbers for i, digest in digests.items()}
        larger = Part(
            manifest.id_of(digests),
            tuple(sorted(digests)),
            tuple(i if n == 0 else f"{i}-{n}" for n in range(copies) for i in part.hidden),
        )
        building = releases.start_part(larger.id)
        releases.facts.copy(held.place(part.id), building, manifest.revision)
        with closing(sqlite3.connect(building.directory / FACTS)) as connection:
            _copy_rows(connection, copies)
        releases.vectors.copy(held.place(part.id), building)
        with closing(releases.vectors.build(building)) as vectors:
            _copy_vectors(vectors, numbers)
        with closing(Catalogue(releases.facts.build(building))) as catalogue:
            catalogue.finish_writing()
            releases.lexical.build(building, catalogue, None, ())
        releases.finish_part(building)
        wanted |= digests
        parts.append(larger)
    releases.finish(replace(manifest, disclosures=wanted, parts=tuple(parts)))


def _copy_rows(connection: sqlite3.Connection, copies: int) -> None:
    """All rows again, ``copies`` - 1 times, with other keys, ids and names of the departments."""
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    owners = 0
    for table in _TABLES:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        last = int(connection.execute(f"SELECT coalesce(max(key), 0) FROM {table}").fetchone()[0])
        owners = owners or last  # the disclosures come first
        for n in range(1, copies):
            read = ", ".join(_expression(table, c, n, last, owners) for c in columns)
            connection.execute(
                f"INSERT INTO {table} SELECT {read} FROM {table} WHERE key <= {last}"
            )
        connection.commit()
    for _, sql in indexes:
        connection.execute(sql)
    connection.commit()


def _expression(table: str, column: str, n: int, size: int, owners: int) -> str:
    city = _CITIES[n - 1]
    if column == "key":
        return f"key + {n * size}"
    if column == "disclosure_key":
        return f"disclosure_key + {n * owners}"
    if column == "id" or (column in ("table_id", "passage_id")):
        return f"{column} || '-{n}'"
    if table == "disclosure" and column == "department":
        return f"'{city}' || department"
    if table == "disclosure" and column in ("title", "units"):
        return f"replace({column}, department, '{city}' || department)"
    return f'"{column}"'


def _copy_vectors(vectors: VectorStore, numbers: Sequence[int]) -> None:
    count = vectors.count()
    for offset in range(0, count, _PAGE):
        page = vectors.collection.get(
            limit=_PAGE, offset=offset, include=["embeddings", "metadatas"]
        )
        for n in numbers:
            vectors.collection.add(
                ids=[f"{i}-{n}" for i in page["ids"]],
                embeddings=page["embeddings"],
                metadatas=[
                    {**m, "disclosure_id": f"{m['disclosure_id']}-{n}"}
                    for m in page["metadatas"] or ()
                ],
            )


def _measured(data_dir: Path) -> tuple[tuple[float, float], tuple[float, float]]:
    """p50 and p95 in ms of questions about a department: asked first, and asked again."""
    provider = LibraryProvider(data_dir, open_embedder())
    disclosures = provider.current().disclosures()
    step = max(1, len(disclosures) // _ASKED)
    asked = list(_texts(disclosures[::step][:_ASKED]))
    service = open_service(data_dir)
    service.ask("预热")
    runs = []
    for _ in range(2):
        spans = []
        for text in asked:
            start = time.perf_counter()
            service.ask(text)
            spans.append(1e3 * (time.perf_counter() - start))
        cuts = quantiles(spans, n=100, method="inclusive")
        runs.append((cuts[49], cuts[94]))
    return runs[0], runs[1]


def _texts(disclosures: Sequence[Disclosure]) -> Iterator[str]:
    for disclosure in disclosures:
        for question in _QUESTIONS:
            yield question.format(name=disclosure.department, year=disclosure.year)


if __name__ == "__main__":
    copied = int(sys.argv[3]) if len(sys.argv) > 3 else 25
    main(Path(sys.argv[1]), Path(sys.argv[2]), copied)
