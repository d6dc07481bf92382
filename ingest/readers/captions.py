"""Title, label and note rows that a sheet or a drawn grid keeps around its table.

'2026年部门收入总表', '编制单位：…' and '单位：万元' above, '注：…' below are no rows of a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LABEL = re.compile(
    r"^(?:(?:编制|填报|公开|预算|填表|部门|单位|金额|日期|制表|编报)"
    r"[^，。：:项目]{0,10}[:：][^：:]*"
    r"|(?:金额)?单位[:：]?\s*(?:人民币)?\s*(?:万|百万|亿)?元"
    r"|(?:附件|附表|附|表)\s*\d{1,2}(?:-\d+)?"
    r"|[（(]\s*\d{4}\s*年?度?\s*[）)]"
    r"|(?:预算)?公开\s*(?:表)?\s*[\d-]+\s*表?|附?表\s*[一二三四五六七八九十\d-]+)$"
)
_NOTE = re.compile(r"^(?:注|备注|说明|附注)\s*\d*\s*[:：.、]")
_FIGURE = re.compile(r"\d[\d,]*\.\d+|^\d[\d,]*$")
_TITLE = re.compile(r"(?:表|明细表|一览)\s*(?:[（(][^）)]*[）)])?$")


def leading(
    rows: Sequence[Sequence[str]], widths: Sequence[Sequence[int]], *, sheet: bool = False
) -> int:
    """How many rows at the top are titles and labels.

    ``widths`` gives each cell's column span. A title stands alone in its row, spanning all or most
    columns or with nothing beside it; labels may stand two or three in a row. In a ``sheet``
    whatever stands alone above the table is such a row: sentences, too. (In print it may be the
    rest of a name that a page break cut.)
    """
    count = 0
    for row, spans in zip(rows, widths, strict=True):
        texts = [(cell, span) for cell, span in zip(row, spans, strict=True) if cell]
        if not texts:
            count += 1
            continue
        alone = sheet and len(texts) == 1
        if alone or all(_LABEL.match(text) for text, _ in texts) or _is_title(texts, len(row)):
            count += 1
            continue
        break
    while count and not any(rows[count - 1]):
        count -= 1  # blank rows right above the table belong to it: leading blanks matter
    return count if count < len(rows) else 0


def trailing(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the bottom are notes, with blank rows between and after them."""
    count = seen = 0
    for row in reversed(rows):
        texts = [cell for cell in row if cell]
        if len(texts) == 1 and _NOTE.match(texts[0]):
            seen = count = count + 1
        elif not texts:
            count += 1
        else:
            break
    return seen if seen < len(rows) else 0


def _is_title(texts: Sequence[tuple[str, int]], columns: int) -> bool:
    if len(texts) != 1 or columns < 2:
        return False
    text, span = texts[0]
    if _FIGURE.search(text) or _NOTE.match(text):
        return False
    return bool(_TITLE.search(text)) and (span == 1 or span * 2 >= columns)
