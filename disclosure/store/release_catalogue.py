"""The SQL side of a release: the catalogues of its parts, read as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from disclosure.browsing import FactFilter, FactPage, SortKey
from disclosure.library import FactQuery, PublishedNames
from disclosure.model import Disclosure, Fact, Finding, Outcome, Passage, PublishedTable
from disclosure.store.browsing import browse
from disclosure.store.catalogue import Catalogue, in_order


class ReleaseCatalogue:
    """Gives what a disclosure has from the part that shows it, and looks through all parts for
    what may be anyone's. Each part is given with the ids of the disclosures that it shows."""

    def __init__(self, parts: Sequence[tuple[Catalogue, Iterable[str]]]) -> None:
        self._parts = [catalogue for catalogue, _ in parts]
        self._homes = {i: catalogue for catalogue, shown in parts for i in shown}

    def close(self) -> None:
        for part in self._parts:
            part.close()

    def disclosures(self) -> tuple[Disclosure, ...]:
        """All disclosures, by region, department, year, kind and level."""
        return in_order(chain.from_iterable(part.disclosures() for part in self._parts))

    def facts(self, disclosure_id: str) -> tuple[Fact, ...]:
        home = self._homes.get(disclosure_id)
        return home.facts(disclosure_id) if home else ()

    def tables(self, disclosure_id: str) -> tuple[PublishedTable, ...]:
        home = self._homes.get(disclosure_id)
        return home.tables(disclosure_id) if home else ()

    def passages(self, disclosure_id: str) -> tuple[Passage, ...]:
        home = self._homes.get(disclosure_id)
        return home.passages(disclosure_id) if home else ()

    def findings(self, disclosure_id: str, outcome: Outcome | None = None) -> tuple[Finding, ...]:
        """The findings of a disclosure, or those of one outcome."""
        home = self._homes.get(disclosure_id)
        return home.findings(disclosure_id, outcome) if home else ()

    def names(self) -> PublishedNames:
        """The names of projects and tables, and which amounts are published on one axis."""
        found = [part.names() for part in self._parts]
        return PublishedNames(
            projects=tuple(chain.from_iterable(names.projects for names in found)),
            tables=tuple(chain.from_iterable(names.tables for names in found)),
            headlines=frozenset().union(*(names.headlines for names in found)),
        )

    def passages_at(self, places: Iterable[tuple[str, int]]) -> list[tuple[int, Passage]]:
        """Passages of any disclosures with their positions, by disclosure and position."""
        at: dict[Catalogue, list[tuple[str, int]]] = {}
        for disclosure_id, position in places:
            at.setdefault(self._homes[disclosure_id], []).append((disclosure_id, position))
        return [placed for part, wanted in at.items() for placed in part.passages_at(wanted)]

    def passages_by_id(self, ids: Iterable[tuple[str, str]]) -> list[tuple[int, Passage]]:
        """Passages with their positions, by disclosure and id."""
        at: dict[Catalogue, list[str]] = {}
        for disclosure_id, passage_id in ids:
            at.setdefault(self._homes[disclosure_id], []).append(passage_id)
        return [placed for part, wanted in at.items() for placed in part.passages_by_id(wanted)]

    def find_facts(self, query: FactQuery) -> tuple[Fact, ...]:
        """Facts across disclosures whose set fields all match; ordered by disclosure, position."""
        wanted = {self._homes[i] for i in query.disclosure_ids if i in self._homes}
        parts = [part for part in self._parts if part in wanted or not query.disclosure_ids]
        found = [part.find_facts(query) for part in parts]
        if len(found) == 1:
            return found[0]
        return tuple(sorted(chain.from_iterable(found), key=lambda fact: fact.disclosure_id))

    def browse(
        self, wanted: FactFilter, sort: SortKey, descending: bool, limit: int, offset: int
    ) -> FactPage:
        """One page of the facts of all disclosures that match."""
        parts = [part.browsed for part in self._parts]
        return browse(parts, wanted, sort, descending, limit, offset)
