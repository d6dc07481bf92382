"""The list of disclosures on the first page."""

from __future__ import annotations

import pytest

from disclosure.model import Disclosure, Kind, Level, OrgUnit, Region
from qa_service.typeahead.entries import Entry, EntryKind
from qa_service.typeahead.index import NameIndex
from qa_service.web.listing import PAGE, listing


def _held(number: int, city: str = "云山市", year: int = 2031) -> Disclosure:
    return Disclosure(
        id=f"d{number}-{year}",
        department=f"第{number}局",
        code=str(number),
        region=Region("海东省", city) if city else Region(),
        year=year,
        kind=Kind.BUDGET,
        level=Level.DEPARTMENT,
        title=f"第{number}局{year}年部门预算",
        units=(OrgUnit("1", "1", "某中心"),),
        subjects=(),
        files=(),
    )


_EMPTY = NameIndex(())


@pytest.mark.parametrize("count", [0, 1, 100, 2000])
def test_any_number_is_paged(count: int) -> None:
    held = [_held(n) for n in range(count)]
    first = listing(held, _EMPTY, "", "", 1)
    assert first.total == count
    assert first.pages == max(1, -(-count // PAGE))
    shown = [
        d.name
        for page in range(1, first.pages + 1)
        for group in listing(held, _EMPTY, "", "", page).groups
        for d in group.departments
    ]
    assert len(shown) == len(set(shown)) == count


def test_years_of_a_department_stand_together_latest_first() -> None:
    held = [_held(1, year=2030), _held(1, year=2032), _held(1, year=2031)]
    [group] = listing(held, _EMPTY, "", "", 1).groups
    [department] = group.departments
    assert [d.year for d in department.disclosures] == [2032, 2031, 2030]


def test_region_filters_and_those_without_one_come_last() -> None:
    held = [_held(1, ""), _held(2, "云山市"), _held(3, "水月市")]
    everything = listing(held, _EMPTY, "", "", 1)
    assert [g.name for g in everything.groups][-1] == "国家机关和其他"
    one = listing(held, _EMPTY, "", "海东省水月市", 1)
    assert (one.total, one.groups[0].departments[0].name) == (1, "第3局")
    assert len(one.places) == 3


def test_found_by_a_unit_says_which() -> None:
    entry = Entry("某中心", EntryKind.UNIT, "", "", disclosure_ids=("d1-2031",))
    shown = listing([_held(1), _held(2)], NameIndex([entry]), "某中心", "", 1)
    [group] = shown.groups
    assert [(d.name, d.via) for d in group.departments] == [("第1局", "某中心")]


def test_page_beyond_the_end_is_the_last() -> None:
    assert listing([_held(1)], _EMPTY, "", "", 99).page == 1
