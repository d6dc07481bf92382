"""What a column of figures means: the coordinates that its header path fixes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from disclosure.money import MONEY_UNITS
from ingest.tables.cells import is_total
from ingest.tables.folding import fold
from ingest.tables.headers import Path
from ingest.tables.outline import Label, read_label
from ingest.tables.periods import read_period
from ingest.tables.terms import narrows, read_terms

#: Labels that only say "the figure": they narrow no axis.
_NEUTRAL = re.compile(
    r"^(?:20\d\d年)?(?:(?:年初|全年|本年|当年|项目|支出|收入|采购|资金|部门|基本支出|年度)*"
    r"(?:预算|决算|执行)?(?:安排)?(?:资金)?(?:总额|总金额|金额|数额|数|预算|决算|合计|小计|总计|预算数))$"
    r"|^(?:金额|预算|决算|支出|收入|收支|其中|本年|当年|上年|数额|部门预算|项目|资金来源|资金类型)$"
    r"|(?:资金类型|项目类型)$|^增减"
)
#: Nouns that things other than money are counted by.
COUNTED = (
    "辆",
    "台",
    "套",
    "台套",
    "台(套)",
    "个",
    "人",
    "名",
    "人次",
    "平方米",
    "册",
    "间",
    "批次",
)
_UNITS = "|".join(re.escape(unit) for unit in (*MONEY_UNITS, "%", *COUNTED))
_UNIT = re.compile(rf"[(](?:单位:)?({_UNITS})[)]$|[(]单位:({_UNITS})[)]")
_MONEY_TAIL = re.compile(rf"[（(](?:单位[:：])?(?:{'|'.join(MONEY_UNITS)})[)）]$")
_EXCEPT = re.compile(r"扣除")


@dataclass(frozen=True, slots=True)
class Meaning:
    """Coordinates, and whatever else a header says: aspect, stage, base, year, measure.

    ``total`` marks a column whose parts stand beside it. Words that are in no rule go to ``item``.
    """

    sets: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    total: bool = False


def read_path(path: Path, year: int) -> Meaning:
    """Read a header path from the outside in; the inner label narrows the outer one."""
    sets: dict[str, str] = {}
    unit = ""
    item = ""
    for depth, label in enumerate(path):
        words = read_label(label)
        unit = read_unit(label) or unit
        bare = fold(_UNIT.sub("", fold(words.text)))
        terms = dict(read_terms(words.text))
        period = read_period(bare, year)
        if "aspect" in terms and sets.get("aspect"):
            period.pop("aspect", None)
        last = depth == len(path) - 1
        beside = words.of_which and "fund" in terms and "fund" in sets
        if beside and not narrows(sets["fund"], terms["fund"]):  # 事业收入 > 其中：教育收费
            terms.pop("fund")
        fresh = {k: v for k, v in terms.items() if sets.get(k) != v}
        if _EXCEPT.search(bare) or (
            last and not (period or _is_neutral(bare)) and not (fresh or _is_plain(terms, words))
        ):
            item = _MONEY_TAIL.sub("", words.text)
        sets.update(terms)
        sets.update(period)
        if terms.get("aspect") and "aspect" in period:
            sets["aspect"] = terms["aspect"]
    if item:
        sets["item"] = item
    return Meaning(sets, unit, bool(path) and is_total(_MONEY_TAIL.sub("", path[-1])))


def read_unit(label: str) -> str:
    """The unit that a label declares (``预算数（单位：万元）``, ``增减(%)``, ``车辆（辆）``)."""
    match = _UNIT.search(fold(label))
    return (match[1] or match[2]) if match else ""


def _is_plain(terms: Mapping[str, str], words: Label) -> bool:
    """A label that repeats the coordinates above it, other than as one of their parts (其中)."""
    return bool(terms) and not words.of_which


def _is_neutral(label: str) -> bool:
    return is_total(label) or bool(_NEUTRAL.search(label))
