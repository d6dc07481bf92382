"""A standard table is known by what it contains: other titles, or none, change no figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ingest.assemble import assemble
from tests.ingest.layouts.documents import NAMES, Layout, check_read, compare, document, filled
from tests.ingest.layouts.sheets import Filled, Style

TITLES: Mapping[str, Sequence[str]] = yaml.safe_load(
    (Path(__file__).parent / "titles.yaml").read_text("utf-8")
)
#: Where a city's table holds only a part of its kind, which its own title alone says.
PARTS = {
    ("云南", "部门基本支出预算表"),
    ("四川", "一般公共预算项目支出预算表"),
    ("江苏", "财政拨款支出表（功能科目）"),
    ("江苏", "财政拨款基本支出表（经济科目）"),
    ("广西", "财政拨款支出预算表"),
}
#: Two tables of one header after another are two only by their titles.
UNPARTED = {"四川", "山西", "江西", "福建", "财政部"}


def called(city: str, table: Filled, nth: int) -> str:
    """The ``nth`` title of the table's kind, or its own where that says more."""
    titles = TITLES.get(table.kind, ())
    if not titles or (city, table.title) in PARTS or "--" in table.title:
        return table.title
    return titles[nth % len(titles)]


@pytest.mark.parametrize("nth", range(max(map(len, TITLES.values()))))
def test_a_table_may_be_called_otherwise(nth: int) -> None:
    city = NAMES[nth % len(NAMES)]
    check_titles(city, nth)


@pytest.mark.whole_corpus
@pytest.mark.parametrize("city", NAMES)
def test_every_city_may_use_every_title(city: str) -> None:
    for nth in range(max(map(len, TITLES.values()))):
        check_titles(city, nth)


def check_titles(city: str, nth: int) -> None:
    tables = [replace(t, title=called(city, t, nth)) for t in filled(city, Style())]
    check_read(tables, [document(tables, Layout(labelled=False))])


@pytest.mark.parametrize("title", ["", "附表", "2026年预算表（{n}）"])
def test_an_untitled_table_is_known_or_raw(title: str) -> None:
    """No figure of an untitled table is taken for another one's; most are known."""
    read = known = 0
    for city in NAMES:
        if city in UNPARTED:
            continue
        tables = [
            replace(t, title=title.format(n=n)) for n, t in enumerate(filled(city, Style()), 1)
        ]
        (bundle,) = assemble([document(tables, Layout(labelled=False))]).bundles
        for outcome in compare(tables, bundle):
            read += 1
            known += outcome.kind == outcome.found_kind and not outcome.missing
            wrong = [said for said in outcome.wrong if said[0] != "other"]
            assert not wrong, (city, outcome.title, outcome.found_kind)
    assert known >= read * 0.9, (known, read)
