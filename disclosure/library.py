"""The read side of one release, as the query service and the evaluation see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from disclosure.model import Disclosure, Fact, Finding, Passage, PublishedTable


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage with its fused score (0 to 1) and cosine similarity to the query.

    ``relevance`` is the reranker's opinion where one is configured: its order is then that of the
    hits, and it can be compared within one search only.
    """

    passage: Passage
    score: float
    similarity: float
    relevance: float | None = None


@dataclass(frozen=True, slots=True)
class PublishedNames:
    """The open names of a release, by disclosure id: each once, in no order that means anything.

    ``projects``: (id, project). ``tables``: (id, label, title). ``headlines``: (id, measure, axis,
    member) of the amounts that are narrowed on one axis beside the fund, ALL for both on none.
    """

    projects: tuple[tuple[str, str], ...]
    tables: tuple[tuple[str, str, str], ...]
    headlines: frozenset[tuple[str, str, str, str]]


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Which facts to fetch across disclosures: every set field must match exactly.

    ``disclosure_ids`` empty means all. ``coordinates`` maps axis names to members.
    """

    measure: str
    aspect: str
    coordinates: tuple[tuple[str, str], ...] = ()
    disclosure_ids: tuple[str, ...] = ()
    year: int | None = None


class Library(Protocol):
    """One consistent release. All methods are read-only and safe to call from several threads."""

    @property
    def release_id(self) -> str:
        """Hash of what the release holds; changes exactly when an answer could."""
        ...

    def disclosures(self) -> Sequence[Disclosure]:
        """Every current disclosure (superseded versions excluded), in a stable order."""
        ...

    def facts(self, disclosure_id: str) -> Sequence[Fact]:
        """All facts of one disclosure, in document order."""
        ...

    def find_facts(self, query: FactQuery) -> Sequence[Fact]:
        """Facts across disclosures, by indexed coordinates."""
        ...

    def passages(self, disclosure_id: str) -> Sequence[Passage]:
        """All passages of one disclosure, in document order."""
        ...

    def tables(self, disclosure_id: str) -> Sequence[PublishedTable]:
        """All tables of one disclosure, in document order."""
        ...

    def findings(self, disclosure_id: str) -> Sequence[Finding]:
        """All reconciliation findings of one disclosure."""
        ...

    def mismatches(self, disclosure_id: str) -> Sequence[Finding]:
        """The findings that something does not agree: the few that answers must mention."""
        ...

    def names(self) -> PublishedNames:
        """The names of projects and tables in all disclosures, without reading their facts."""
        ...

    def search(self, text: str, disclosure_ids: Sequence[str], limit: int = 8) -> Sequence[Hit]:
        """Passages nearest to ``text``, vectors and bigram BM25 fused, then reranked where a
        reranker is configured; of all disclosures if none are given."""
        ...
