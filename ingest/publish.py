"""Publishing: makes the release in force hold exactly the wanted disclosures, in one step.

The new release starts as a copy of the one in force, so that a document added or changed costs
that document only, and replaces it when it is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from disclosure.embedding import Embedder
from disclosure.model import Bundle, Passage
from disclosure.store.catalogue import Catalogue
from disclosure.store.errors import StoreError
from disclosure.store.manifest import Manifest
from disclosure.store.place import Place
from disclosure.store.releases import Releases
from disclosure.store.vectors import VectorStore
from ingest.progress import Progress, Silent

#: Passages written to Chroma at once: one by one it takes several times longer.
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing did. ``changed`` is False where that release was in force already."""

    release_id: str
    changed: bool
    added: int = 0
    removed: int = 0


def publish(
    wanted: Mapping[str, str],
    load: Callable[[str], Bundle],
    releases: Releases,
    embedder: Embedder,
    progress: Progress | None = None,
) -> Publication:
    """Put in force a release of exactly ``wanted`` (disclosure id to bundle digest).

    ``load`` gives a bundle by disclosure id; it is asked only for what the release in force does
    not hold. Call it with ``releases.working()`` held. Same input, same release id, no work twice.
    """
    manifest = Manifest(dict(wanted), embedder.identity)
    target = manifest.release_id
    if releases.in_force() == target:
        releases.discard_leftovers()
        return Publication(target, changed=False)
    if releases.manifest(target) is not None:
        releases.put_in_force(target)
        return Publication(target, changed=True)
    building = releases.start_building(manifest)
    added, removed = _build(building, load, releases, manifest, embedder, progress or Silent())
    releases.finish(building, manifest)
    return Publication(target, True, added, removed)


def _build(
    building: Place,
    load: Callable[[str], Bundle],
    releases: Releases,
    manifest: Manifest,
    embedder: Embedder,
    progress: Progress,
) -> tuple[int, int]:
    """Fill ``building``; returns how many disclosures were added or changed, and removed."""
    wanted = manifest.disclosures
    current = releases.in_force()
    vectors_kept = _copy_release_in_force(building, releases, manifest, current)
    with closing(Catalogue(releases.facts.build(building))) as catalogue:
        held = catalogue.digests()
        stale = sorted(i for i in held if held[i] != wanted.get(i))
        fresh = sorted(i for i in wanted if wanted[i] != held.get(i))
        for disclosure_id in stale:
            catalogue.remove(disclosure_id)
        for disclosure_id in fresh:
            catalogue.put(load(disclosure_id), wanted[disclosure_id])
        catalogue.finish_writing()
        unchanged = held.keys() - stale
        source = releases.place(current) if current and unchanged else None
        releases.lexical.build(building, catalogue, source, unchanged)
        counts = catalogue.passage_counts()
        to_embed = fresh if vectors_kept else sorted(wanted)
        progress.stage("生成向量", sum(counts[i] for i in to_embed))
        # Only now: an embedded Chroma holds all vectors in memory while it is written to.
        with closing(releases.vectors.build(building)) as vectors:
            for disclosure_id in stale if vectors_kept else ():
                vectors.remove(disclosure_id)
            _embed((catalogue.passages(i) for i in to_embed), vectors, embedder, progress)
            stored = vectors.count()
        if stored != sum(counts.values()):
            raise StoreError(
                f"向量库有 {stored} 条，段落有 {sum(counts.values())} 条，两者不一致，"
                "没有发布。请再运行一次 budget-qa ingest；如仍出现，请删除数据目录后重新导入。"
            )
        return len(fresh), len(set(stale) - set(fresh))


def _copy_release_in_force(
    building: Place, releases: Releases, manifest: Manifest, current: str | None
) -> bool:
    """Start from what is published; returns whether its vectors can be kept."""
    held = releases.manifest(current) if current else None
    if (
        current is None
        or held is None
        or held.format != manifest.format
        or held.revision > manifest.revision  # written by a later version of the program
    ):
        return True  # nothing is kept, so no vector is in the way
    source = releases.place(current)
    releases.facts.copy(source, building, held.revision)
    if held.embedder != manifest.embedder:
        return False
    releases.vectors.copy(source, building)
    return True


def _embed(
    disclosures: Iterable[tuple[Passage, ...]],
    vectors: VectorStore,
    embedder: Embedder,
    progress: Progress,
) -> None:
    """Passages through LlamaIndex's ingestion pipeline into Chroma."""
    # LlamaIndex takes seconds to import, and only publishing something new needs it.
    from llama_index.core.ingestion import IngestionPipeline
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from disclosure.embedding.llama import LlamaEmbedding

    pipeline = IngestionPipeline(
        transformations=[LlamaEmbedding(embedder, done=progress.advance)],
        vector_store=ChromaVectorStore(chroma_collection=vectors.collection),
        disable_cache=True,  # vectors are remembered by ``CachedEmbedder``, on disk
    )
    passages = (passage for disclosure in disclosures for passage in disclosure)
    while batch := list(islice(passages, BATCH)):
        pipeline.run(
            nodes=[
                TextNode(
                    id_=passage.id,
                    text=passage.embedded_text(),
                    metadata={"disclosure_id": passage.disclosure_id, "kind": passage.kind.value},
                    # What is embedded is the text alone.
                    excluded_embed_metadata_keys=["disclosure_id", "kind"],
                )
                for passage in batch
            ]
        )
