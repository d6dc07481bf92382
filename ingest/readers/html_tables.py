"""HTML tables as rows of cells: rowspan and colspan laid out, text as a browser flows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from ingest.readers import cells
from ingest.readers.grids import Spans

#: Elements that start a line of their own.
_BLOCK_TAGS = (
    "p div section article main center ul ol li dl dt dd blockquote pre fieldset body html "
    "table caption tbody tr td h1 h2 h3 h4 h5 h6"
)
BLOCKS = frozenset(_BLOCK_TAGS.split())
#: Stands for a forced line break while text is put together.
BREAK = "\v"
_MOST_SPAN = 500
_CJK = "[\u3400-\u9fff，。、；：（）《》“”]"


class HtmlGrid(NamedTuple):
    """A laid-out table; ``lines`` are the source lines of its rows."""

    texts: list[list[str]]
    spans: Spans
    indents: list[list[int]]
    lines: list[int]


def lay_out(table: HtmlElement) -> HtmlGrid:
    """Every row of a table at full width; a spanning cell's text at its top left."""
    taken: dict[tuple[int, int], tuple[str, int]] = {}
    spans: Spans = {}
    lines: list[int] = []
    for r, row in enumerate(_rows(table)):
        lines.append(int(row.sourceline or 0))
        c = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (r, c) in taken:
                c += 1
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            raw = text_of(cell)
            for i in range(height):
                for j in range(width):
                    taken[r + i, c + j] = ("", 0)
            taken[r, c] = (cells.tidy(flow(raw).replace(BREAK, "\n")), _indent(raw))
            if (height, width) != (1, 1):
                spans[r, c] = (height, width)
            c += width
    columns = max((c + 1 for _, c in taken), default=0)
    texts = [[taken.get((r, c), ("", 0))[0] for c in range(columns)] for r in range(len(lines))]
    indents = [[taken.get((r, c), ("", 0))[1] for c in range(columns)] for r in range(len(lines))]
    spans = {(r, c): (min(h, len(lines) - r), w) for (r, c), (h, w) in spans.items()}
    return HtmlGrid(texts, spans, indents, lines)


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only places other things: it holds tables, or is a single cell."""
    held = sum(len(row.findall("td")) + len(row.findall("th")) for row in _rows(table))
    return held <= 1 or table.find(".//table") is not None


def text_of(element: HtmlElement) -> str:
    """All text of an element, with ``BREAK`` for line breaks and around block elements."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            inner = BREAK if child.tag == "br" else text_of(child)
            pieces.append(f"{BREAK}{inner}{BREAK}" if child.tag in BLOCKS else inner)
        pieces.append(child.tail or "")
    return "".join(pieces)


def flow(raw: str) -> str:
    """White space of the source as a browser shows it; none between ideographs of two lines."""
    joined = re.sub(rf"(?<={_CJK})[ \t\r]*\n\s*(?={_CJK})", "", raw)
    return re.sub(r"[ \t\r\n]+", " ", joined)


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _span(cell: HtmlElement, name: str) -> int:
    digits = re.match(r"\s*(\d+)", cell.get(name, "1"))
    return max(1, min(int(digits[1]) if digits else 1, _MOST_SPAN))


def _indent(raw: str) -> int:
    """Indent by fixed spaces; ordinary leading white space is not shown."""
    return cells.indent(raw.lstrip(" \t\r\n" + BREAK)) if raw.strip() else 0
