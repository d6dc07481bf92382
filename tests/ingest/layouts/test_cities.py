"""Layouts of cities that no document is held of, filled with known sums: each printed figure is
read at its coordinates, under every trait of print, alone and combined."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ingest.layouts.documents import NAMES, Layout, check_read, document, filled
from tests.ingest.layouts.sheets import Style

PLAIN = Style()
#: One trait each; the quick run pairs every city with the plain print and one of these.
TRAITS: dict[str, Layout] = {
    "tables before the narrative": Layout(tables_first=True),
    "no labels": Layout(labelled=False),
    **{
        name: Layout(replace(PLAIN, **traits))
        for name, traits in {
            "yuan": {"money": "元"},
            "whole yuan": {"money": "元", "places": 0},
            "no decimals": {"places": 0},
            "six decimals": {"places": 6},
            "no separators": {"separators": False},
            "zeros as dashes": {"zero": "-"},
            "zeros printed": {"zero": "0.00"},
            "zero as a digit": {"zero": "0"},
            "total spaced": {"total": "合  计"},
            "total with a colon": {"total": "合 计："},
            "grand total": {"total": "总计"},
            "total last": {"total_last": True},
            "column numbers": {"numbering": ("1",)},
            "numbered 栏次": {"numbering": ("栏次",)},
            "numbered **": {"numbering": ("**",)},
            "no merged cells": {"spans": False},
            "no merged cells, zeros": {"spans": False, "zero": "0.00"},
            "unit in the title": {"unit_at": "title"},
            "unit in the heads": {"unit_at": "header"},
            "no unit": {"unit_at": "none"},
            "unit of renminbi": {"unit_line": "单位:人民币万元"},
            "unit as 金额": {"unit_line": "金额：万元"},
            "unit beside the owner": {"unit_line": "部门：临江市水务局          单位：万元"},
            "unit beside a bare owner": {"unit_line": "318临江市水务局 单位：万元"},
            "caption inside": {"unit_at": "inside"},
            "caption inside, no merged cells": {"unit_at": "inside", "spans": False},
            "pages with headers": {"page": 6},
            "pages without headers": {"page": 6, "repeat": False},
            "indented": {"indent": "　"},
        }.items()
    },
}
COMBINED: dict[str, Layout] = {
    f"{money}, {places}, {total}, {zero or 'blank'}, {page}, {spans}, {first}": Layout(
        replace(
            PLAIN,
            money=money,
            places=places,
            total=total,
            total_last=last,
            zero=zero,
            page=page,
            spans=spans,
            numbering=("栏次",) if last else (),
        ),
        tables_first=first,
    )
    for money, places in (("元", 2), ("万元", 4))
    for total, last in (("合计", True), ("总 计", False))
    for zero in ("", "-", "0.00")
    for page in (0, 7)
    for spans in (True, False)
    for first in (True, False)
}


def check(city: str, layout: Layout) -> None:
    tables = filled(city, layout.style)
    check_read(tables, [document(tables, layout)])


@pytest.mark.parametrize("city", NAMES)
def test_every_figure_of_a_layout_is_read(city: str) -> None:
    check(city, Layout())


@pytest.mark.parametrize("trait", TRAITS)
def test_a_trait_of_print_changes_nothing(trait: str) -> None:
    at = list(TRAITS).index(trait)
    for city in (NAMES[at % len(NAMES)], NAMES[(at + 7) % len(NAMES)]):
        check(city, TRAITS[trait])


@pytest.mark.whole_corpus
@pytest.mark.parametrize("city", NAMES)
def test_traits_combined_change_nothing(city: str) -> None:
    for layout in (*TRAITS.values(), *COMBINED.values()):
        check(city, layout)
