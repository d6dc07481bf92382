"""Facts of a release by pages: what matches, in which order, and how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from disclosure.browsing import FactFilter, FactPage, SortKey
from disclosure.model import Aspect, Bundle, Measure
from disclosure.store import browsing
from disclosure.store.catalogue import Catalogue
from disclosure.store.schema import sqlite_to_build, upgrade
from tests.disclosure.store.samples import sample


def bundle(name: str, year: int, *values: tuple[str, str, str]) -> Bundle:
    """A disclosure whose facts are given as (label, value, unit), all in its one table."""
    made = sample(name, year=year)
    first = made.facts[0]
    facts = tuple(
        replace(
            first,
            id=f"{name}-{year}:{number}",
            label=label,
            value=Decimal(value),
            unit=unit,
            table_id=made.tables[0].id,
        )
        for number, (label, value, unit) in enumerate(values, 1)
    )
    return replace(made, facts=facts, findings=())


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    engine = sqlite_to_build(tmp_path / "facts.sqlite")
    upgrade(engine)
    held = Catalogue(engine)
    held.put(bundle("林业局", 2030, ("差旅费", "9.5", "万元"), ("培训费_甲", "20000", "元")), "a")
    held.put(bundle("渔业局", 2031, ("差旅费", "100.20", "万元"), ("占比", "99.99", "%")), "b")
    yield held
    held.close()


def browse(
    catalogue: Catalogue,
    sort: SortKey = "document",
    descending: bool = False,
    limit: int = 50,
    offset: int = 0,
    **wanted: object,
) -> FactPage:
    chosen = FactFilter(**wanted)  # type: ignore[arg-type]
    return catalogue.browse(chosen, sort, descending, limit, offset)


def shown(page: FactPage) -> list[str]:
    return [f"{fact.label} {fact.value}{fact.unit}" for fact in page.facts]


def test_all_facts_come_in_the_order_of_the_documents(catalogue: Catalogue) -> None:
    page = browse(catalogue)
    assert shown(page) == [
        "差旅费 9.5万元",
        "培训费_甲 20000元",
        "差旅费 100.20万元",
        "占比 99.99%",
    ]
    assert (page.total, page.more) == (4, False)
    assert page.facts[0] == catalogue.facts("林业局-2030")[0]


def test_money_is_sorted_as_money_whatever_its_unit(catalogue: Catalogue) -> None:
    rising = browse(catalogue, "value", words=("费",))
    assert shown(rising) == ["培训费_甲 20000元", "差旅费 9.5万元", "差旅费 100.20万元"]
    falling = browse(catalogue, "value", True, words=("费",))
    assert shown(falling) == shown(rising)[::-1]


@pytest.mark.parametrize(
    ("wanted", "labels"),
    [
        ({"department": "渔业局"}, ["差旅费", "占比"]),
        ({"disclosure_id": "林业局-2030"}, ["差旅费", "培训费_甲"]),
        ({"year": 2031}, ["差旅费", "占比"]),
        ({"unit_of_measure": "元"}, ["培训费_甲"]),
        ({"words": ("差旅",)}, ["差旅费", "差旅费"]),
        ({"words": ("费", "甲")}, ["培训费_甲"]),
        ({"words": ("费%甲",)}, []),
        ({"words": ("_",)}, ["培训费_甲"]),
        ({"measure": Measure.REVENUE}, []),
        ({"aspect": Aspect.AMOUNT, "year": 2030}, ["差旅费", "培训费_甲"]),
        ({"table_kind": "expenditure"}, ["差旅费", "培训费_甲", "差旅费", "占比"]),
        ({"table_kind": "projects"}, []),
        ({"table_id": "渔业局-2031:t1"}, ["差旅费", "占比"]),
    ],
)
def test_every_field_that_is_set_must_match(
    catalogue: Catalogue, wanted: dict[str, object], labels: list[str]
) -> None:
    page = browse(catalogue, **wanted)  # type: ignore[arg-type]
    assert [fact.label for fact in page.facts] == labels
    assert page.total == len(labels)


def test_pages_follow_each_other(catalogue: Catalogue) -> None:
    whole = shown(browse(catalogue, "label"))
    pages = [shown(browse(catalogue, "label", limit=1, offset=n)) for n in range(5)]
    assert [line for page in pages for line in page] == whole
    assert browse(catalogue, limit=1).total == 4


def test_facts_without_a_value_are_left_out(catalogue: Catalogue) -> None:
    made = bundle("水利局", 2031, ("目标", "1", "个"))
    catalogue.put(replace(made, facts=(replace(made.facts[0], value=None),)), "c")
    assert browse(catalogue, department="水利局").total == 0


def test_counting_stops_somewhere(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsing, "COUNTED", 3)
    page = browse(catalogue)
    assert (page.total, page.more, len(page.facts)) == (3, True, 4)
