"""One grid as a piece of a table: its caption rows, header rows and body rows told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.document import Grid, Locator
from ingest.tables.caption import Caption, is_note, read_inside, read_line
from ingest.tables.cells import is_number_row, is_total, number, split_code
from ingest.tables.folding import fold, tidy
from ingest.tables.forms import is_form
from ingest.tables.line import Line, Span
from ingest.tables.subjects import national

#: Words that column headers are made of.
_HEADER_WORD = re.compile(
    r"编码|代码|名称|科目|合计|小计|总计|总额|预算|决算|执行数|收入|支出|经费|项目|单位|部门|资金|金额"
    r"|结转|结余|指标|目标|备注|说明|^[类款项]$|[费数额]$|^20\d\d年|序号|行次|年度|上年|当年|增减|采购|数量|类别|类型"
    r"|财政|拨款|基金|其中|简介|性质|规格|时间|方式|分类|级$|用途|内容|报表|目录|理由|情况|人数|货物|工程|服务|权重|分值|公务|购置|运行|拨付|出国"
)
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．])"
)
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,4}$")
_INDICATOR_LEVEL = re.compile(r"[一二三]级指标|指标值")
_INDICATOR_CLASS = re.compile(
    r"(?:产出|效益|满意度|成本|数量|质量|时效|经济效益|社会效益|生态效益|可持续影响|服务对象满意度|经济成本)"
    r"(?:指标)?"
)
_COMPARATORS = frozenset({"≥", "≤", "=", ">", "<", "定性"})
_LEVELS = ("产出指标", "效益指标", "满意度指标", "成本指标")
_MONEY_TAIL = re.compile(r"[(](?:单位:)?(?:亿|百万|万|千)?元[)]$")
_LONGEST_HEADER = 45
_DEEPEST_HEADER = 6
_FEWEST_NUMBERED = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """One grid taken apart. ``spans`` covers header cells only, rows counted within the header."""

    caption: Caption
    head: tuple[Line, ...]
    spans: dict[Span, Span]
    body: tuple[Line, ...]
    notes: tuple[str, ...]
    locator: Locator

    @property
    def header(self) -> tuple[tuple[str, ...], ...]:
        """The cells of the header rows."""
        return tuple(line.cells for line in self.head)

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max(
            (len(row) for row in (*self.header, *(line.cells for line in self.body))), default=0
        )

    @property
    def key(self) -> tuple[tuple[str, ...], ...]:
        """The header in a form that repeated headers of page parts compare equal in."""
        return tuple(_folded(row) for row in self.header if not is_number_row(row))


def take_apart(grid: Grid) -> Piece:
    """Caption, header, body and notes of a grid."""
    covered = _covered(grid)
    rows = [
        Line(tuple(map(tidy, row.cells)), row.locator, row.indents, covered.get(i, frozenset()))
        for i, row in enumerate(grid.rows)
    ]
    caption, skipped = read_inside([line.cells for line in rows])
    rest = rows[skipped:]
    cells = [line.cells for line in rest]
    merged = max((size[0] for (row, _), size in grid.spans.items() if row == skipped), default=1)
    depth = 0 if is_form(cells) else header_depth(cells, merged)
    body, notes = _without_notes(_without_headers(rest[depth:], cells[:depth]))
    spans = {
        (row - skipped, column): size
        for (row, column), size in grid.spans.items()
        if skipped <= row < skipped + depth
    }
    return Piece(caption, tuple(rest[:depth]), spans, tuple(body), tuple(notes), grid.locator)


def _covered(grid: Grid) -> dict[int, frozenset[int]]:
    """By row, the columns that a merged cell from further up reaches into."""
    found: dict[int, frozenset[int]] = {}
    for (row, column), (height, breadth) in grid.spans.items():
        for below in range(row + 1, row + height):
            reached = range(column, column + breadth)
            found[below] = found.get(below, frozenset()).union(reached)
    return found


def header_depth(rows: Sequence[tuple[str, ...]], merged: int = 1) -> int:
    """How many of the first rows are column headers, column numbers included.

    ``merged`` rows are covered by the tallest merged cell of the first row: they belong to the
    header whatever their words, unless they hold figures or codes.
    """
    depth = 0
    for cells in rows[:_DEEPEST_HEADER]:
        covered = 0 < depth < merged and not any(_is_body_cell(fold(cell)) for cell in cells)
        if not covered and not _is_header(cells, rows[:depth]):
            break
        depth += 1
    return depth if any(not is_number_row(cells) for cells in rows[:depth]) else 0


def _is_header(cells: tuple[str, ...], above: Sequence[tuple[str, ...]]) -> bool:
    if is_number_row(cells):
        return bool(above)
    filled = [fold(cell) for cell in cells if fold(cell)]
    if not filled or any(_is_body_cell(cell) for cell in filled):
        return False
    # 产出指标 | 数量指标 | … is a row of one indicator; a header names all classes.
    classes = [cell for cell in filled if _INDICATOR_CLASS.fullmatch(cell)]
    if len(classes) == 2 and classes[0] in _LEVELS:
        return False
    levels = any(_INDICATOR_LEVEL.search(fold(cell)) for row in above for cell in row)
    if levels and any(_INDICATOR_CLASS.fullmatch(cell) for cell in filled):
        return False
    if len(filled) == 1 and (is_total(filled[0]) if above else fold(cells[-1])):
        return False  # a lone 合计 opens the body; a lone last cell is text cut by a page break
    bare = [_MONEY_TAIL.sub("", cell) for cell in filled]
    subjects = [cell for cell in bare if national("economic").by_name(cell)]
    # 基本工资, 津贴补贴, 奖金 under 工资福利支出: several subjects together head columns.
    named = set(subjects) if above and len(subjects) > 1 else set()
    words = sum(bool(_HEADER_WORD.search(cell)) or cell in named for cell in bare)
    return words >= len(filled) * (0.7 if above else 0.5)


def _is_body_cell(cell: str) -> bool:
    """A figure, a code, a numbered row label, a table's name or prose never heads a column."""
    if not cell:
        return False
    part = read_line(cell)
    return bool(
        number(cell)
        or cell in _COMPARATORS
        or _CODE.match(cell)
        or split_code(cell)[0]
        or _NUMBERED.match(cell)
        or len(cell) > _LONGEST_HEADER
        or (part and (part.label or cell.endswith("表")))
    )


def _without_headers(lines: Sequence[Line], header: Sequence[tuple[str, ...]]) -> list[Line]:
    """Body rows without the header rows that printing repeats on every page."""
    known = {_folded(row) for row in header} - {()}
    return [
        line for line in lines if _folded(line.cells) not in known and not _numbers_columns(line)
    ]


def _numbers_columns(line: Line) -> bool:
    """Whether a row below what was taken for the header counts the columns: 1 2 3 4 5."""
    filled = [cell for cell in line.cells if fold(cell)]
    return len(filled) >= _FEWEST_NUMBERED and is_number_row(line.cells)


def _folded(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(cell) for cell in cells if fold(cell))


def _without_notes(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Body rows without blank ones, and the note rows printed inside the grid."""
    body: list[Line] = []
    notes: list[str] = []
    for line in lines:
        filled = [cell for cell in line.cells if fold(cell)]
        if len(filled) == 1 and is_note(filled[0]):
            notes.append(filled[0])
        elif filled:
            body.append(line)
    return body, notes
