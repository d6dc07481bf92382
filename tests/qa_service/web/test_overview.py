"""Charts of a disclosure: only compositions that the published figures make."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure.document import Locator
from disclosure.library import Library
from disclosure.model import Aspect, Coordinates, Disclosure, Fact, Kind, Level, Measure, Region
from qa_service.service import AnswerService
from qa_service.web.overview import BarChart, overview
from tests.support.scripted import ScriptedLibrary

_DISCLOSURE = Disclosure(
    "d", "某局", "", Region(), 2031, Kind.BUDGET, Level.DEPARTMENT, "", (), (), ()
)


class _Facts(ScriptedLibrary):
    def __init__(self, *facts: Fact) -> None:
        super().__init__()
        self._facts = facts

    def facts(self, disclosure_id: str) -> tuple[Fact, ...]:
        return self._facts


def _fact(value: str, kind: str = "ALL", unit: str = "万元") -> Fact:
    return Fact(
        id=kind,
        disclosure_id="d",
        measure=Measure.EXPENDITURE,
        aspect=Aspect.AMOUNT,
        coordinates=Coordinates(kind=kind),
        value=Decimal(value),
        unit=unit,
        year=2031,
        label="",
        locator=Locator(),
        printed=value,
        places=len(value.partition(".")[2]),
    )


def _charts(*facts: Fact) -> list[BarChart]:
    return overview(_Facts(*facts), _DISCLOSURE)


def test_parts_that_make_the_total_are_drawn_largest_first() -> None:
    [chart] = _charts(_fact("10.00"), _fact("2.50", "basic"), _fact("7.50", "project"))
    assert (chart.total, chart.unit) == ("10.00", "万元")
    assert [(b.label, b.value, b.share, b.length) for b in chart.bars] == [
        ("项目支出", "7.50", "75.00%", "100.00"),
        ("基本支出", "2.50", "25.00%", "33.33"),
    ]


def test_rounding_is_no_disagreement() -> None:
    assert _charts(_fact("10.01"), _fact("2.50", "basic"), _fact("7.50", "project"))


@pytest.mark.parametrize("project", ["7.40", "-7.50"])
def test_parts_that_do_not_make_the_total_are_not_drawn(project: str) -> None:
    assert _charts(_fact("10.00"), _fact("2.50", "basic"), _fact(project, "project")) == []


def test_one_part_alone_is_no_composition() -> None:
    assert _charts(_fact("10.00"), _fact("10.00", "basic"), _fact("0.00", "project")) == []


def test_units_of_measure_are_brought_together() -> None:
    [chart] = _charts(
        _fact("10.00"), _fact("25000", "basic", "元"), _fact("75000", "project", "元")
    )
    assert [b.value for b in chart.bars] == ["7.5", "2.5"]


def test_shipped_disclosure_has_its_compositions(shipped_service: AnswerService) -> None:
    library: Library | None = shipped_service.library()
    assert library is not None
    [disclosure] = library.disclosures()
    charts = {chart.id: chart for chart in overview(library, disclosure)}
    assert set(charts) == {"by-kind", "by-subject", "by-unit", "three-public"}
    assert charts["by-kind"].total == "9,050.14"
    assert [b.share for b in charts["three-public"].bars] == ["61.82%", "38.18%"]
