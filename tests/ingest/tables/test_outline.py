"""Numbered labels and the hierarchy of rows."""

from __future__ import annotations

import pytest

from ingest.tables.outline import Label, Outline, read_label


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("一、一般公共预算拨款", Label("一、", "一般公共预算拨款")),
        ("（一）上级补助", Label("（一）", "上级补助")),
        ("1.政府性基金", Label("1.", "政府性基金")),
        ("(2)商品和服务支出", Label("（1）", "商品和服务支出")),
        ("其中：（1）公务用车购置费", Label("（1）", "公务用车购置费", True)),
        ("其中：专项资金", Label("其中", "专项资金", True)),
        ("住房公积金", Label("", "住房公积金")),
        ("3.5吨以下车辆", Label("", "3.5吨以下车辆")),
    ],
)
def test_label_is_taken_apart(cell: str, label: Label) -> None:
    assert read_label(cell) == label


def test_known_style_closes_down_to_its_last_row() -> None:
    outline: Outline[str] = Outline()
    assert outline.place("一、", "甲") == []
    assert outline.place("（一）", "甲一") == ["甲"]
    assert outline.place("1.", "甲一1") == ["甲", "甲一"]
    assert outline.place("（一）", "甲二") == ["甲"]
    assert outline.place("一、", "乙") == []
