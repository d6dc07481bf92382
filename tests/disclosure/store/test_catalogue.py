"""The SQL side of a release keeps bundles value for value and finds facts by coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from disclosure.library import FactQuery
from disclosure.model import ALL, AXES, Coordinates, Fund, Measure
from disclosure.store.catalogue import Catalogue
from disclosure.store.codec import digest
from disclosure.store.schema import sqlite_to_build, upgrade
from tests.disclosure.store.samples import sample


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    engine = sqlite_to_build(tmp_path / "facts.sqlite")
    upgrade(engine)
    held = Catalogue(engine)
    yield held
    held.close()


def test_a_bundle_comes_back_as_it_was_put(catalogue: Catalogue) -> None:
    bundle = sample()
    catalogue.put(bundle, digest(bundle))
    (held,) = catalogue.disclosures()
    assert held == bundle.disclosure
    assert catalogue.tables(held.id) == bundle.tables
    assert catalogue.facts(held.id) == bundle.facts
    assert catalogue.passages(held.id) == bundle.passages
    assert catalogue.findings(held.id) == bundle.findings
    assert catalogue.digests() == {held.id: digest(bundle)}


@pytest.mark.parametrize(
    "printed", ["9050.10", "4074.00", "-0.04", "0", "123456789012345678.123456"]
)
def test_a_value_keeps_every_printed_digit(catalogue: Catalogue, printed: str) -> None:
    bundle = sample(amount=printed)
    catalogue.put(bundle, digest(bundle))
    assert str(catalogue.facts(bundle.disclosure.id)[0].value) == printed


def test_putting_again_replaces(catalogue: Catalogue) -> None:
    for amount in ("1.00", "2.00"):
        catalogue.put(sample(amount=amount), amount)
    assert len(catalogue.disclosures()) == 1
    assert [f.value for f in catalogue.facts("渔业局-2031")][:2] == [Decimal("2.00")] * 2


def test_removing_one_disclosure_leaves_the_others(catalogue: Catalogue) -> None:
    for name in ("渔业局", "林业局"):
        catalogue.put(sample(name), name)
    catalogue.remove("渔业局-2031")
    assert [d.department for d in catalogue.disclosures()] == ["林业局"]
    assert catalogue.facts("渔业局-2031") == ()
    assert catalogue.passage_counts() == {"林业局-2031": 4}


def test_facts_are_found_across_disclosures_by_the_axes_that_are_set(catalogue: Catalogue) -> None:
    for name in ("渔业局", "林业局"):
        catalogue.put(sample(name), name)
    either_fund = FactQuery("expenditure", "amount", (("subject", "2060301"),))
    assert [f.id for f in catalogue.find_facts(either_fund)] == [
        "林业局-2031:f1",
        "林业局-2031:f2",
        "渔业局-2031:f1",
        "渔业局-2031:f2",
    ]
    one_fund = replace(either_fund, coordinates=(("subject", "2060301"), ("fund", Fund.GENERAL)))
    assert [f.id for f in catalogue.find_facts(one_fund)] == ["林业局-2031:f2", "渔业局-2031:f2"]
    one_department = replace(one_fund, disclosure_ids=("渔业局-2031",))
    assert [f.id for f in catalogue.find_facts(one_department)] == ["渔业局-2031:f2"]
    assert catalogue.find_facts(replace(one_fund, year=2030)) == ()


def test_facts_are_found_at_complete_coordinates(catalogue: Catalogue) -> None:
    catalogue.put(sample(), "1")
    coordinates = Coordinates(subject="2060301")
    everywhere = tuple((axis, getattr(coordinates, axis)) for axis in AXES)
    (found,) = catalogue.find_facts(FactQuery(Measure.EXPENDITURE, "amount", everywhere))
    assert found.id == "渔业局-2031:f1"


def test_all_is_a_member_that_can_be_asked_for(catalogue: Catalogue) -> None:
    catalogue.put(sample(), "1")
    (found,) = catalogue.find_facts(FactQuery("expenditure", "amount", (("fund", ALL),)))
    assert found.coordinates == Coordinates(subject="2060301")


def test_an_unknown_axis_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="colour"):
        catalogue.find_facts(FactQuery("expenditure", "amount", (("colour", "red"),)))
