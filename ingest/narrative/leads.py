"""What the words before a figure say about it: an amount, a change, a rate, a share, last year's.

Everything here works on the compact text of ``Prose``, one figure at a time and without memory;
whose figure it is, is decided by ``ingest.narrative.scanner``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from disclosure.model import Aspect
from disclosure.money import PERCENT, WAN, YI

_NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
#: '100万元以上设备' and '3406元/人' are no amounts of the disclosure; '300万次' counts.
_FIGURE = re.compile(
    rf"(?P<number>{_NUMBER})"
    r"(?P<unit>亿元|百万元|万元|千元|元(?![旦宵])|%|亿(?=[，。；、)]|$)|万(?=[，。；、)]|$))"
    r"(?!及?(?:\(含\))?(?:以上|以下|以内|及以上)|[/每]|\(含\))"
)
_UP = "增加|增长|上升|提高|增幅|涨幅|净增|增"
_DOWN = "减少|下降|降低|压减|核减|缩减|降幅|减幅|净减|降|减"
_DIRECTION = re.compile(
    rf"(?P<both>(?:增长|下降|增加|减少)[(/](?:增长|下降|增加|减少)\)?)$"
    rf"|(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|额|额为|数|幅度|幅度为|比例为|为|约|达)?$"
)
#: Last year's figure as the thing compared with: 上年预算数, 2025年年初预算, 2025年执行数.
_PAST = r"(?:上年度?|去年|上一?年度?|20\d\d年度?)[^，。；、]{0,22}?"
_BASE = re.compile(
    rf"(?:比|较|与|同|和)(?P<base>{_PAST})(?:相比|比较|对比)?，?(?P<between>[^，。；]*)$"
)
_SAME = re.compile(
    r"(?:比|较|与|同|和)(?P<base>(?:上年度?|去年|上一?年度?|20\d\d年度?)"
    r"[^，。；、基]{0,20}?)(?:相比)?，?(?P<same>持平|相同|一致|相等|无增减变化|无增减|无变化|没有变化|不变|没有增减)"
)
_PRIOR = re.compile(
    r"^(?P<label>[^，。；]*?)(?P<words>(?:比|较|与)?(?:上年度?|去年|20\d\d年度?)(?:当年)?"
    r"(?:年初)?(?:部门|单位|财政拨款)?(?:[“\"]三公[”\"]经费)?(?:年初)?"
    r"(?:预算|决算|执行|支出)(?:执行|安排|决算)?数?(?:额|总额)?(?:为|是)?)$"
)
_SHARE = re.compile(
    r"^(?P<label>[^，。；]*?)(?:约|各|均)?占(?P<base>[^，。；占]*?)的?(?:比重|比例|百分比|比)?(?:为|达|约|到)?$"
)
_COMPLETION = re.compile(r"完成(?P<base>[^，。；]*?)的?$")
#: '与2025年预算相比增加': the word that only repeats 与.
_COMPARING = re.compile(r"(?<=[年度期数算行])(?:相比较?|比较|对比)$")
_YEAR = re.compile(r"(20\d\d)年")
_REMARK = re.compile(r"\([^()]*(?:，|含|下同|扣除|不包括|详见|为准|以下简称)[^()]*\)")


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount of money or a percentage printed in the compact text."""

    value: Decimal
    unit: str
    start: int
    end: int

    @property
    def money(self) -> bool:
        """Whether it is money, not a percentage."""
        return self.unit != PERCENT


@dataclass(frozen=True, slots=True)
class Lead:
    """What the words before a figure make of it. ``sign`` is -1 for a decrease, 0 where the text
    leaves it open; ``base`` what it is compared with; ``label`` the words that may name whose it
    is (empty: the one named before)."""

    aspect: Aspect | None
    label: str = ""
    base: str = ""
    sign: int = 1
    year: int | None = None


def find_figures(text: str) -> Iterator[Figure]:
    """Every amount and percentage of a compact text, left to right."""
    for found in _FIGURE.finditer(text):
        before = text[found.start() - 1 : found.start()]
        if before.isascii() and before.isalnum():
            continue
        unit = {"万": WAN, "亿": YI}.get(found["unit"], found["unit"])
        number = Decimal(found["number"].replace(",", ""))
        yield Figure(number, unit, found.start(), found.end())


def mask_remarks(text: str) -> str:
    """The text with remarks in brackets blanked out (NUL, same length); those that state figures
    stay, they are sentences of their own."""
    return _REMARK.sub(
        lambda m: m[0] if any(find_figures(m[0])) else "\0" * len(m[0]),
        text,
    )


def read_lead(lead: str, figure: Figure, fiscal_year: int) -> Lead:
    """What ``lead``, the words since the last figure or sentence mark, says about ``figure``."""
    if not figure.money:
        return _read_percentage(lead)
    if direction := _DIRECTION.search(lead):
        return _relation(Aspect.CHANGE, lead, direction)
    if prior := _PRIOR.match(lead):
        base = prior["words"].lstrip("比较与").rstrip("为是")
        year = _year(base)
        if year is None or year < fiscal_year or prior["words"][0] in "比较与":
            return Lead(Aspect.PRIOR, prior["label"], base, year=year)
    years = _YEAR.findall(lead)
    return Lead(Aspect.AMOUNT, lead, year=int(years[-1]) if years else None)


def _read_percentage(lead: str) -> Lead:
    if direction := _DIRECTION.search(lead):
        return _relation(Aspect.CHANGE_RATE, lead, direction)
    if completion := _COMPLETION.search(lead):
        return Lead(Aspect.COMPLETION, lead[: completion.start()], completion["base"])
    if share := _SHARE.match(lead):
        return Lead(Aspect.SHARE, share["label"], share["base"])
    return Lead(None)


def _relation(aspect: Aspect, lead: str, direction: re.Match[str]) -> Lead:
    sign = 0 if direction["both"] else -1 if direction["down"] else 1
    before = _COMPARING.sub("", lead[: direction.start()])
    base = _BASE.search(before)
    if base is None:
        return Lead(aspect, re.sub(r"同比$|环比$", "", before), sign=sign)
    label = before[: base.start()] + base["between"]
    past, label = _split_base(base["base"], base["between"], before[: base.start()])
    return Lead(aspect, label, past, sign, _year(past))


def _split_base(base: str, between: str, before: str) -> tuple[str, str]:
    """The base in full and the label: 年初预算 after a year belongs to the base.

    In '比2025年“三公”经费年初预算减少' the words between name the figure and its base at once.
    """
    own = re.match(r"[^，。；、]*?(?:预算|执行|决算|完成|预计)(?:执行|安排)?数?", between)
    if own and not re.search(r"收入|支出|经费|费", own[0]):
        return base + own[0], before + between[own.end() :]
    if _is_plain(between):
        return base + between, before
    if re.search(r"(?:预算|决算|执行)数?$", between) and not before:
        return base + between, between
    return base, before + between


def _is_plain(words: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:度|同期|当年|预算|年初|年末|执行|决算|数|财政拨款|总体|各|均|略|同口径)*", words
        )
    )


def find_same(text: str) -> Iterator[re.Match[str]]:
    """Every '与上年持平': groups ``base`` and ``same``. '基本持平' is not the same figure."""
    return _SAME.finditer(text)


def _year(words: str) -> int | None:
    found = _YEAR.search(words)
    return int(found[1]) if found else None
