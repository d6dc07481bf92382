"""Sums that header paths promise."""

from __future__ import annotations

from ingest.tables.identities import Evidence, Sum, check, sums


def test_totals_are_the_sums_of_their_groups() -> None:
    paths = [
        ("合计",),
        ("基本支出", "小计"),
        ("基本支出", "人员"),
        ("基本支出", "公用"),
        ("项目支出",),
    ]
    assert set(sums(paths)) == {Sum(1, (2, 3)), Sum(0, (1, 4))}


def test_group_with_a_part_of_which_promises_nothing() -> None:
    assert sums([("拨款", "小计"), ("拨款", "其中：专项"), ("拨款", "其中：其他")]) == []


def test_rounding_is_no_breach_and_blanks_are_nothing() -> None:
    promised = [Sum(0, (1, 2))]
    assert check(promised, [("10.00", "3.33", "6.68")]) == Evidence(held=1)
    assert check(promised, [("10.00", "", "10.00")]) == Evidence(held=1)
    assert check(promised, [("10.00", "3.00", "6.00")]) == Evidence(broken=1)
    assert check(promised, [("0.00", "0.00", "0.00")]) == Evidence()
