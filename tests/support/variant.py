"""A consistently changed copy of a disclosure's text: another department, other codes, another year
and other amounts, so that a test can tell knowledge of the document from knowledge of its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

_YEAR = re.compile(r"(?<![\d,])20[12]\d(?=\s*年)")
#: Money in a sentence; a page break may stand between the number and its unit.
_MONEY = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?=\s*(?:亿|万)?元)")
#: Money in a cell of a table: tables print amounts with two decimals, and nothing else so.
_CELL = re.compile(r"(?:^|(?<=\t))-?\d[\d,]*\.\d\d(?=\t|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Variation:
    """What is changed. ``names`` maps words, longer ones first; ``codes`` maps the department's
    code (its units' codes begin with it); amounts become ``factor`` times as much.

    A whole ``factor`` keeps every sum that adds up and every rate and share. Sums that are 0.01
    out by rounding are then ``factor`` times as much out.
    """

    names: Mapping[str, str]
    codes: Mapping[str, str]
    years: int = 0
    factor: int = 1

    def apply(self, text: str) -> str:
        """The changed copy of ``text``."""
        text = _YEAR.sub(lambda year: str(int(year[0]) + self.years), text)
        text = _CELL.sub(lambda cell: self.amount(cell[0]), text)
        text = _MONEY.sub(lambda money: self.amount(money[0]), text)
        for code, other in self.codes.items():
            text = re.sub(rf"(?<![\d.,]){code}(?=(?:\d{{3}})*(?![\d.,]))", other, text)
        words = sorted(self.names, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, words)), lambda word: self.names[word[0]], text)

    def amount(self, printed: str) -> str:
        """A printed amount multiplied, with the decimals and separators of the original."""
        value = Decimal(printed.replace(",", "")) * self.factor
        separated = "," in printed or re.search(r"\.\d\d$", printed)
        return f"{value:,}" if separated else f"{value}"


#: The shipped disclosure as that of another department of another city, in another year.
SEED_VARIATION = Variation(
    names={
        "科学技术局": "水利局",
        "科学技术情报研究所": "水文资料研究所",
        "智能制造科技服务中心": "灌溉设施服务中心",
        "科技兴市服务中心": "节水推广服务中心",
        "柳州": "桂林",
        "在柳": "在桂",
    },
    codes={"405": "618"},
    years=4,
    factor=7,
)
DEPARTMENT = "桂林市水利局"
FACTOR = SEED_VARIATION.factor


def variant(text: str) -> str:
    """The changed copy of the shipped disclosure's text."""
    return SEED_VARIATION.apply(text)
