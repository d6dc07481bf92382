"""Reading one sheet as a typed table: columns, blocks, kind, rows, money unit and confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from disclosure.model import Kind, Measure, TableKind
from ingest.tables.alignment import align
from ingest.tables.blocks import Block, blocks
from ingest.tables.caption import compact, is_title
from ingest.tables.carry import mark_current
from ingest.tables.cells import is_blank, number, split_code
from ingest.tables.figures import Meaning, read_path
from ingest.tables.folding import fold
from ingest.tables.headers import Path
from ingest.tables.headers import paths as header_paths
from ingest.tables.identities import Evidence, check, sums
from ingest.tables.joining import Sheet
from ingest.tables.kinds import features, kind_of, measure_of
from ingest.tables.line import Line
from ingest.tables.nesting import nest_projects
from ingest.tables.outline import read_label
from ingest.tables.roles import Column, Role, columns, is_key
from ingest.tables.row_key import RowContext, RowKey
from ingest.tables.rows import RowReader
from ingest.tables.subjects import SubjectNames, axis_of_code
from ingest.tables.terms import read_terms
from ingest.tables.typed import TableContext
from ingest.tables.units import UnitNames
from ingest.tables.unnamed import number_unnamed

#: Kinds whose rows, if neither units nor subjects, are projects.
_OF_PROJECTS = (TableKind.PROJECTS, TableKind.PERFORMANCE)
#: Columns of tables that list purchases or projects, where like rows are different ones.
_LISTING = (Role.PROJECT, Role.CATALOG, Role.MIXED, Role.LABEL)
#: 会议费 and 培训费, published beside 三公.
CONFERENCE_TRAINING = ("30215", "30216")
_TITLE_AXES = ("fund", "kind", "nature", "carry", "measure", "stage")


@dataclass(slots=True)
class Layout:
    """A sheet with one header path and one role per column. ``implied`` is the standard title of
    an untitled table that is known by its content."""

    sheet: Sheet
    columns: list[Column]
    lines: tuple[Line, ...]
    blocks: list[Block]
    title: str
    unheaded: tuple[int, ...] = ()
    weakness: str = ""
    implied: str = ""

    @property
    def meant(self) -> str:
        """The title to read the table by."""
        return self.implied or self.title

    def labels(self) -> list[str]:
        """The labels of all rows, numbering off."""
        keys = [c for c in self.columns if c.role in (Role.LABEL, Role.NAME, Role.MIXED)]
        return [read_label(line.cells[c.index]).text for line in self.lines for c in keys]

    def axes(self) -> set[str]:
        """The classifications that codes and names of the rows belong to."""
        found = {c.axis for c in self.columns if c.axis and c.role is not Role.LABEL}
        for column in self.columns:
            if column.role in (Role.NAME, Role.CODE, Role.UNIT_OR_SUBJECT):
                for line in self.lines[:40]:
                    cell = line.cells[column.index]
                    found.add(axis_of_code(split_code(cell)[0] or fold(cell)))
        return found - {""}


@dataclass(slots=True)
class BlockReading:
    """One block's rows and what its figure columns mean."""

    block: Block
    measure: Measure
    rows: list[RowKey]
    meanings: dict[int, Meaning]


@dataclass(slots=True)
class Reading:
    """A layout read: its kind, base coordinates, and the readings of its blocks."""

    layout: Layout
    kind: TableKind
    base: dict[str, str]
    money_unit: str
    blocks: list[BlockReading] = field(default_factory=list)
    confidence: float = 1.0
    weakness: str = ""


def lay_out(sheet: Sheet) -> Layout:
    """Header paths, rectangular rows, roles and blocks of a sheet."""
    unheaded: tuple[int, ...] = ()
    weakness = ""
    if sheet.spans:
        width = sheet.width
        paths: Sequence[Path] = header_paths(sheet.header, sheet.spans, width)
        lines = tuple(_padded(line, width) for line in sheet.body)
    else:
        aligned = align(sheet.header, sheet.body, is_key)
        paths, lines = aligned.paths, aligned.lines
        unheaded, weakness = aligned.unheaded, aligned.weakness
    paths, lines, unheaded = _without_empty(paths, lines, unheaded)
    found = columns(paths, lines)
    return Layout(sheet, found, lines, blocks(found), _title(sheet), unheaded, weakness)


