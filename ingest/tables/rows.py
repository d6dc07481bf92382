"""What each row of a block is about: its unit, subjects, project, item."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure.model import ALL
from ingest.tables.blocks import Block
from ingest.tables.cells import is_blank, is_total, split_code
from ingest.tables.codes import CodeGroup, Entry, code_groups
from ingest.tables.department_rows import department_rows
from ingest.tables.folding import fold
from ingest.tables.line import Line
from ingest.tables.merged import in_force
from ingest.tables.outline_rows import OutlineReader
from ingest.tables.periods import read_period
from ingest.tables.purchase_rows import PurchaseKinds, heads_purchases, summed
from ingest.tables.roles import Role
from ingest.tables.row_key import RowContext, RowKey, mark_totals
from ingest.tables.terms import read_terms

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


_SHORTEST_CODE = 3
#: 北京 prints a project's code before its name: 11000024T000002830551-统计监测分析.
_PROJECT_CODE = re.compile(r"^\d{6,}[A-Z]?\d*\s*[-—]\s*")


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
        self._remarks = block.of(Role.TEXT, Role.SERIAL)
        named = tuple(c for c in block.columns if c.role not in _NO_KEY)
        self._plain = () if named else block.of(Role.TEXT)[:1]
        self._keys = named or self._plain
        self._outline = OutlineReader(self._labels[0], context) if self._labels else None
        self._mixed_axis = CodeGroup((), None, "economic")
        self._unit = ""
        self._unit_label = ""
        self._project = ""
        self._kinds = PurchaseKinds()
        keys = [c.index for c in self._keys]
        self._whole = department_rows(block, keys, lines, context.units)
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
        unnamed = bool(self._keys) and all(is_blank(cells[c.index]) for c in named)
        # 合计 may stand under 序号 or 类型, beside blank names.
        telling = self._remarks if unnamed else self._keys
        total = next((cells[c.index] for c in telling if is_total(cells[c.index])), "")
        if unnamed and not total:
            return None  # figures beside blank names are of no known row
        key = RowKey(line)
        if total and self._is_grand(total, cells):
            self._start_over()
        unit = self._read_unit(index, key)
        entries = self._read_entries(key)
        self._read_mixed(index, key)
        self._read_project(index, key, bool(unit or entries or total))
        self._read_catalog(key)
        if self._outline:
            self._outline.read(key)
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
            key.sets.update(summed(total, self._context))
        if self._unit and "unit" not in key.sets:
            key.sets["unit"] = self._unit
        if self._unit_label and not key.is_unit and key.label:
            key.path = (self._unit_label, *key.path)
        return key

    def _is_grand(self, total: str, cells: Sequence[str]) -> bool:
        """A 合计 that closes over units; a 小计 under a unit does not."""
        narrowed = summed(total, self._context)
        if {"procurement_kind", "item"} & narrowed.keys():  # 货物类合计 may stand under a unit
            return self._kinds.outside
        named = any(fold(cells[c.index]) for c in (*self._unit_codes, *self._unit_names))
        in_unit_column = any(
            is_total(cells[c.index]) for c in (*self._unit_codes, *self._unit_names)
        )
        return "小计" not in fold(total) and (not named or in_unit_column)

    def _start_over(self) -> None:
        self._unit = self._unit_label = self._project = ""
        self._kinds.clear()
        self._reset_subjects()

    def _reset_subjects(self) -> None:
        if self._outline:
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
        if code and not name and self._projects:  # 西安 names units and subtotals as 采购项目
            name = cells[self._projects[0].index].strip()
        if (
            self._projects
            and 0 < len(code) < _SHORTEST_CODE
            and not self._context.units.knows(name)
        ):
            self._start_over()
            key.label, key.total, key.sets["item"] = name, True, name
            return name
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
        self._kinds.change_unit()
        self._unit, self._unit_label, self._project = unit, label, ""
        self._reset_subjects()

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
        projects = {fold(cells[c.index]) for c in self._projects} - {"", fold(key.label)}
        if entries and key.is_unit and self._projects and not projects:
            key.total = True  # the unit's share of a subject's purchases
        elif entries:
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
        of_unit = (key.is_unit and key.label == name) or key.sets.get("item") == name
        if of_unit or (name and is_total(name)):
            return
        if not name and self._projects_in_force and not named:
            name = self._projects_in_force[index]
        if not name:
            if self._opens_catalog(cells):
                self._project = ""
            if named or key.label or self._projects_in_force:
                return
            name = self._project
        if name:
            self._project = name
            key.label, key.is_unit = name, False
            key.sets["project"] = _PROJECT_CODE.sub("", name) or name

    def _opens_catalog(self, cells: Sequence[str]) -> bool:
        """Whether a row heads those below it: 货物, or a unit's name among the purchases."""
        first = next((t for c in self._catalog if (t := cells[c.index].strip())), "")
        return "procurement_kind" in read_terms(first) or self._context.units.knows(first)

    def _read_catalog(self, key: RowKey) -> None:
        cells = key.line.cells
        deepest = ""
        above: list[str] = []
        heads = heads_purchases([cells[c.index].strip() for c in self._catalog], key)
        for column in self._catalog:
            text = cells[column.index].strip()
            if not text or is_total(text):
                continue
            plain = {k: v for k, v in read_terms(text).items() if k.startswith("procurement")}
            if plain:
                if heads and self._kinds.of_all_units(key, self._unit):
                    self._unit = self._unit_label = ""
                self._kinds.open(column.index, text, key if heads else None)
                key.sets.update(plain)
            elif self._context.units.knows(text):
                self._open_unit(self._context.units.key("", text), text)
                key.sets["unit"], key.label, key.is_unit = self._unit, text, True
            else:
                above += [deepest] if deepest else []
                deepest = text
        kind = self._kinds.narrow(key)
        if deepest:
            key.sets["item"] = deepest
            key.path = (*key.path, *above)
        if not key.label and not any(is_total(cells[c.index]) for c in self._keys):
            key.label = deepest or kind
