"""What a single cell holds: a figure, a column number, a code with or without its name, a total."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from disclosure.money import parse_number
from ingest.tables.folding import fold

_PERCENT = re.compile(r"[%％]$")
_COLUMN_NUMBER = re.compile(r"^(?:\d{1,2}(?:=[\d+\-]+)?|\*+|栏次|行次|甲|乙|丙|丁|[A-Z]|[-—]+)$")
_JOINED = re.compile(
    r"^(?:[\[【](\d{3,10})[\]】]|(\d{3,10})\s*[-—_－](?!\d)\s*"
    r"|(\d{3,10})\s*(?=[\u4e00-\u9fff])(?![年月日万元亿个项名人次]))(.*)$"
)
_TOTAL = re.compile(
    r"^(?:\*|总)?(?:合计|小计|总计|共计|金额合计|合计数|本年合计|全部合计|.{0,8}(?:合计|总计|小计))$"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as one cell prints it; ``percent`` where the cell itself shows %."""

    value: Decimal
    printed: str
    percent: bool = False


@lru_cache(maxsize=1 << 15)
def number(cell: str) -> Number | None:
    """The figure that a whole cell prints, or None for blanks, dashes and words."""
    text = cell.strip()
    if not text:
        return None
    bare = _PERCENT.sub("", text)
    value = parse_number(bare)
    return None if value is None else Number(value, text, bare != text)


def is_blank(cell: str) -> bool:
    """Nothing printed: white space, or a lone dash."""
    return fold(cell).strip("-—–－/") == ""


def is_number_row(cells: tuple[str, ...]) -> bool:
    """A row that numbers the columns (``** 1 2 3``, ``栏次 1 2``), not one of figures."""
    filled = [fold(cell) for cell in cells if fold(cell)]
    if not filled or not all(_COLUMN_NUMBER.match(cell) for cell in filled):
        return False
    numbers = [int(cell.partition("=")[0]) for cell in filled if cell[0].isdigit()]
    if not numbers:
        return "栏次" in filled or all(cell.startswith("*") for cell in filled)
    rising = all(b - a == 1 for a, b in itertools.pairwise(numbers))
    return rising and numbers[0] <= 2 and (len(numbers) > 1 or len(filled) > 1 or numbers[0] == 1)


@lru_cache(maxsize=1 << 15)
def is_total(label: str) -> bool:
    """Whether a label is that of a total: 合计, 小计, 总 计, 收入总计, 人员经费合计."""
    return bool(_TOTAL.match(fold(label).rstrip(":")))


def split_code(cell: str) -> tuple[str, str]:
    """Code and name of a joined cell (``2010501-行政运行``, ``[30101]基本工资``)."""
    match = _JOINED.match(cell.strip())
    if not match:
        return "", cell.strip()
    return next(g for g in match.groups()[:3] if g), match[4].strip()