def read_layout(
    layout: Layout, names: SubjectNames, units: UnitNames, context: TableContext
) -> Reading:
    """Everything that a layout says, ready for facts."""
    f = features(layout.meant, layout.columns, layout.blocks, layout.labels(), layout.axes())
    kind = kind_of(f)
    base = _base(layout, kind, context)
    unit = layout.sheet.caption.money_unit or context.money_unit
    reading = Reading(layout, kind, base, unit)
    economics = _economic_axes(layout)
    for block in layout.blocks:
        measure = _measure(kind, block)
        row_context = RowContext(
            names,
            units,
            context.year,
            measure,
            _axis(kind, block),
            projects=kind in _OF_PROJECTS,
        )
        rows = RowReader(block, layout.lines, row_context).read()
        if block.of(Role.CODE, Role.NAME) and not block.of(*_LISTING):
            number_unnamed(rows)
        if kind is TableKind.PROJECTS and block.of(Role.FIGURE):
            nest_projects(rows, block.of(Role.FIGURE)[0].index)
        meanings = {
            c.index: _with_subject(
                _without_head(block, read_path(c.path, context.year)), names, economics, c.path
            )
            for c in block.columns
            if c.role in (Role.FIGURE, Role.COUNT)
        }
        mark_current(rows, meanings)
        reading.blocks.append(BlockReading(block, measure, rows, meanings))
    reading.confidence, reading.weakness = _confidence(reading)
    return reading


def _without_head(block: Block, meaning: Meaning) -> Meaning:
    """本年收入 over a half is its name (上海): its 收入总计 counts last year's money, too."""
    if not block.head or meaning.sets.get("carry") != "current":
        return meaning
    return replace(meaning, sets={k: v for k, v in meaning.sets.items() if k != "carry"})


def _economic_axes(layout: Layout) -> tuple[str, ...]:
    """The economic classifications that column headers may name, the likelier first.

    机关工资福利支出 tells that 对个人和家庭的补助 beside it is the government's, too.
    """
    words = layout.meant + "".join(label for column in layout.columns for label in column.path)
    government = "政府预算" in words or "机关工资福利" in words or "机关商品和服务" in words
    return ("gov_economic", "economic") if government else ("economic", "gov_economic")


def _with_subject(
    meaning: Meaning, names: SubjectNames, axes: Sequence[str], path: Path
) -> Meaning:
    """Economic classes as column headers (湖南: 工资福利支出 | 商品和服务支出 | …) are subjects; a
    小计 under one is that class."""
    label = split_code(meaning.sets.get("item", ""))[1]
    known = {"economic", "gov_economic"} & set(meaning.sets)
    if not label and not known and len(path) > 1 and meaning.total:
        label = split_code(path[-2])[1]
    for axis in axes:
        code = names.resolve(axis, label) if label and axis not in meaning.sets else ""
        if code:
            kept = {k: v for k, v in meaning.sets.items() if k != "item"}
            return replace(meaning, sets={**kept, axis: code})
    return meaning


def _padded(line: Line, width: int) -> Line:
    return line.with_cells([*line.cells, *[""] * (width - len(line.cells))])


def _without_empty(
    paths: Sequence[Path], lines: Sequence[Line], unheaded: tuple[int, ...]
) -> tuple[list[Path], tuple[Line, ...], tuple[int, ...]]:
    """Without the columns that have neither a label of their own nor a filled cell."""
    keep = [
        i
        for i, path in enumerate(paths)
        if (path and path not in paths[:i]) or any(not is_blank(line.cells[i]) for line in lines)
    ]
    moved = tuple(keep.index(i) for i in unheaded if i in keep)
    cut = tuple(_cut(line, keep) for line in lines)
    return [paths[i] for i in keep], cut, moved


