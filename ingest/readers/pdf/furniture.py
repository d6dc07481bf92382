"""Page numbers and running headers: lines at a page's edge that belong to no paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.readers.pdf.textlines import TextLine

#: Page numbers stand within this share of the page's height from its edges, running headers nearer.
_NUMBER_EDGE, _HEADER_EDGE = 0.12, 0.09
#: A text repeated at one height on this share of the pages, and on so many, is a running header.
_REPEATED_SHARE, _REPEATED_PAGES = 0.5, 4
_PAGE_NUMBER = re.compile(
    r"[-—–－―_~·•.\s]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,6})(?:\s*页)?"
    r"(?:\s*[/／,，、\s共of]+\s*\d{1,4}\s*页?)?[-—–－―_~·•.\s]*"
)
#: Never furniture, however often repeated: what a table's figures cannot be read without.
_CAPTION = re.compile(r"[:：]|元|表")


class PageLines(NamedTuple):
    """The lines outside tables of one page, and the page's size."""

    lines: list[TextLine]
    width: float
    height: float


def without_furniture(pages: Sequence[PageLines]) -> list[PageLines]:
    """The pages without page numbers and the headers and footers that repeat."""
    repeated = _repeated(pages)
    return [
        page._replace(
            lines=[line for line in page.lines if not _is_furniture(line, page, repeated)]
        )
        for page in pages
    ]


def _is_furniture(line: TextLine, page: PageLines, repeated: set[tuple[str, int]]) -> bool:
    text = line.text
    if _at_edge(line, page, _NUMBER_EDGE) and _PAGE_NUMBER.fullmatch(text):
        return True
    return _at_edge(line, page, _HEADER_EDGE) and _key(text, line, page) in repeated


def _repeated(pages: Sequence[PageLines]) -> set[tuple[str, int]]:
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update(
            {
                _key(text, line, page)
                for line in page.lines
                if _at_edge(line, page, _HEADER_EDGE) and not _CAPTION.search(text := line.text)
            }
        )
    written = sum(bool(page.lines) for page in pages)
    enough = max(_REPEATED_PAGES, written * _REPEATED_SHARE)
    return {key for key, count in counts.items() if count >= enough}


def _key(text: str, line: TextLine, page: PageLines) -> tuple[str, int]:
    """Text with its numbers and spaces off, and its height on the page in hundredths."""
    return re.sub(r"[\d\s]+", "", text), round(line.middle / (page.height or 1.0) * 50)


def _at_edge(line: TextLine, page: PageLines, share: float) -> bool:
    return not share * page.height < line.middle < (1 - share) * page.height
