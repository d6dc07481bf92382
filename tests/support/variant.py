"""A copy of the shipped disclosure as another department would publish it in another year."""

from __future__ import annotations

import re
from decimal import Decimal

#: Amounts have two decimals: after 万元 in sentences, as whole cells in tables. Rates carry %.
_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})*\.\d{2})(?=万元|\t|\n)")
_YEAR = re.compile(r"(?<!\d)20(\d\d)(?=年)")
_NAMES = (
    ("科学技术情报研究所", "水文资料研究所"),
    ("智能制造科技服务中心", "灌溉设施服务中心"),
    ("科技兴市服务中心", "节水推广服务中心"),
    ("科学技术局", "水利局"),
    ("柳州", "桂林"),
)
DEPARTMENT = "桂林市水利局"
FACTOR = 7
YEARS_LATER = 4


def variant(text: str) -> str:
    """Names, codes, years and amounts changed consistently; rates and counts as they are."""
    for old, new in _NAMES:
        text = text.replace(old, new)
    text = re.sub(r"(?<!\d)405(?=\d{3}(?!\d)|(?!\d))", "618", text)
    text = _YEAR.sub(lambda m: f"20{int(m[1]) + YEARS_LATER}", text)
    return _AMOUNT.sub(lambda m: f"{Decimal(m[1].replace(',', '')) * FACTOR:,}", text)
