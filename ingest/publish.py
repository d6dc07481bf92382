"""Publishing: makes the release in force hold exactly the wanted disclosures, in one step.

The new release shares what did not change with the one in force, so that a document added or
changed costs that document only, and replaces it when it is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice

from disclosure.embedding import Embedder
from disclosure.model import Bundle, Passage
from disclosure.store.catalogue import Catalogue
from disclosure.store.errors import StoreError
from disclosure.store.manifest import Manifest, Part
from disclosure.store.place import Place
from disclosure.store.releases import Releases
from disclosure.store.vectors import VectorStore
from ingest.layout import Layout, lay_out
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
    current = releases.in_force()
    if current == target:
        releases.discard_leftovers()
        return Publication(target, changed=False)
    if releases.manifest(target) is not None:
        releases.put_in_force(target)
        return Publication(target, changed=True)
    held = releases.manifest(current) if current else None
    if held and (held.format, held.revision) != (manifest.format, manifest.revision):
        held = None  # another version of the program wrote it
    same_model = held is None or held.embedder == embedder.identity
    layout = lay_out(wanted, held, shares=releases.shares, anew=not same_model)
    releases.start_building()
    builder = _Builder(manifest, layout, load, releases, embedder, same_model)
    built = [builder.build(ids, progress or Silent()) for ids in layout.built]
    releases.finish(replace(manifest, parts=(*layout.shared, *built)))
    removed = held.disclosures.keys() - wanted.keys() if held else ()
    return Publication(target, True, len(layout.fresh), len(removed))


@dataclass(frozen=True, slots=True)
class _Builder:
    """Builds parts of a release; ``same_model`` tells whether vectors that are held can be kept."""

    manifest: Manifest
    layout: Layout
    load: Callable[[str], Bundle]
    releases: Releases
    embedder: Embedder
    same_model: bool

    def build(self, ids: tuple[str, ...], progress: Progress) -> Part:
        """The part of some disclosures, built unless a run that was killed had finished it."""
        digests = {i: self.manifest.disclosures[i] for i in ids}
        part = Part(self.manifest.id_of(digests), ids)
        if not self.releases.finished(part.id):
            self._fill(part, digests, progress)
        return part

    def _fill(self, part: Part, digests: Mapping[str, str], progress: Progress) -> None:
        releases = self.releases
        place = releases.start_part(part.id)
        base, others = self._sources(part)
        if base is not None:
            releases.facts.copy(releases.place(base.id), place, self.manifest.revision)
            if self.same_model:
                releases.vectors.copy(releases.place(base.id), place)
        copied = _common(base, part) if base is not None else []
        dropped = sorted({*base.shown, *base.hidden} - {*copied}) if base is not None else []
        fresh = [i for i in part.shown if i in self.layout.fresh]
        with closing(Catalogue(releases.facts.build(place))) as catalogue:
            for disclosure_id in dropped:
                catalogue.remove(disclosure_id)
            for other in others:
                with closing(Catalogue(releases.facts.read(releases.place(other.id)))) as source:
                    for disclosure_id in _common(other, part):
                        catalogue.take(source, disclosure_id)
            for disclosure_id in fresh:
                catalogue.put(self.load(disclosure_id), digests[disclosure_id])
            catalogue.finish_writing()
            known = releases.place(base.id) if base is not None else None
            releases.lexical.build(place, catalogue, known, copied)
            self._fill_vectors(place, catalogue, dropped, others, part, fresh, progress)
        releases.finish_part(place)

    def _fill_vectors(
        self,
        place: Place,
        catalogue: Catalogue,
        dropped: Iterable[str],
        others: Iterable[Part],
        part: Part,
        fresh: list[str],
        progress: Progress,
    ) -> None:
        """Those that are held are copied, the others computed."""
        counts = catalogue.passage_counts()
        embedded = fresh if self.same_model else list(part.shown)
        progress.stage("生成向量", sum(counts[i] for i in embedded))
        # Only now: an embedded Chroma holds all vectors in memory while it is written to.
        with closing(self.releases.vectors.build(place)) as vectors:
            if self.same_model:
                for disclosure_id in dropped:
                    vectors.remove(disclosure_id)
                for other in others:
                    held = self.releases.vectors.read(self.releases.place(other.id))
                    with closing(held) as source:
                        for disclosure_id in _common(other, part):
                            passages = catalogue.passages(disclosure_id)
                            vectors.take(source, [passage.id for passage in passages])
            _embed((catalogue.passages(i) for i in embedded), vectors, self.embedder, progress)
            stored = vectors.count()
        if stored != sum(counts.values()):
            raise StoreError(
                f"向量库有 {stored} 条，段落有 {sum(counts.values())} 条，两者不一致，"
                "没有发布。请再运行一次 budget-qa ingest；如仍出现，请删除数据目录后重新导入。"
            )

    def _sources(self, part: Part) -> tuple[Part | None, list[Part]]:
        """The part that a new one starts as a copy of, where most of it stays, and the others that
        disclosures are taken from."""
        sources = [one for one in self.layout.moved if _common(one, part)]
        largest = max(sources, key=lambda one: (len(_common(one, part)), one.id), default=None)
        if largest is None or 2 * len(_common(largest, part)) < len(largest.shown + largest.hidden):
            return None, sources
        return largest, [one for one in sources if one is not largest]


def _common(one: Part, part: Part) -> list[str]:
    """The disclosures of a part that is moved which go into a new one."""
    wanted = frozenset(part.shown)
    return [i for i in one.shown if i in wanted]


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
