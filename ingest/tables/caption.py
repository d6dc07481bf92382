"""Captions of tables: label, title, owner and money unit, printed above the grid or inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from disclosure.money import MONEY_UNITS

#: 一 of 一般公共预算 and 三 of 三公 are no numbers of tables.
_N = r"(?!一般|三公)[\d一二三四五六七八九十]+(?:-\d+)?"
#: 表1, 表一, 附表2, 预算01表, 预算公开01表, 公开 01 表, 公开表1-1, 部门公开表1, 财决公开01表.
_LABEL = re.compile(
    rf"^(?:(?:附件?|部门|单位|财决|预算|决算)*公开表?{_N}表?|(?:部门)?(?:预算|决算)表?{_N}表?"
    rf"|附?表{_N}表?|附件{_N}表?)(?=$|[:：、.．]|[^\d月年次款项]|项目)"
)
_MONEY_NAMES = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
_MONEY = re.compile(
    rf"[(（]?(?:(?:金额|计量|货币)单位[:：]?|(?:单位|金额)[:：])(?:人民币)?({_MONEY_NAMES})"
    r"(?![\u4e00-\u9fff])[)）]?"
)
_OWNER = re.compile(
    r"(?:预算主管部门|预算单位名称|部门[/(（]单位[)）]?名称|部门[(（]单位[)）]|部门名称|单位名称"
    r"|编制部门|编制单位|填报部门|填报单位|公开部门|公开单位|预算单位|部门|单位)[:：](.*)$"
)
#: A body's name alone, its code before it.
_OWNER_LINE = re.compile(
    r"(?:\d{3,6})?[-_]?[\u4e00-\u9fff（）()]{3,28}"
    r"(?:局|委|办|厅|院|校|中心|部|会|处|所|队|站|馆|团|政府|街道|委员会|办公室)(?:[（(](?:本级|机关|汇总)[）)])?"
)
_YEAR_LINE = re.compile(r"^[(（]?20\d\d年?度?[)）]?$")
_DATE_LINE = re.compile(r"^(?:填报|编制|公开)?(?:日期|时间)[:：]|^(?:预算)?年度[:：]")
_PAGE = re.compile(r"^[-—–－~·]*(?:第?\d{1,4}页?(?:[/／]?共?\d+页?)?)?[-—–－~·]*$")
_ORDER = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．](?!\d))"
)
_NOTE = re.compile(r"^[(（]?(?:备?注|说明)\d*[:：]")
#: What a title ends in, before remarks in brackets.
_TITLE_END = re.compile(
    r"(?:表|情况|明细|清单(?:目录)?|表[-—－]{1,2}[^-—－]{2,24})(?:[(（][^()（）]{1,30}[)）])*$"
)
_CLAUSE = re.compile(r"[。；，;,]")
_LONGEST_TITLE = 60
#: How many short lines of no known form may stand between a title and its grid.
_MOST_STRANGE = 2
_LONGEST_STRANGE = 30
_PART = re.compile(r"^第[一二三四五六七八九十]+[部章节]")


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a table. Every part is '' where it is not printed."""

    label: str = ""
    title: str = ""
    owner: str = ""
    money_unit: str = ""

    def over(self, other: Caption) -> Caption:
        """This caption, its missing parts taken from ``other``."""
        return Caption(
            self.label or other.label,
            self.title or other.title,
            self.owner or other.owner,
            self.money_unit or other.money_unit,
        )


_EMPTY = Caption()


