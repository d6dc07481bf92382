"""The list of disclosures on the first page: by region and department, found by name, paged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosure.model import Disclosure, Level
from qa_service.typeahead.entries import EntryKind, place_of
from qa_service.typeahead.index import NameIndex

PAGE = 60
_OWNERS = (EntryKind.DEPARTMENT, EntryKind.UNIT)
_MOST_FOUND = 300
_NOWHERE = "国家机关和其他"


@dataclass(slots=True)
class Department:
    """A department or unit with its disclosures, latest first. ``via`` is the name found by."""

    name: str
    place: str
    disclosures: list[Disclosure] = field(default_factory=list)
    via: str = ""


@dataclass(slots=True)
class Place:
    """A region with its departments."""

    name: str
    departments: list[Department] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list. ``places`` counts the departments of each region, for the filter."""

    query: str
    place: str
    groups: list[Place]
    places: list[tuple[str, int]]
    total: int
    page: int
    pages: int


def listing(
    held: Sequence[Disclosure], index: NameIndex, query: str, place: str, page: int
) -> Listing:
    """What the query finds, or everything, of one region where one is chosen."""
    query = query.strip()
    departments = _found(held, index, query) if query else _by_department(held)
    counts: dict[str, int] = {}
    for department in departments:
        counts[department.place] = counts.get(department.place, 0) + 1
    wanted = [d for d in departments if not place or d.place == place]
    pages = max(1, -(-len(wanted) // PAGE))
    page = min(max(page, 1), pages)
    groups: list[Place] = []
    for department in wanted[(page - 1) * PAGE : page * PAGE]:
        # Found ones stay in the order of their match: a region may come again.
        if not groups or groups[-1].name != department.place:
            groups.append(Place(department.place))
        groups[-1].departments.append(department)
    return Listing(query, place, groups, sorted(counts.items()), len(wanted), page, pages)


def _by_department(held: Sequence[Disclosure]) -> list[Department]:
    found: dict[tuple[str, str], Department] = {}
    for disclosure in held:
        where = place_of(disclosure.region) or _NOWHERE
        department = found.setdefault(
            (where, disclosure.department), Department(disclosure.department, where)
        )
        department.disclosures.append(disclosure)
    for department in found.values():
        department.disclosures.sort(key=lambda d: (-d.year, d.level is Level.UNIT, d.kind))
    # Regions with a name first; within one, as the release orders them.
    return sorted(found.values(), key=lambda d: (d.place == _NOWHERE, d.place))


def _found(held: Sequence[Disclosure], index: NameIndex, query: str) -> list[Department]:
    """Departments by their own names and their units'; else by what their tables name."""
    hits = index.find(query, _MOST_FOUND, kinds=_OWNERS) or index.find(query, _MOST_FOUND)
    via: dict[str, str] = {}
    for hit in hits:
        for disclosure_id in hit.entry.disclosure_ids:
            own = hit.entry.kind is EntryKind.DEPARTMENT
            via.setdefault(disclosure_id, "" if own else hit.entry.text)
    order = {disclosure_id: number for number, disclosure_id in enumerate(via)}
    found = _by_department([d for d in held if d.id in via])
    for department in found:
        best = min(department.disclosures, key=lambda d: order[d.id])
        department.via = via[best.id]
    return sorted(found, key=lambda d: min(order[one.id] for one in d.disclosures))
