"""What each row of a block is about: its unit, subjects, project, item, and how rows contain rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosure.model import ALL, Measure
from disclosure.text import fold
from ingest.tables.blocks import Block
from ingest.tables.cells import is_blank, is_total, number, split_code
from ingest.tables.codes import CodeGroup, Entry, code_groups
from ingest.tables.line import Line
from ingest.tables.merged import in_force
from ingest.tables.outline import Label, Outline, read_label
from ingest.tables.periods import read_period
from ingest.tables.roles import Column, Role
from ingest.tables.subjects import SubjectNames, national
from ingest.tables.terms import narrows, read_terms
from ingest.tables.units import UnitNames

#: Of several subjects on a row, the one that names it: what is bought, then what for.
_TELLING = ("economic", "subject", "gov_economic")
#: Roles of columns that do not say what a row is about.
_NO_KEY = frozenset(
    {
        Role.FIGURE,
        Role.TEXT,
        Role.COUNT,
        Role.GOAL,
        Role.SERIAL,
        Role.INDICATORS,
        Role.LEVEL,
        Role.TARGET,
        Role.COMPARATOR,
        Role.TARGET_UNIT,
    }
)


#: 北京 prints a project's code before its name: 11000024T000002830551-统计监测分析.
_PROJECT_CODE = re.compile(r"^\d{6,}[A-Z]?\d*\s*[-—]\s*")


@dataclass(slots=True)
class RowKey:
    """One row read: ``sets`` holds its coordinates (and aspect, base, stage where a row says so)."""

    line: Line
    label: str = ""
    sets: dict[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    total: bool = False
    entries: tuple[Entry, ...] = ()
    is_unit: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class RowContext:
    """What rows are read against. ``measure`` is the block's; ``projects`` tells that names which
    are neither units nor subjects are projects."""

    names: SubjectNames
    units: UnitNames
    year: int
    measure: Measure
    axis: str = "subject"
    projects: bool = False


class RowReader:
    """Reads the rows of one block from top to bottom; a row inherits what the rows above opened."""

    def __init__(self, block: Block, lines: Sequence[Line], context: RowContext) -> None:
        self._context = context
        self._lines = lines
        self._groups = code_groups(block)
        self._unit_codes = block.of(Role.UNIT_CODE)
        self._unit_names = block.of(Role.UNIT)
        self._either = block.of(Role.UNIT_OR_SUBJECT)
        self._mixed = block.of(Role.MIXED)
        self._projects = block.of(Role.PROJECT)
        self._labels = block.of(Role.LABEL)
        self._funds = block.of(Role.FUND)
        self._years = block.of(Role.YEAR)
        self._catalog = block.of(Role.CATALOG)
        self._figures = block.of(Role.FIGURE)
        self._indicators = block.of(Role.LEVEL, Role.INDICATORS)
        named = tuple(c for c in block.columns if c.role not in _NO_KEY)
        self._plain = () if named else block.of(Role.TEXT)[:1]
        self._keys = named or self._plain
        self._outline: Outline[RowKey] = Outline()
        self._mixed_axis = CodeGroup((), None, "economic")
        self._unit = ""
        self._unit_label = ""
        self._project = ""
        self._catalog_open: dict[int, str] = {}
        self._whole = self._department_rows()
        # Only rows of indicators repeat the project of a merged cell.
        self._projects_in_force = (
            in_force(lines, self._projects[0].index) if self._projects and self._indicators else []
        )

    def read(self) -> list[RowKey]:
        """Every row that carries a label or a figure, in order."""
        rows = [key for i, line in enumerate(self._lines) if (key := self._row(i, line))]
        mark_totals(rows)
        return rows

    # -- one row -----------------------------------------------------------------------------

    def _row(self, index: int, line: Line) -> RowKey | None:
        cells = line.cells
        named = (*self._keys, *self._indicators)
        if all(is_blank(cells[c.index]) for c in (*named, *self._figures)):
            return None
        if self._keys and all(is_blank(cells[c.index]) for c in named):
            return None  # figures beside blank names are of no known row
        key = RowKey(line)
        total = next((cells[c.index] for c in self._keys if is_total(cells[c.index])), "")
        if total and self._is_grand(total, cells):
            self._start_over(total)
        unit = self._read_unit(index, key)
        entries = self._read_entries(key)
        self._read_mixed(index, key)
        self._read_project(index, key, bool(unit or entries or total))
        self._read_catalog(key)
        self._read_label(key)
        for column in self._plain:
            if not is_blank(cells[column.index]) and not total:
                key.label = key.sets["item"] = cells[column.index].strip()
        for column in self._funds:
            if fund := read_terms(cells[column.index]).get("fund"):
                key.sets["fund"] = fund
                key.label = key.label or cells[column.index].strip()
        for column in self._years:
            label = cells[column.index].strip()
            if label and self._unit_label:
                key.label, key.is_unit = label, False  # 2025年, 2026年, 增减 under one unit
            key.sets.update(read_terms(label))
            key.sets.update(read_period(label, self._context.year) if label else {})
        if total and not key.label:
            key.label = "".join(total.split())
            key.total = True
            key.sets.update(
                {k: v for k, v in read_terms(total).items() if k in ("nature", "kind", "carry")}
            )
        if self._unit and "unit" not in key.sets:
            key.sets["unit"] = self._unit
        if self._unit_label and not key.is_unit and key.label:
            key.path = (self._unit_label, *key.path)
        return key

    def _is_grand(self, total: str, cells: Sequence[str]) -> bool:
        """A 合计 that closes over units; a 小计 under a unit does not."""
        named = any(fold(cells[c.index]) for c in (*self._unit_codes, *self._unit_names))
        in_unit_column = any(
            is_total(cells[c.index]) for c in (*self._unit_codes, *self._unit_names)
        )
        return "小计" not in fold(total) and (not named or in_unit_column)

    def _start_over(self, total: str) -> None:
        self._unit = self._unit_label = self._project = ""
        self._catalog_open = {}
        self._outline.reset()
        for group in (*self._groups, self._mixed_axis):
            group.reset()

    def _read_unit(self, index: int, key: RowKey) -> str:
        cells = key.line.cells
        code = next((fold(cells[c.index]) for c in self._unit_codes if fold(cells[c.index])), "")
        name = next((cells[c.index].strip() for c in self._unit_names if fold(cells[c.index])), "")
        if not code and name:
            code, name = split_code(name)
        if code and not code.isdigit():
            code, name = "", name or code
        if code and self._either:  # 成都 prints the unit's code on the rows of its subjects, too
            named = not self._prints_subject(cells)
            name = cells[self._either[0].index].strip() if named else self._context.units.name(code)
        if code and self._mixed and not name:
            name = cells[self._mixed[0].index].strip()
        if not (code or name) or is_total(name or code):
            return ""
        self._open_unit(
            ALL if index in self._whole else self._context.units.key(code, name), name or code
        )
        key.sets["unit"] = self._unit
        key.label, key.is_unit = self._unit_label, True
        return self._unit

    def _prints_subject(self, cells: Sequence[str]) -> bool:
        return any(fold(cells[c.index]).isdigit() for group in self._groups for c in group.codes)

    def _open_unit(self, unit: str, label: str) -> None:
        if (unit, label) == (self._unit, self._unit_label):
            return
        self._unit, self._unit_label, self._project = unit, label, ""
        self._outline.reset()
        for group in (*self._groups, self._mixed_axis):
            group.reset()

    def _read_entries(self, key: RowKey) -> tuple[Entry, ...]:
        cells = key.line.cells
        entries = []
        for group in self._groups:
            entry = group.read(cells, self._context.names)
            if entry and self._either and not group.name:
                printed = cells[self._either[0].index].strip()
                entry = Entry(entry.axis, entry.code, printed or entry.name)
            if entry and not is_total(entry.name):
                entries.append(entry)
        for entry in entries:
            key.sets[entry.axis] = entry.key
        if entries:
            key.entries = tuple(entries)
            told = min(entries, key=lambda entry: _TELLING.index(entry.axis))
            key.label = told.name or told.key
            key.is_unit = False
        return key.entries

    def _read_mixed(self, index: int, key: RowKey) -> None:
        """A row of a column that mixes units with economic subjects or projects."""
        if not self._mixed or key.is_unit:
            return
        label = key.line.cells[self._mixed[0].index].strip()
        if not label or is_total(label):
            return
        context = self._context
        if context.units.knows(label) or index in self._whole:
            self._open_unit(ALL if index in self._whole else context.units.key("", label), label)
            key.sets["unit"], key.label, key.is_unit = self._unit, label, True
            return
        key.label = label
        if context.projects:
            key.sets["project"] = label
            return
        group = self._mixed_axis
        code = context.names.resolve("economic", label, group.current)
        if code:
            group.current = code
            key.sets["economic"] = code
            key.entries = (Entry("economic", code, label),)
        else:
            key.sets["item"] = label

    def _read_project(self, index: int, key: RowKey, named: bool) -> None:
        cells = key.line.cells
        name = next((cells[c.index].strip() for c in self._projects if fold(cells[c.index])), "")
        if name and is_total(name):
            return
        if not name and self._projects_in_force and not named:
            name = self._projects_in_force[index]
        if not name:
            if named or key.label or self._projects_in_force:
                return
            name = self._project
        if name:
            self._project = name
            key.label = name
            key.sets["project"] = _PROJECT_CODE.sub("", name) or name

    def _read_catalog(self, key: RowKey) -> None:
        cells = key.line.cells
        deepest = ""
        above: list[str] = []
        for column in self._catalog:
            text = cells[column.index].strip()
            if not text or is_total(text):
                continue
            terms = read_terms(text)
            plain = {k: v for k, v in terms.items() if k.startswith("procurement")}
            if plain:
                self._catalog_open = {column.index: text}
                key.sets.update(plain)
            else:
                above += [deepest] if deepest else []
                deepest = text
        for text in self._catalog_open.values():
            terms = read_terms(text)
            key.sets.update({k: v for k, v in terms.items() if k not in key.sets})
        if deepest:
            key.sets["item"] = deepest
            key.path = (*key.path, *above)
        if not key.label and (deepest or self._catalog_open):
            key.label = deepest or next(iter(self._catalog_open.values()))

    # -- labels with an outline --------------------------------------------------------------

    def _read_label(self, key: RowKey) -> None:
        if not self._labels:
            return
        printed = key.line.cells[self._labels[0].index]
        if is_blank(printed):
            return
        label = read_label(printed)
        key.label = "".join(printed.split())
        at_margin = is_total(label.text) or "carry" in read_terms(label.text)
        if at_margin and not label.style:
            self._outline.reset()
        above = self._outline.place(label.style, key)
        key.path = tuple(row.label for row in above)
        key.total = key.total or is_total(label.text)
        for row in above:
            row.total = row.total or not label.of_which
        if self._context.projects and not key.total:
            key.sets["project"] = key.label
        elif self._context.measure is Measure.REVENUE:
            self._read_revenue(key, label, above)
        else:
            self._read_expenditure(key, label, above)

    def _read_revenue(self, key: RowKey, label: Label, above: Sequence[RowKey]) -> None:
        terms = _known_axes(label.text, ("fund", "carry", "item"))
        inherited = dict(above[-1].sets) if above else {}
        inherited.pop("item", None)
        outer = inherited.get("fund")
        if label.of_which and "fund" in terms and outer and not narrows(outer, terms["fund"]):
            terms.pop("fund")
        if not terms and not is_total(label.text) and not _only_frame(label.text):
            terms = {"item": label.text}
            key.known = bool(above)
        key.sets = {**inherited, **key.sets, **terms}

    def _read_expenditure(self, key: RowKey, label: Label, above: Sequence[RowKey]) -> None:
        if is_total(label.text) or _only_frame(label.text):
            key.sets.update(_known_axes(label.text, ("carry",)))
            return
        outer = above[-1].sets if above else {}
        inherited: dict[str, str] = {k: outer[k] for k in ("kind", "carry") if k in outer}
        axis = self._labels[0].axis or self._context.axis
        group = self._mixed_axis
        code = self._context.names.resolve(
            axis, label.text, group.current if label.style != "一、" else ""
        )
        if code:
            group.current = code
            key.entries = (Entry(axis, code, label.text),)
            key.sets = {**inherited, **key.sets, axis: code}
            key.sets.pop("carry", None)
            return
        terms = read_terms(label.text)
        if not terms:
            key.sets = {**inherited, **key.sets}
            if label.text.endswith(("支出", "补助")) and axis == "subject":
                key.sets[axis] = label.text
            else:
                key.sets["item"], key.known = label.text, False
            return
        key.sets = {**inherited, **key.sets, **terms}

    # -- units -------------------------------------------------------------------------------

    def _department_rows(self) -> frozenset[int]:
        """Rows of an uncoded unit column that stand for the whole department.

        ``某局 100, 某局（本级） 60, 某所 40`` without a 合计: the first. ``合计 100, 某局 100, 某局 60,
        某所 40``: the first 某局. A single unit without 合计 is the whole, too.
        """
        columns = self._unit_names or self._mixed
        if not columns or not self._figures:
            return frozenset()
        printed = columns[0].index
        first = self._figures[0].index
        found: list[tuple[int, str]] = []
        has_total = False
        for i, line in enumerate(self._lines):
            if any(fold(line.cells[c.index]) for c in self._unit_codes):
                return frozenset()
            name = line.cells[printed].strip()
            has_total = has_total or any(is_total(line.cells[c.index]) for c in self._keys)
            is_unit = bool(self._unit_names) or self._context.units.knows(name)
            if name and not is_total(name) and is_unit:
                found.append((i, name))
        distinct = list(dict.fromkeys(fold(name) for _, name in found))
        if not found:
            return frozenset()
        start, name = found[0]
        if len(distinct) == 1 and not self._repeats(found):
            return frozenset() if has_total else frozenset({start})
        if not self._context.units.is_department_name(name) and has_total:
            return frozenset()
        top = number(self._lines[start].cells[first])
        rest = [number(self._lines[i].cells[first]) for i, _ in found[1:]]
        whole = top is not None and top.value == sum(n.value for n in rest if n)
        return frozenset({start}) if whole else frozenset()

    def _repeats(self, found: Sequence[tuple[int, str]]) -> bool:
        """One name on several rows that are not one run of project or subject rows."""
        return len(found) > 1 and not (self._projects or self._groups)


def _known_axes(text: str, axes: Sequence[str]) -> dict[str, str]:
    return {k: v for k, v in read_terms(text).items() if k in axes}


def _only_frame(text: str) -> bool:
    """A label that only opens a list: 本年收入, 本年支出, 收入, 支出."""
    return fold(text) in ("本年收入", "本年支出", "收入", "支出")


def mark_totals(rows: Sequence[RowKey]) -> None:
    """Mark rows whose parts are printed too: a unit over its rows, a class over its items."""
    units = sum(row.is_unit for row in rows)
    filled = {row.sets.get("unit", ALL) for row in rows if not row.is_unit and not row.total}
    containers = {
        (row.sets.get("unit", ALL), entry.axis, parent)
        for row in rows
        for entry in row.entries
        for parent in national(entry.axis).path(entry.code)[:-1]
    }
    for row in rows:
        unit = row.sets.get("unit", ALL)
        if row.is_unit:
            row.total = row.total or unit in filled or (unit == ALL and units > 1)
        elif row.entries:
            row.total = row.total or all(
                (unit, entry.axis, entry.code) in containers for entry in row.entries
            )


def columns_of_figures(block: Block) -> tuple[Column, ...]:
    """The columns that facts are made of: figures, and counts."""
    return block.of(Role.FIGURE, Role.COUNT)