def compact(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def is_noise(text: str) -> bool:
    """A blank line or a page number: ``- 15 -``, ``12``, ``第3页``."""
    return bool(_PAGE.match(compact(text)))


def is_note(text: str) -> bool:
    """A line under a table: ``注：…``, ``（注：…）``, ``备注：…``."""
    return bool(_NOTE.match(compact(text)))


@lru_cache(maxsize=1 << 14)
def read_line(text: str) -> Caption | None:
    """The part of a caption that one line gives; None for any other text.

    ``预算01表 收支总表`` gives label and title, ``部门名称：某局 单位：万元`` owner and unit,
    ``表11：项目支出绩效表`` label and title; a sentence gives None.
    """
    rest = compact(text)
    if not rest or len(rest) > 2 * _LONGEST_TITLE or is_note(rest):
        return None
    if _YEAR_LINE.match(rest) or _DATE_LINE.match(rest):
        return _EMPTY
    caption = _EMPTY
    if money := _MONEY.search(rest):
        caption = replace(caption, money_unit=money[1])
        rest = rest[: money.start()] + rest[money.end() :]
    first = compact(text.split(maxsplit=1)[0])
    if label := _LABEL.fullmatch(first) or _LABEL.match(rest):
        caption = replace(caption, label=label[0])
        rest = rest.removeprefix(label[0]).lstrip(":：、.．")
    if owner := _OWNER.search(rest):
        caption = replace(caption, owner=owner[1])
        rest = rest[: owner.start()]
    rest = _ORDER.sub("", rest)
    if not rest:
        return caption
    if caption.money_unit and not caption.label and _OWNER_LINE.fullmatch(rest):
        return replace(caption, owner=caption.owner or rest)  # 318某某局 单位：万元
    return replace(caption, title=rest) if is_title(rest) else None


def is_title(text: str) -> bool:
    """Whether a line reads as a table's title: short, no clauses, ending in 表 and the like."""
    return (
        2 < len(text) <= _LONGEST_TITLE
        and not _CLAUSE.search(text)
        and bool(_TITLE_END.search(text))
        and not text.startswith(("详见", "见", "根据", "附件"))
    )


def read_above(lines: Sequence[str]) -> Caption:
    """The caption in the lines above a grid, nearest last; a line of other text ends it."""
    caption = _EMPTY
    strange = 0
    for text in reversed(lines):
        if is_noise(text):
            continue
        part = read_line(text)
        if part is None and not caption.title and strange < _MOST_STRANGE and _is_aside(text):
            strange += 1
            continue
        if strange and part is not None and not part.title:
            break
        if part is None or (part.title and caption.title) or (part.label and caption.label):
            break
        caption = caption.over(part)
    return caption


def _is_aside(text: str) -> bool:
    """A short line that may stand between a title and its grid: a name, a page head, a date."""
    line = compact(text)
    return (
        len(line) <= _LONGEST_STRANGE
        and not _CLAUSE.search(line)
        and not line.endswith(("：", ":", "！", "？"))
        and not _ORDER.match(line)
        and not _PART.match(line)
        and not is_note(line)
    )


def read_inside(rows: Sequence[Sequence[str]]) -> tuple[Caption, int]:
    """The caption in the first rows of a grid, and how many rows it takes.

    Such a row has one or two filled cells, each a caption line (北京 prints label and title in a
    merged row, 无锡 label, title, owner and unit in three), or more with the unit among them (河北:
    owner, year and unit side by side).
    """
    caption = _EMPTY
    taken = 0
    for position, cells in enumerate(rows):
        filled = [cell for cell in cells if compact(cell)]
        if not filled:
            continue
        parts = [part for cell in filled if (part := _read_cell(cell, len(filled))) is not None]
        if len(parts) < len(filled) or (len(filled) > 2 and not _tells_unit(parts)):
            break
        if caption == _EMPTY and all(part == _EMPTY for part in parts):
            break
        for part in parts:
            caption = caption.over(part)
        taken = position + 1
    return caption, taken


def _read_cell(cell: str, beside: int) -> Caption | None:
    """A cell's part of a caption; a body's bare name is one beside other parts."""
    part = read_line(cell)
    if part is None and beside > 1 and _OWNER_LINE.fullmatch(compact(cell)):
        return Caption(owner=compact(cell))
    return part


def _tells_unit(parts: Sequence[Caption]) -> bool:
    return any(part.money_unit for part in parts) and sum(bool(part.title) for part in parts) < 2
