"""Making facts: ids, ordinals and what a cell hands on."""

from __future__ import annotations

from decimal import Decimal

from disclosure.document import Locator
from disclosure.model import ALL, Aspect, Measure
from ingest.facts import Cell, FactMaker, Figure, Indicator, stable_id


def _cell(row: int, column: int = 2) -> Cell:
    return Cell(Locator("f.txt", line=row, table=1, row=row), column, "车辆经费", ("合计",))


def _figure(printed: str = "1.00") -> Figure:
    return Figure(Decimal(printed), "万元", printed)


def test_coordinates_not_given_are_all() -> None:
    fact = FactMaker("d", "t", 2026).add(
        _cell(3), Measure.EXPENDITURE, {"fund": "general"}, _figure()
    )
    assert fact.coordinates.narrowed() == {"fund": "general"}
    assert fact.coordinates.unit == ALL
    assert (fact.aspect, fact.year, fact.stage) == (Aspect.AMOUNT, 2026, "initial")


def test_period_and_base_come_from_what_the_header_said() -> None:
    sets = {"aspect": "prior", "base": "上年预算数", "stage": "final"}
    fact = FactMaker("d", "t", 2026).add(_cell(3), Measure.EXPENDITURE, sets, _figure())
    assert (fact.aspect, fact.base, fact.stage) == (Aspect.PRIOR, "上年预算数", "final")


def test_alike_rows_are_numbered_and_keep_ids_of_their_own() -> None:
    maker = FactMaker("d", "t", 2026)
    sets = {"project": "车辆经费"}
    same = [maker.add(_cell(row), Measure.PROCUREMENT, sets, _figure()) for row in (3, 4, 5)]
    assert [fact.ordinal for fact in same] == [1, 2, 3]
    assert len({fact.id for fact in same}) == 3
    beside = maker.add(_cell(3, 4), Measure.PROCUREMENT, sets, _figure())
    assert beside.ordinal == 1


def test_id_depends_on_place_and_disclosure_only() -> None:
    one = FactMaker("d", "t", 2026).add(_cell(3), Measure.EXPENDITURE, {}, _figure("1.00"))
    again = FactMaker("d", "t", 2026).add(_cell(3), Measure.EXPENDITURE, {}, _figure("2.00"))
    other = FactMaker("e", "t", 2026).add(_cell(3), Measure.EXPENDITURE, {}, _figure("1.00"))
    assert one.id == again.id != other.id


def test_several_targets_of_a_cell_have_spans_and_ids_of_their_own() -> None:
    maker = FactMaker("d", "t", 2026)
    texts = [
        Indicator("数量指标", "人数", "≥3人", 0, 7, "≥"),
        Indicator("数量指标", "天数", "全年", 8, 14),
    ]
    made = [maker.add(_cell(3), Measure.TARGET, {}, Figure(None), text) for text in texts]
    assert [(fact.locator.start, fact.locator.end) for fact in made] == [(0, 7), (8, 14)]
    assert made[0].id != made[1].id
    assert (made[0].comparator, made[0].text_value, made[0].indicator) == ("≥", "≥3人", "人数")


def test_decimals_are_those_printed() -> None:
    fact = FactMaker("d", "t", 2026).add(_cell(3), Measure.EXPENDITURE, {}, _figure("1.2300"))
    assert fact.places == 4
    assert fact.printed == "1.2300"


def test_stable_id_is_the_same_in_every_run() -> None:
    assert stable_id("a", 1, None) == stable_id("a", 1, None)
    assert len(stable_id("a")) == 20
