"""No knowledge of the shipped disclosure: a consistently changed copy is read just as well."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from disclosure.document import Document
from disclosure.model import Bundle, Coordinates, Fact
from disclosure.money import MONEY_UNITS
from ingest.assemble import assemble
from ingest.readers import read_document
from tests.support.variant import SEED_VARIATION

ROOT = Path(__file__).resolve().parents[2]


@cache
def _text() -> str:
    (path,) = (ROOT / "data/disclosures").glob("*.txt")
    return path.read_text("utf-8")


@cache
def _documents() -> tuple[Document, Document]:
    changed = SEED_VARIATION.apply(_text())
    return (
        read_document("原文.txt", _text().encode()),
        read_document("改写.txt", changed.encode()),
    )


@cache
def _alone(which: int) -> Bundle:
    (bundle,) = assemble([_documents()[which]]).bundles
    return bundle


def _changed(fact: Fact) -> tuple[object, ...]:
    """What a fact of the original must be in the copy."""
    value = fact.value
    if value is not None and fact.unit in MONEY_UNITS:
        value *= SEED_VARIATION.factor
    axes = {axis: SEED_VARIATION.apply(key) for axis, key in fact.coordinates.narrowed().items()}
    return (
        fact.measure,
        fact.aspect,
        Coordinates(**axes),
        value,
        fact.unit,
        fact.year + SEED_VARIATION.years,
        SEED_VARIATION.apply(fact.label),
        SEED_VARIATION.apply(fact.text_value),
        fact.origin,
        fact.total,
        fact.confidence,
    )


def _said(fact: Fact) -> tuple[object, ...]:
    return (
        fact.measure,
        fact.aspect,
        fact.coordinates,
        fact.value,
        fact.unit,
        fact.year,
        fact.label,
        fact.text_value,
        fact.origin,
        fact.total,
        fact.confidence,
    )


def test_amounts_years_codes_and_names_are_changed_and_nothing_else() -> None:
    line = "405柳州市科学技术局2026年支出1,000.50\n万元，占27.68%，共19个，（2060101）500亿元。"
    assert SEED_VARIATION.apply(line) == (
        "618桂林市水利局2030年支出7,003.50\n万元，占27.68%，共19个，（2060101）3500亿元。"
    )
    row = "405001\t柳州市科学技术局\t2060101\t0.75\t405.00\t19"
    assert SEED_VARIATION.apply(row) == "618001\t桂林市水利局\t2060101\t5.25\t2,835.00\t19"


def test_nothing_of_the_original_is_left_in_the_copy() -> None:
    copy = SEED_VARIATION.apply(_text())
    for word in ("柳州", "405", "科学技术局", "2026年部门", "9,050.14"):
        assert word in _text()
        assert word not in copy


def test_the_copy_is_another_departments_disclosure() -> None:
    original, copy = _alone(0).disclosure, _alone(1).disclosure
    assert (copy.department, copy.code, copy.year) == ("桂林市水利局", "618", 2030)
    assert copy.region.city == "桂林市"
    assert copy.id != original.id
    assert [unit.key for unit in copy.units] == ["618001", "618002", "618003", "618004"]
    assert copy.title == SEED_VARIATION.apply(original.title)


def test_every_fact_of_the_original_is_in_the_copy_changed() -> None:
    assert list(map(_changed, _alone(0).facts)) == list(map(_said, _alone(1).facts))


def test_every_passage_and_table_of_the_original_is_in_the_copy_changed() -> None:
    apply = SEED_VARIATION.apply
    assert [(p.kind, apply(p.text), apply(p.subject_label)) for p in _alone(0).passages] == [
        (p.kind, p.text, p.subject_label) for p in _alone(1).passages
    ]
    assert [(t.name, t.kind, t.confidence) for t in _alone(0).tables] == [
        (t.name, t.kind, t.confidence) for t in _alone(1).tables
    ]


def test_side_by_side_each_keeps_its_own_figures() -> None:
    together = {b.disclosure.id: b for b in assemble(_documents()).bundles}
    for which in (0, 1):
        alone = _alone(which)
        assert together[alone.disclosure.id] == alone


def test_a_whole_factor_keeps_rates_and_shares() -> None:
    totals = [
        {f.value for f in _alone(which).facts if f.unit == "%" and f.origin == "sentence"}
        for which in (0, 1)
    ]
    assert totals[0] == totals[1]
    assert Decimal("27.68") in totals[0]
