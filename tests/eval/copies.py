"""Copies of the shipped disclosure that differ in one respect, for relations between answers."""

from __future__ import annotations

import re
from decimal import Decimal

#: Amounts have two decimals: after 万元 in sentences, as whole cells in tables. Rates carry %.
_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})*\.\d{2})(?=万元|\t|\n)")

#: Another department of another city, with other units and codes.
_OTHER_NAMES = (
    ("柳州市科学技术情报研究所", "桂林市农业科学研究所"),
    ("柳州市智能制造科技服务中心", "桂林市种业发展服务中心"),
    ("柳州市科技兴市服务中心", "桂林市乡村振兴服务中心"),
    ("市智能制造科技服务中心", "市种业发展服务中心"),
    ("市科学技术情报研究所", "市农业科学研究所"),
    ("柳州市科学技术局", "桂林市农业农村局"),
    ("柳州", "桂林"),
)


def scaled_copy(text: str, factor: int) -> str:
    """Every amount of money multiplied; shares, rates, counts and targets as they are."""

    def scale(match: re.Match[str]) -> str:
        return f"{Decimal(match[1].replace(',', '')) * factor:,}"

    return _AMOUNT.sub(scale, text)


def renamed_copy(text: str, old: str, new: str) -> str:
    """``old`` called ``new`` throughout."""
    return text.replace(old, new)


def unrelated_copy(text: str) -> str:
    """Another department's disclosure of the same year: names, codes and amounts differ."""
    for old, new in _OTHER_NAMES:
        text = text.replace(old, new)
    return scaled_copy(re.sub(r"\b405(?=\d{3}\b|\b|桂)", "317", text), 7)
