"""Performance targets printed in cells: 提供现场服务人数(≥3人) …, several to a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.tables.folding import fold

_OPEN = "(（"
_CLOSE = ")）"
_COMPARATORS: tuple[tuple[str, str], ...] = (
    (r"不低于|不少于|不小于|大于等于|大于或等于|至少|≥|≧|>=", "≥"),
    (r"不超过|不高于|不大于|不多于|小于等于|≤|≦|<=|控制在", "≤"),
    (r"大于|高于|超过|多于|>|＞", ">"),
    (r"小于|低于|少于|<|＜", "<"),
    (r"等于|=|＝", "="),
)
_SIGNS = "|".join(pattern for pattern, _ in _COMPARATORS)
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
#: '≥3人', '不低于90%', '投诉率低于5%', '100%'. What follows the number is its unit.
_VALUE = re.compile(
    rf"^(?P<words>[^\d≥≤≧≦><=＞＜＝]*?)(?P<sign>{_SIGNS})?\s*"
    rf"(?P<number>{_NUMBER})\s*(?P<unit>[^\d\s]{{0,12}})$"
)
#: A number that begins a date or a clause is none: 12月31日前, 7*24小时, 6月底前完成.
_DATE = re.compile(r"\d+\s*(?:月|日|年)|[前后]$|年底|月底")
#: Brackets that belong to an indicator's name: 引进(含柔性)和…, 经济增加值(亿元)增长.
_IN_NAME = re.compile(
    r"^(?:含|不含|包括|如|即|或|指|以下|以上|次|含.*)|^[一二三四五六七八九十]{1,2}$"
)
#: What a target says when it is not a figure.
_VERDICT = re.compile(
    r"^(?:优|良|好|高|是|有|无|全年|按|及时|达标|合格|完成|显著|成效|有效|有所|明显|较|正常|逐步|持续|长期|提升|提高"
    r"|年底|年内|预算|规范|保证|确保|不)"
)
_LONGEST_CLASSIFIER = 3
_UNIT_OF_NAME = re.compile(r"[(（]([^()（）\d]{1,7})[)）]$")
_ENCLOSED = re.compile(r"^[(（]([^()（）]*)[)）]$")


@dataclass(frozen=True, slots=True)
class Target:
    """One indicator with its target. ``value`` is None where the target is only text."""

    indicator: str
    text: str
    start: int
    end: int
    comparator: str = ""
    value: Decimal | None = None
    unit: str = ""


def read_cell(cell: str) -> Iterator[Target]:
    """Every ``name(target)`` in a cell, with its span; a cell without brackets is one target."""
    start = 0
    groups = list(_groups(cell))
    for position, (opening, closing) in enumerate(groups):
        content = cell[opening + 1 : closing]
        after = cell[closing + 1 :]
        name = cell[start:opening].strip()
        last = position == len(groups) - 1
        if not name or not _ends(content, after, last):
            continue
        yield read_target(name, content, _skip(cell, start), closing + 1)
        start = closing + 1
    rest = cell[start:].strip(" 。；;，,")
    if rest:
        yield Target(rest, "", _skip(cell, start), len(cell.rstrip()))


def read_target(indicator: str, text: str, start: int, end: int, unit: str = "") -> Target:
    """An indicator with the words of its target; ``unit`` where a column of its own prints it.

    A unit may also stand behind the indicator: 提交的审计建议数量（条） ≥90.
    """
    words = text.strip().strip("。")
    folded = fold(words)
    match = _VALUE.match(folded)
    if not match or _DATE.search(folded):
        return Target(indicator, words, start, end)
    sign = match["sign"] or ""
    comparator = next((mark for pattern, mark in _COMPARATORS if re.fullmatch(pattern, sign)), "")
    # '村党总支保持4星级党支部' states no figure to reach.
    if match["words"] and not comparator and not 0 < len(match["unit"]) <= _LONGEST_CLASSIFIER:
        return Target(indicator, words, start, end)
    value = Decimal(match["number"].replace(",", ""))
    named = _UNIT_OF_NAME.search(indicator)
    found = _unit(words, match) or unit or (named[1].replace("％", "%") if named else "")
    return Target(indicator, words, start, end, comparator, value, found)


def _unit(words: str, match: re.Match[str]) -> str:
    """The classifier as printed: 台（套）, 平方米 without the brackets that enclose it all."""
    printed = "".join(words.split())
    unit = printed[len(printed) - len(match["unit"]) :] if match["unit"] else ""
    whole = _ENCLOSED.match(unit)
    return (whole[1] if whole else unit).replace("％", "%")


def _groups(cell: str) -> Iterator[tuple[int, int]]:
    """Outermost bracket pairs; an unclosed bracket ends with the cell."""
    depth = opening = 0
    for i, char in enumerate(cell):
        if char in _OPEN:
            if not depth:
                opening = i
            depth += 1
        elif char in _CLOSE and depth:
            depth -= 1
            if not depth:
                yield opening, i


def _ends(content: str, after: str, last: bool) -> bool:
    """Whether a bracket holds a target (and so ends the indicator) rather than part of a name."""
    if not after.strip(" 。；;，,"):
        return True
    if _IN_NAME.match(content):
        return False
    if after[0].isspace():
        return True
    folded = fold(content)
    return bool(_VALUE.match(folded) or _VERDICT.match(folded) or _DATE.search(folded)) or (
        last and len(folded) > 1 and after[0] in "。；;"
    )


def _skip(cell: str, start: int) -> int:
    while start < len(cell) and cell[start] in " 。；;，,\n":
        start += 1
    return start
