"""HTML pages: the article's paragraphs, headings and tables, without menus and footers."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from disclosure.document import Block, Document, Locator, Paragraph
from ingest.errors import EmptyFile, UnreadableFile
from ingest.readers import cells, lines
from ingest.readers.digest import sha256
from ingest.readers.formats import Format
from ingest.readers.grids import GridMaker
from ingest.readers.html_tables import BLOCKS, BREAK, flow, is_layout, lay_out, text_of

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DROPPED = ("script", "style", "noscript", "template", "iframe", "svg", "nav", "header", "footer",
            "aside", "form", "button", "select", "head")  # fmt: skip
#: Class and id words of page furniture.
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav|menu|footer|header|sidebar|breadcrumb|crumb|share|pager|pagination|copyright"
    r"|related|toolbar|banner|search|login)(?:$|[-_\s])",
    re.IGNORECASE,
)
#: Class and id words of the element that holds an article on Chinese government sites.
_ARTICLE = re.compile(
    r"trs_editor|ucapcontent|zoom|article|content|detail|news_?text|main_?text|con_?text",
    re.IGNORECASE,
)
#: The article holds at least this share of the page's text.
_ARTICLE_SHARE = 0.5


def read_html(name: str, data: bytes) -> Document:
    """The document of a page's article; ``UnreadableFile`` or ``EmptyFile`` otherwise."""
    try:
        root = lxml_html.document_fromstring(decode_html(data))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("HTML 内容损坏，无法解析", name) from error
    _drop_furniture(root)
    reading = _Reading(name)
    reading.add_all(_article(root))
    if not reading.blocks:
        raise EmptyFile("网页里没有任何文字", name)
    return Document(name, Format.HTML, sha256(data), tuple(reading.blocks))


def decode_html(data: bytes) -> str:
    """Text of a page by its byte-order mark, its declared charset, UTF-8 or GB18030, in turn.

    An XML declaration is cut off: lxml refuses one in decoded text.
    """
    declared = _CHARSET.search(data[:4096])
    names = ["utf-8-sig"] + ([declared[1].decode("ascii").lower()] if declared else [])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        names.insert(0, "utf-16")
    for name in [*names, "gb18030"]:
        name = "gb18030" if name in ("gb2312", "gbk") else name
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    return data.decode("utf-8", errors="replace")


def _drop_furniture(root: HtmlElement) -> None:
    etree.strip_elements(root, *_DROPPED, etree.Comment, with_tail=False)
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        names = f"{element.get('class', '')} {element.get('id', '')}"
        hidden = "display:none" in element.get("style", "").replace(" ", "").lower()
        small = len(element.text_content()) * 2 < len(root.text_content())
        if hidden or (small and names.strip() and _FURNITURE.search(names)):
            element.drop_tree()


def _article(root: HtmlElement) -> HtmlElement:
    """The innermost element that looks like the article and holds most of the page's text."""
    best = root.find("body")
    best = root if best is None else best
    total = len(best.text_content())
    for element in best.iter():
        names = f"{element.get('class', '')} {element.get('id', '')} {element.tag}"
        if _ARTICLE.search(names) and len(element.text_content()) >= _ARTICLE_SHARE * total:
            best = element
    return best


class _Reading:
    """Walks the article and collects blocks."""

    def __init__(self, file: str) -> None:
        self.blocks: list[Block] = []
        self._file = file
        self._grids = GridMaker()

    def add_all(self, parent: HtmlElement) -> None:
        """Every block under ``parent``; text that stands between blocks is a paragraph, too."""
        inline: list[str] = [parent.text or ""]
        for child in parent:
            if isinstance(child.tag, str) and _holds_blocks(child):
                self._add_text("".join(inline), parent)
                inline = []
                if child.tag == "table" and not is_layout(child):
                    self._add_table(child)
                else:
                    self.add_all(child)
            elif isinstance(child.tag, str):
                inline.append(BREAK if child.tag == "br" else text_of(child))
            inline.append(child.tail or "")
        self._add_text("".join(inline), parent)

    def _add_text(self, raw: str, element: HtmlElement) -> None:
        level = int(element.tag[1]) if re.fullmatch(r"h[1-6]", str(element.tag)) else 0
        for part in raw.split(BREAK):
            text = re.sub(r" +", " ", cells.clean(flow(part)))
            if not text:
                continue
            last = self.blocks[-1] if self.blocks else None
            if (
                isinstance(last, Paragraph)
                and not (level or last.level)
                and lines.continues(last.text, text)
            ):
                self.blocks[-1] = Paragraph(lines.join(last.text, text), last.locator)
            else:
                where = Locator(self._file, line=element.sourceline)
                self.blocks.append(Paragraph(text, where, level))

    def _add_table(self, table: HtmlElement) -> None:
        for caption in table.findall("caption"):
            self.add_all(caption)
        grid = lay_out(table)
        if any(text for row in grid.texts for text in row):
            where = Locator(self._file, line=table.sourceline)
            self.blocks += self._grids.blocks(
                grid.texts, where, grid.spans, grid.indents, grid.lines
            )


def _holds_blocks(element: HtmlElement) -> bool:
    return element.tag in BLOCKS or any(child.tag in BLOCKS for child in element.iterdescendants())
