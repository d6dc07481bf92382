"""The figure guard: no number leaves that no result, citation or question accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def numbers(text: str) -> list[Decimal]:
    """Every number printed in a text, without sign."""
    return [Decimal(match.replace(",", "")) for match in _NUMBER.findall(text)]


def strangers(answer: str, sources: Iterable[str]) -> list[Decimal]:
    """Numbers of the answer that stand in none of the sources (figures, quotes, the question)."""
    known = {number for source in sources for number in numbers(source)}
    return [number for number in numbers(answer) if number not in known]
