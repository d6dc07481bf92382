"""DOCX files: paragraphs and tables in body order, text boxes, automatic numbering."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import takewhile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError, _Element

from disclosure.document import Block, Document, Locator, Paragraph
from ingest.errors import EmptyFile, UnreadableFile
from ingest.readers import cells, lines
from ingest.readers.digest import sha256
from ingest.readers.docx_numbering import Numbering
from ingest.readers.formats import Format
from ingest.readers.grids import GridMaker, Spans
from ingest.readers.package import refuse_bomb

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_VAL = qn("w:val")
_TEXTBOX = qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: Text that is no longer part of the document, or stands in it twice.
_SKIPPED = frozenset({qn("w:del"), qn("w:moveFrom"), _FALLBACK})
#: Half the width of an ideograph of the usual size (10.5 points), in twips.
_HALF_WIDTH = 105
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*(\d)$", re.IGNORECASE)


def read_docx(name: str, data: bytes) -> Document:
    """The document of a DOCX; a locator's line counts paragraphs and table rows.

    Raises ``UnreadableFile``, ``EmptyFile`` or ``UnsafeArchive``.
    """
    refuse_bomb(name, data)
    try:
        package = docx.Document(BytesIO(data))
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        XMLSyntaxError,
        zipfile.BadZipFile,
    ) as error:
        raise UnreadableFile("DOCX 结构损坏，无法打开", name) from error
    styles = {style.style_id: style.name or "" for style in package.styles}
    reading = _Reading(name, Numbering(package), styles)
    reading.add_all(package.element.body)
    if not reading.blocks:
        raise EmptyFile("文档里没有任何文字", name)
    return Document(name, Format.DOCX, sha256(data), tuple(reading.blocks))


class _Reading:
    """Walks the body and collects blocks."""

    def __init__(self, file: str, numbering: Numbering, styles: dict[str, str]) -> None:
        self.blocks: list[Block] = []
        self._file = file
        self._numbering = numbering
        self._styles = styles
        self._grids = GridMaker()
        self._line = 0

    def add_all(self, parent: _Element) -> None:
        """Every paragraph and table under ``parent``, through content controls and revisions."""
        for child in parent:
            if child.tag == _P:
                self._add_paragraph(child)
            elif child.tag == _TBL:
                self._add_table(child)
            elif child.tag not in _SKIPPED:
                self.add_all(child)

    def _add_paragraph(self, paragraph: _Element) -> None:
        self._line += 1
        for text_box in paragraph.iter(_TEXTBOX):
            if not any(parent.tag in _SKIPPED for parent in text_box.iterancestors()):
                self.add_all(text_box)
        label = self._numbering.label(paragraph)
        level = self._level(paragraph)
        for number, part in enumerate(cells.clean(_text(paragraph)).split("\n")):
            text = re.sub(r"[ \t]+", " ", (label if number == 0 else "") + part).strip()
            if not text:
                continue
            last = self.blocks[-1] if self.blocks else None
            if (
                isinstance(last, Paragraph)
                and not (level or last.level or label)
                and lines.continues(last.text, text)
            ):
                joined = lines.join(last.text, text)
                self.blocks[-1] = Paragraph(joined, last.locator)
            else:
                self.blocks.append(Paragraph(text, Locator(self._file, line=self._line), level))

    def _level(self, paragraph: _Element) -> int:
        """Heading level by style or outline, 0 for body text."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None:
            match = _HEADING_STYLE.match(self._styles.get(style.get(_VAL, ""), ""))
            if match:
                return int(match[1])
        outline = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        level = int(outline.get(_VAL, "9")) if outline is not None else 9
        return level + 1 if level < 9 else 0

    def _add_table(self, table: _Element) -> None:
        rows = list(_children(table, _TR))
        if len(rows) == 1 and len(found := list(_children(rows[0], _TC))) == 1:
            self.add_all(found[0])  # a frame around text or around the real table
            return
        texts: list[list[str]] = []
        indents: list[list[int]] = []
        spans: Spans = {}
        open_merges: dict[int, tuple[int, int]] = {}
        for r, row in enumerate(rows):
            texts.append([])
            indents.append([])
            skip = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
            texts[r] += [""] * skip
            indents[r] += [0] * skip
            for cell in _children(row, _TC):
                self._add_cell(cell, r, texts[r], indents[r], spans, open_merges)
        width = max((len(row) for row in texts), default=0)
        texts = [row + [""] * (width - len(row)) for row in texts]
        indents = [row + [0] * (width - len(row)) for row in indents]
        if any(text for row in texts for text in row):
            numbers = [self._line + r + 1 for r in range(len(rows))]
            where = Locator(self._file, line=numbers[0])
            self.blocks += self._grids.blocks(texts, where, spans, indents, numbers)
        self._line += len(rows)

    def _add_cell(
        self,
        cell: _Element,
        row: int,
        texts: list[str],
        indents: list[int],
        spans: Spans,
        open_merges: dict[int, tuple[int, int]],
    ) -> None:
        column = len(texts)
        width = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        continued = merge is not None and merge.get(_VAL, "continue") == "continue"
        raw = "" if continued else "\n".join(_text(p) for p in cell.iter(_P))
        texts += [cells.tidy(raw), *[""] * (width - 1)]
        indents += [_indent(cell, raw), *[0] * (width - 1)]
        if continued and column in open_merges:
            start = open_merges[column]
            spans[start] = (row - start[0] + 1, spans[start][1])
            return
        open_merges.pop(column, None)
        if merge is not None and not continued:
            open_merges[column] = (row, column)
            spans[row, column] = (1, width)
        elif width > 1:
            spans[row, column] = (1, width)


def _children(parent: _Element, tag: str) -> Iterator[_Element]:
    """Children with a tag, through content controls, not through nested tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in (_TBL, _P) and child.tag not in _SKIPPED:
            yield from _children(child, tag)


def _text(element: _Element) -> str:
    """Text of a paragraph as it stands: insertions in, deletions and text boxes out."""
    pieces: list[str] = []
    for child in element:
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag in _MARKS:
            pieces.append(_MARKS[child.tag])
        elif child.tag not in _SKIPPED and child.tag not in (_TEXTBOX, qn("w:pPr")):
            pieces.append(_text(child))
    return "".join(pieces)


def _number(element: _Element | None, default: int) -> int:
    return int(element.get(_VAL, default)) if element is not None else default


def _indent(cell: _Element, raw: str) -> int:
    """Left indent of a cell's first paragraph, in half-width columns."""
    blanks = cells.indent("".join(takewhile(lambda char: not char.strip(), raw)))
    place = cell.find(f"{_P}/{qn('w:pPr')}/{qn('w:ind')}")
    if place is None or not raw.strip():
        return blanks if raw.strip() else 0
    twips = sum(int(place.get(qn(key), 0) or 0) for key in ("w:left", "w:start", "w:firstLine"))
    return max(0, blanks + round(twips / _HALF_WIDTH))
