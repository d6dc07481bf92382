"""A published table as HTML: merged headers, an id on every row and cell, one cell highlighted.

Built by hand rather than by a template: a document may print twenty thousand cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from disclosure.model import Fact, PublishedTable
from disclosure.money import parse_number

_TOTALS = frozenset(
    {"合计", "总计", "小计", "本年收入合计", "本年支出合计", "收入总计", "支出总计"}
)
#: A cell of more letters than this is prose, and is given room.
_PROSE = 24


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a table and a cell in it, from 0; the cell is None where it is not known."""

    row: int
    column: int | None


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of a header that spans the columns and rows that print the same."""

    text: str
    columns: int
    rows: int


def header_rows(columns: Sequence[tuple[str, ...]]) -> list[list[HeaderCell]]:
    """The header's rows from the columns' paths: equal neighbours under equal parents are one."""
    depth = max((len(path) for path in columns), default=0)
    rows: list[list[HeaderCell]] = []
    for level in range(depth):
        row: list[HeaderCell] = []
        start = 0
        while start < len(columns):
            path = columns[start]
            end = start + 1
            if len(path) > level:
                last = len(path) == level + 1
                while end < len(columns) and not last and _same(path, columns[end], level):
                    end += 1
                row.append(HeaderCell(path[level], end - start, depth - level if last else 1))
            elif level == 0:
                row.append(HeaderCell("", 1, depth))  # a column without a header
            start = end
        rows.append(row)
    return rows


def _same(path: tuple[str, ...], other: tuple[str, ...], level: int) -> bool:
    return path[: level + 1] == other[: level + 1] and len(other) > level + 1


def place_of_fact(table: PublishedTable, fact: Fact) -> Place | None:
    """Where the table prints the fact, by its locator; None where it does not."""
    row = table.row_of(fact.locator)
    return None if row is None else Place(row, fact.column_of(table.rows[row]))


def table_html(table: PublishedTable, marked: Place | None = None) -> Markup:
    """The table's caption, head and body; the cell at ``marked`` has the id ``fact``."""
    parts = ["<table>", f"<caption>{escape(_caption(table))}</caption>"]
    if any(any(path) for path in table.columns):
        parts.append("<thead>")
        for row in header_rows(table.columns):
            parts.append("<tr>")
            parts += [_header_cell(cell) for cell in row]
            parts.append("</tr>")
        parts.append("</thead>")
    parts.append("<tbody>")
    anchor = f"t{table.ordinal}"
    for number, cells in enumerate(table.rows):
        here = marked if marked is not None and marked.row == number else None
        parts.append(_row(f"{anchor}r{number + 1}", cells, here))
    parts.append("</tbody></table>")
    return Markup("".join(parts))


def row_html(
    caption: str, columns: Sequence[tuple[str, ...]], cells: Sequence[str], column: int | None
) -> Markup:
    """One row under its table's headers, the cell of ``column`` highlighted."""
    parts = ["<table>", f"<caption>{escape(caption)}</caption>", "<thead>"]
    for row in header_rows(columns):
        parts += ["<tr>", *(_header_cell(cell) for cell in row), "</tr>"]
    parts.append("</thead><tbody><tr>")
    for number, cell in enumerate(cells):
        text = escape(cell)
        hit = number == column
        kind = f"{_kind(cell)} hit" if hit else _kind(cell)
        parts.append(f'<td class="{kind}">{f"<mark>{text}</mark>" if hit else text}</td>')
    parts.append("</tr></tbody></table>")
    return Markup("".join(parts))


def _caption(table: PublishedTable) -> str:
    unit = f"（单位：{table.unit}）" if table.unit else ""
    return f"{table.name}{unit}"


def _header_cell(cell: HeaderCell) -> str:
    if not cell.text:
        return f"<td{_spans(cell)}></td>"
    scope = "colgroup" if cell.columns > 1 else "col"
    return f'<th scope="{scope}"{_spans(cell)}>{escape(cell.text)}</th>'


def _spans(cell: HeaderCell) -> str:
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return columns + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")


def _row(anchor: str, cells: tuple[str, ...], marked: Place | None) -> str:
    first = next((cell for cell in cells if cell.strip()), "")
    kinds = [name for name, so in (("sum", first.strip() in _TOTALS), ("hit", marked)) if so]
    parts = [f'<tr id="{anchor}"' + (f' class="{" ".join(kinds)}"' if kinds else "") + ">"]
    for number, cell in enumerate(cells):
        if not cell.strip():
            parts.append("<td></td>")
            continue
        text = escape(cell)
        attributes = f'id="{anchor}c{number + 1}" class="{_kind(cell)}"'
        if marked is not None and marked.column == number:
            parts.append(f'<td {attributes}><mark id="fact" tabindex="-1">{text}</mark></td>')
        else:
            parts.append(f"<td {attributes}>{text}</td>")
    if marked is not None and marked.column is None:
        parts[0] = parts[0].replace("<tr ", '<tr data-fact tabindex="-1" ', 1)
    parts.append("</tr>")
    return "".join(parts)


def _kind(cell: str) -> str:
    """How a cell is set: n a number, p prose, c a code or a name."""
    if parse_number(cell) is not None:
        return "n"
    return "p" if len(cell) > _PROSE else "c"
