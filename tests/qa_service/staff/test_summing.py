"""Sums of selected facts: exact, in one unit, and warned about where money is counted twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure.document import Locator
from disclosure.members import contains, overlaps
from disclosure.model import Aspect, Coordinates, Fact, Measure
from qa_service.staff.summing import SumError, sum_of


def fact(
    value: str, of: str = "万元", year: int = 2026, aspect: Aspect = Aspect.AMOUNT, **axes: str
) -> tuple[Fact, str]:
    made = Fact(
        id=f"{value}{axes}",
        disclosure_id="d1",
        measure=Measure.EXPENDITURE,
        aspect=aspect,
        coordinates=Coordinates(**axes),
        value=Decimal(value),
        unit=of,
        year=year,
        label="行",
        locator=Locator(),
    )
    return made, "+".join(axes.values()) or "合计"


def test_sum_is_exact_and_shows_its_formula() -> None:
    done = sum_of([fact("0.10", project="甲"), fact("0.20", project="乙"), fact("-1234.5")])
    assert (done.value, done.unit, done.count) == ("-1234.20", "万元", 3)
    assert done.formula == "0.10 + 0.20 + (-1,234.5) = -1,234.20万元"


def test_units_are_not_mixed() -> None:
    mixed = [fact("1.5", project="甲"), fact("20000", "元", project="乙")]
    with pytest.raises(SumError, match=r"万元、元.*折算"):
        sum_of(mixed)
    done = sum_of(mixed, "元")
    assert (done.value, done.unit) == ("35000", "元")
    assert done.formula == "15,000 + 20,000 = 35,000元"
    with pytest.raises(SumError, match="名"):
        sum_of([fact("3", "名"), fact("1.5")], "万元")
    with pytest.raises(SumError, match="百分比"):
        sum_of([fact("3", "%"), fact("4", "%")])
    assert sum_of([fact("3", "名", item="甲"), fact("4", "名", item="乙")]).value == "7"


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ({}, {"subject": "206"}),
        ({"subject": "206"}, {"subject": "2060101"}),
        ({"subject": "20601"}, {"subject": "2060101", "unit": "405001"}),
        ({"economic": "302"}, {"economic": "30211"}),
        ({"economic": "三公"}, {"economic": "30217"}),
        ({"economic": "三公"}, {"economic": "30231"}),
        ({"fund": "fiscal"}, {"fund": "general"}),
        ({"fund": "unit_funds"}, {"fund": "operations"}),
        ({"kind": "basic"}, {"kind": "basic", "nature": "public"}),
    ],
)
def test_parent_beside_its_child_is_warned_of(whole: dict[str, str], part: dict[str, str]) -> None:
    assert contains(Coordinates(**whole), Coordinates(**part))
    assert not contains(Coordinates(**part), Coordinates(**whole))
    for pair in ([fact("9", **whole), fact("4", **part)], [fact("4", **part), fact("9", **whole)]):
        (warning,) = sum_of(pair).warnings
        assert "包含" in warning
        assert "重复计算" in warning


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"subject": "206"}, {"subject": "208"}),
        ({"subject": "20601"}, {"subject": "20602"}),
        ({"unit": "405001"}, {"unit": "405002"}),
        ({"economic": "30217"}, {"economic": "30231"}),
        ({"fund": "general"}, {"fund": "unit_funds"}),
        ({"project": "甲"}, {"project": "乙"}),
    ],
)
def test_disjoint_figures_are_added_without_a_word(
    left: dict[str, str], right: dict[str, str]
) -> None:
    assert not overlaps(Coordinates(**left), Coordinates(**right))
    assert sum_of([fact("9", **left), fact("4", **right)]).warnings == ()


def test_crossing_and_repeated_figures_are_warned_of() -> None:
    (crossing,) = sum_of([fact("9", subject="206"), fact("4", unit="405001")]).warnings
    assert "交叉" in crossing
    (twice,) = sum_of([fact("9", subject="206"), fact("9", subject="206")]).warnings
    assert "两处公布" in twice


def test_other_years_and_changes_are_warned_of() -> None:
    assert any("年度" in w for w in sum_of([fact("1"), fact("2", year=2025)]).warnings)
    changes = [fact("1", aspect=Aspect.CHANGE)]
    assert any("增减" in w for w in sum_of(changes).warnings)


def test_nothing_selected_is_told() -> None:
    with pytest.raises(SumError, match="没有选中"):
        sum_of([])