def _cut(line: Line, keep: Sequence[int]) -> Line:
    indents = tuple(line.indents[i] for i in keep if i < len(line.indents))
    covered = frozenset(at for at, i in enumerate(keep) if i in line.covered)
    return Line(tuple(line.cells[i] for i in keep), line.locator, indents, covered)


def _title(sheet: Sheet) -> str:
    """The printed title; for an untitled table the heading or line right above it."""
    if sheet.caption.title:
        return sheet.caption.title
    heading = read_label(sheet.nearest_heading).text.rstrip("。：:；")
    return heading if heading and (is_title(heading) or len(compact(heading)) <= 30) else ""


def _base(layout: Layout, kind: TableKind, context: TableContext) -> dict[str, str]:
    """Coordinates that hold for the whole table, from its title and kind."""
    terms = read_terms(layout.meant)
    base = {axis: terms[axis] for axis in _TITLE_AXES if axis in terms}
    if "measure" in base and (
        base["measure"] != Measure.OPERATING or kind is TableKind.THREE_PUBLIC
    ):
        base.pop("measure")
    if kind in (TableKind.THREE_PUBLIC, TableKind.REVENUE_EXPENDITURE, TableKind.REVENUE):
        base = {k: v for k, v in base.items() if k in ("stage",)}
    if kind is TableKind.THREE_PUBLIC:
        base["fund"] = "fiscal"
    if kind is TableKind.FISCAL:
        base.setdefault("fund", "fiscal")
    if kind is TableKind.PERFORMANCE:
        base = {"kind": "project"}
    if kind is TableKind.PROJECTS:
        base.setdefault("kind", "project")
    if kind is TableKind.OTHER and terms.get("economic") in CONFERENCE_TRAINING:
        base |= {"economic": terms["economic"], "measure": Measure.CONFERENCE_TRAINING}
    if "项目支出" in layout.meant and "基本支出" not in layout.meant:
        base["kind"] = "project"
    if context.kind is Kind.FINAL_ACCOUNT:
        base.setdefault("stage", "final")
    return base


def _measure(kind: TableKind, block: Block) -> Measure:
    if block.head and kind in (
        TableKind.REVENUE_EXPENDITURE,
        TableKind.FISCAL,
        TableKind.GOVERNMENT_FUND,
        TableKind.STATE_CAPITAL,
    ):
        return Measure.REVENUE if "收入" in block.head else Measure.EXPENDITURE
    return measure_of(kind)


def _axis(kind: TableKind, block: Block) -> str:
    if kind in (TableKind.BASIC_EXPENDITURE, TableKind.ECONOMIC):
        return "economic"
    return next((c.axis for c in block.of(Role.LABEL) if c.axis), "subject")


def _is_plain(meaning: Meaning | None) -> bool:
    """Whether a column may be a part of a sum: no other measure beside, no change, no 扣除."""
    return (
        meaning is not None
        and not {"measure", "aspect"} & set(meaning.sets)
        and "扣除" not in meaning.sets.get("item", "")
    )


def _confidence(reading: Reading) -> tuple[float, str]:
    """How surely columns are mapped: figures without a header or row label lower it."""
    layout = reading.layout
    if layout.weakness:
        return 0.4, layout.weakness
    printed = mapped = 0
    evidence = Evidence()
    for one in reading.blocks:
        read = {id(key.line) for key in one.rows}
        figures = one.block.of(Role.FIGURE, Role.COUNT)
        for column in figures:
            for line in layout.lines:
                if number(line.cells[column.index]) is not None:
                    printed += 1
                    mapped += bool(column.path) and id(line) in read
        alike = [c.index for c in figures if _is_plain(one.meanings.get(c.index))]
        promised = sums([c.path for c in layout.columns], alike)
        evidence = evidence.plus(check(promised, [line.cells for line in layout.lines]))
    share = mapped / printed if printed else 1.0
    confidence = round(share, 3)
    weakness = "" if share == 1 else f"{printed - mapped}个数字没有对应的行名或列名"
    if evidence.broken > max(evidence.held, 1):
        confidence, weakness = min(confidence, 0.6), "多数行的合计与各列之和不符"
    if reading.kind is TableKind.OTHER:
        confidence = min(confidence, 0.7)
    return confidence, weakness
