"""Looking through the facts of a release as through one big table: filtered, sorted, by pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from disclosure.model import Fact

#: What facts can be sorted by; ``document``: as the documents print them.
SortKey = Literal["document", "value", "label", "department", "year"]
#: Beyond so many, matching facts are no longer counted.
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which facts are looked for: every field that is set must match.

    ``words`` must all stand in the row's label, the project or the item; ``table_kind`` is a
    ``TableKind``; ``unit_of_measure`` a fact's unit (万元, %, 名).
    """

    disclosure_id: str = ""
    department: str = ""
    year: int | None = None
    table_id: str = ""
    table_kind: str = ""
    measure: str = ""
    aspect: str = ""
    unit_of_measure: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactPage:
    """One page of facts and how many match in all; ``more`` where ``COUNTED`` is exceeded."""

    facts: Sequence[Fact]
    total: int
    more: bool = False


@runtime_checkable
class FactBrowser(Protocol):
    """A library whose facts can be looked through."""

    def browse(
        self,
        wanted: FactFilter,
        *,
        sort: SortKey = "document",
        descending: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> FactPage:
        """One page of the facts that match and have a value. By value, money of different units
        is compared as money."""
        ...
