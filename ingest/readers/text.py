"""Plain text with tab-separated tables, and Markdown with pipe tables and # headings.

A run of tab lines is one grid; a blank or plain line ends it. UTF-8 (with or without BOM),
UTF-16 with BOM and GB18030 are read; anything else is refused with the line it breaks at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from disclosure.document import Block, Document, Grid, Locator, Paragraph, Row
from ingest.errors import EmptyFile, TruncatedFile, UnreadableFile
from ingest.readers import cells, lines
from ingest.readers.digest import sha256

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_ESCAPED_PIPE = re.compile(r"(?<!\\)\|")
#: Above this share of damaged characters a file is not UTF-8 at all, below it is damaged UTF-8.
_DAMAGED_UTF8 = 0.02


@dataclass(slots=True)
class _Reading:
    """Blocks collected so far, and the grid or paragraph still open."""

    file: str
    blocks: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    grids: int = 0

    def add_row(self, raw: list[str], line: int) -> None:
        indents = tuple(cells.indent(cell) for cell in raw)
        self.rows.append(
            Row(
                tuple(cells.clean(cell) for cell in raw),
                Locator(self.file, line=line, table=self.grids + 1, row=len(self.rows) + 1),
                indents if any(indents) else (),
            )
        )

    def end_grid(self) -> None:
        if self.rows:
            self.grids += 1
            first = self.rows[0].locator
            where = Locator(self.file, line=first.line, table=self.grids)
            self.blocks.append(Grid(tuple(self.rows), where))
            self.rows = []

    def add_line(self, text: str, line: int) -> None:
        self.end_grid()
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Paragraph) and not last.level and lines.continues(last.text, text):
            self.blocks[-1] = Paragraph(lines.join(last.text, text), last.locator)
            return
        self.blocks.append(Paragraph(text, Locator(self.file, line=line)))

    def add_heading(self, text: str, level: int, line: int) -> None:
        self.end_grid()
        self.blocks.append(Paragraph(text, Locator(self.file, line=line), level))


def read_text(name: str, data: bytes) -> Document:
    """The document of a text or Markdown file; ``EmptyFile``, ``UnreadableFile``, ``TruncatedFile``
    otherwise."""
    text = decode(name, data)
    if not text.strip():
        raise EmptyFile("文件是空的，没有任何文字", name)
    source = text.splitlines()
    reading = _Reading(name)
    for number, line in enumerate(source, 1):
        if "\t" in line:
            reading.add_row(line.split("\t"), number)
        elif _is_pipe_row(line, source[number : number + 1], bool(reading.rows)):
            if not _PIPE_RULE.match(line):
                reading.add_row(_pipe_cells(line), number)
        elif not line.strip():
            reading.end_grid()
        elif heading := _HEADING.match(line):
            reading.add_heading(heading[2], len(heading[1]), number)
        else:
            reading.add_line(cells.clean(line), number)
    reading.end_grid()
    if not text.endswith(("\n", "\r")):
        _refuse_cut_end(name, reading.blocks, len(source))
    markdown = any(isinstance(block, Paragraph) and block.level for block in reading.blocks)
    media_type = "text/markdown" if markdown else "text/plain"
    return Document(name, media_type, sha256(data), tuple(reading.blocks))


def decode(name: str, data: bytes) -> str:
    """Text of ``data``, line ends made uniform; an error names the line where decoding fails."""
    if not data:
        raise EmptyFile("文件是空的（0 字节）", name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _uniform(data.decode("utf-16"))
        except UnicodeDecodeError as error:
            raise TruncatedFile("UTF-16 文本不完整", name) from error
    if b"\x00" in data:
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        raise UnreadableFile("这是二进制内容，不是文本", name, line)
    try:
        return _uniform(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(name, data, error)
    try:
        return _uniform(data.decode("gb18030"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if error.end >= len(data) - 1 and error.start > 2:
            raise TruncatedFile("文本在一个汉字中间断开，文件不完整", name, line) from error
        raise UnreadableFile(
            "文字编码既不是 UTF-8 也不是 GB18030", name, line, remedy="请另存为 UTF-8 编码后再导入"
        ) from error


def _uniform(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")


def _refuse_damaged_utf8(name: str, data: bytes, error: UnicodeDecodeError) -> None:
    """Tell UTF-8 with a damaged spot, or cut inside a character, from another encoding.

    GB18030 would decode such bytes to nonsense without complaint.
    """
    line = data[: error.start].count(b"\n") + 1
    if error.reason == "unexpected end of data" and error.start > 0:
        raise TruncatedFile("文本在一个汉字中间断开，文件不完整", name, line) from error
    text = data.decode("utf-8-sig", errors="replace")
    foreign = sum(char > "\x7f" for char in text)
    if text.count("\ufffd") <= _DAMAGED_UTF8 * foreign:
        raise UnreadableFile("UTF-8 文本中有损坏的字节", name, line) from error


def _is_pipe_row(line: str, following: list[str], in_table: bool) -> bool:
    """A Markdown table starts with a row over a rule; then every line with a pipe is a row."""
    if "|" not in line:
        return False
    return in_table or bool(following and "|" in following[0] and _PIPE_RULE.match(following[0]))


def _pipe_cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [
        re.sub(r"<br\s*/?>", "\n", cell).replace("\\|", "|").strip(" ")
        for cell in _ESCAPED_PIPE.split(inner)
    ]


def _refuse_cut_end(name: str, blocks: list[Block], line: int) -> None:
    """A file that ends without a line break inside a row or a sentence was cut there."""
    last = blocks[-1]
    if isinstance(last, Grid):
        widths = [len(row.cells) for row in last.rows]
        cut = len(widths) > 1 and widths[-1] < min(widths[:-1])
    else:
        cut = not last.level and lines.breaks_off(last.text)
    if cut:
        raise TruncatedFile(
            "文件在一行中间结束，内容不完整",
            name,
            line,
            remedy="请重新取得完整的文件；若文件确实到此为止，请在末尾补一个换行再导入",
        )
