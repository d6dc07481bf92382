"""Whole disclosures in a city's layout: title page, a little narrative, and the filled tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from disclosure.document import Block, Document, Grid, Locator, Paragraph, Row
from disclosure.model import ALL, Bundle, Fact
from ingest.assemble import assemble
from tests.ingest.layouts.ledger import CODE, DEPARTMENT, UNITS, YEAR, Ledger, ledger
from tests.ingest.layouts.sheets import Filled, Style, Truth, fill

CITIES = Path(__file__).parent / "cities"
NAMES = tuple(sorted(path.stem for path in CITIES.glob("*.yaml")))


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document is put together."""

    style: Style = field(default_factory=Style)
    tables_first: bool = False
    labelled: bool = True


@cache
def _layout(city: str) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = yaml.safe_load((CITIES / f"{city}.yaml").read_text("utf-8"))
    return found


def filled(city: str, style: Style, book: Ledger | None = None) -> list[Filled]:
    """All tables of a city's layout, filled."""
    return [fill(spec, book or ledger(), style) for spec in _layout(city)]


def document(tables: Sequence[Filled], layout: Layout) -> Document:
    """The disclosure as readers would give it."""
    where = Locator("f.txt")
    what = "决算" if all("决算" in table.title for table in tables) else "预算"
    total = Style(separators=True).amount(ledger().amount("expenditure", {}))
    blocks: list[Block] = [Paragraph(f"{DEPARTMENT}{YEAR}年部门{what}", where)]
    words = [
        "第一部分 部门概况",
        "一、主要职责",
        "（一）负责保障水资源的合理开发利用。",
        "第二部分 2026年部门预算情况说明",
        "一、收支总体情况说明",
        "按照综合预算的原则，本部门所有收入和支出均纳入部门预算管理。",
        *(
            f"本部门2026年{what}{total}万元。"
            for what in ("收入总预算", "支出总预算", "收支总预算")
        ),
        "第三部分 名词解释",
        "一、基本支出：指为保障机构正常运转、完成日常工作任务而发生的支出。",
    ]
    narrative: list[Block] = [Paragraph(text, where) for text in words]
    printed = [block for table in tables for block in _printed(table, layout)]
    blocks += [*printed, *narrative] if layout.tables_first else [*narrative, *printed]
    return Document("f.txt", "text/plain", "0", tuple(blocks))


def _printed(table: Filled, layout: Layout) -> list[Block]:
    style = layout.style
    where = Locator("f.txt")
    unit = style.unit_line.format(unit=style.money)
    title = table.title + (f"（单位：{style.money}）" if style.unit_at == "title" else "")
    lines = [table.label if layout.labelled else "", title]
    if style.unit_at == "inside":
        return [_captioned(table, style)]
    if style.unit_at == "above":
        lines.append(unit)
    blocks: list[Block] = [Paragraph(text, where) for text in lines if text]
    grid = table.grid(style.spans)
    if style.page:
        blocks += _pages(grid, len(table.header), style)
    else:
        blocks.append(grid)
    if table.note:
        blocks.append(Paragraph(table.note, where))
    return blocks


def _captioned(table: Filled, style: Style) -> Grid:
    """The grid with its title in a merged row, and owner, year and unit in the row below."""
    grid = table.grid()
    width = len(grid.rows[0].cells)
    told = [""] * width
    told[0], told[width // 2], told[-1] = f"{CODE}{DEPARTMENT}", f"预算年度:{YEAR}", "单位:万元"
    above = ((table.title, *[""] * (width - 1)), tuple(told))
    rows = (*(Row(cells, grid.locator) for cells in above), *grid.rows)
    spans = {(row + 2, column): size for (row, column), size in grid.spans.items()}
    return Grid(rows, grid.locator, {(0, 0): (1, width), **spans} if style.spans else {})


def _pages(grid: Grid, depth: int, style: Style) -> list[Block]:
    """The grid broken after every ``page`` body rows, its header printed again or not."""
    head, body = grid.rows[:depth], grid.rows[depth:]
    parts: list[Block] = []
    for start in range(0, max(len(body), 1), style.page):
        rows = body[start : start + style.page]
        repeated = start == 0 or style.repeat
        at = replace(grid.locator)
        parts.append(Grid((*head, *rows) if repeated else rows, at, grid.spans if repeated else {}))
    return parts


# -- comparing ---------------------------------------------------------------------------------


@dataclass(slots=True)
class Outcome:
    """What of a table's truth was read, per table."""

    title: str
    kind: str
    found_kind: str
    truth: int
    missing: Counter[Truth]
    wrong: Counter[Truth]
    weakness: str


def check_read(tables: Sequence[Filled], documents: Sequence[Document]) -> None:
    """The documents are one disclosure, and every figure of the tables is read of them."""
    assembly = assemble(documents)
    assert assembly.refusals == ()
    (bundle,) = assembly.bundles
    for outcome in compare(tables, bundle):
        assert not outcome.wrong, (outcome.title, outcome.wrong)
        assert not outcome.missing, (outcome.title, outcome.missing, outcome.weakness)
        assert outcome.found_kind == outcome.kind, outcome.title


def compare(tables: Sequence[Filled], bundle: Bundle) -> list[Outcome]:
    """Each filled table beside what was read of it, in order."""
    outcomes = []
    by_table: dict[str | None, list[Fact]] = {}
    for fact in bundle.facts:
        by_table.setdefault(fact.table_id, []).append(fact)
    assert len(bundle.tables) == len(tables), (
        [t.name for t in bundle.tables],
        [t.title for t in tables],
    )
    for table, published in zip(tables, bundle.tables, strict=True):
        expected = Counter(map(_settled, table.truth))
        found = Counter(
            _said(f)
            for f in by_table.get(published.id, [])
            if f.origin == "cell" and f.measure not in ("target", "count") and f.value is not None
        )
        outcomes.append(
            Outcome(
                table.title,
                table.kind,
                published.kind,
                expected.total(),
                expected - found,
                found - expected,
                published.weakness,
            )
        )
    return outcomes


def _settled(truth: Truth) -> Truth:
    measure, aspect, year, at, value = truth
    return measure, aspect, year, _axes(dict(at), measure), value.normalize()


def _axes(at: dict[str, str], measure: str = "") -> tuple[tuple[str, str], ...]:
    """Coordinates without what repeats them: this year's money, and 三公 within fiscal funds."""
    if at.get("carry") == "current":
        at.pop("carry")
    names = {name: code for code, name in UNITS.items()} | {DEPARTMENT: ALL, CODE: ALL}
    if "unit" in at:
        at["unit"] = names.get(at["unit"], at["unit"])
        if at["unit"] == ALL:
            at.pop("unit")
    if "nature" in at and at.get("kind") is None:
        at["kind"] = "basic"
    if measure == "three_public" and at.get("fund") == "fiscal":
        at.pop("fund")
    return tuple(sorted((str(k), str(v)) for k, v in at.items()))


def _said(fact: Fact) -> Truth:
    value = fact.value or Decimal(0)
    worth = value * (10000 if fact.unit == "万元" else 1)
    at = _axes(dict(fact.coordinates.narrowed()), fact.measure)
    return str(fact.measure), str(fact.aspect), fact.year, at, worth.normalize()
