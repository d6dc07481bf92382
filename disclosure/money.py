"""Exact amounts: parsing, converting, comparing by rounding interval, and printing.

Money is ``Decimal`` everywhere. An amount always carries its unit; a printed amount stands for an
interval of half its last printed digit, which is what reconciliation compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

YUAN = "元"
WAN = "万元"
YI = "亿元"
PERCENT = "%"

#: Yuan in one unit of money. Published units only; 千元 is seen in a few older tables.
MONEY_UNITS: dict[str, Decimal] = {
    YUAN: Decimal(1),
    "千元": Decimal(1000),
    WAN: Decimal(10_000),
    "百万元": Decimal(1_000_000),
    YI: Decimal(100_000_000),
}

_NUMBER = re.compile(r"[-+−－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?")
_WHOLE_NUMBER = re.compile(rf"(?:{_NUMBER.pattern})\Z")
_AMOUNT = re.compile(
    rf"(?P<number>{_NUMBER.pattern})\s*(?P<unit>亿元|百万元|万元|千元|元|个百分点|%|％|亿|万)"
)
_MINUS = str.maketrans({"−": "-", "－": "-", "，": ",", "．": "."})


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its unit (元, 千元, 万元, 百万元, 亿元 or %); never a bare number."""

    value: Decimal
    unit: str

    def to(self, unit: str) -> Amount:
        """The same money in another unit, exactly. Raises ``ValueError`` across kinds of unit."""
        if unit == self.unit:
            return self
        if self.unit not in MONEY_UNITS or unit not in MONEY_UNITS:
            raise ValueError(f"不能把“{self.unit}”换算成“{unit}”")
        return Amount(plain(self.value * MONEY_UNITS[self.unit] / MONEY_UNITS[unit]), unit)

    def __str__(self) -> str:
        return format_amount(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class AmountSpan:
    """An amount printed inside a text: its value, unit, printed form and character span."""

    value: Decimal
    unit: str
    printed: str
    start: int
    end: int


def parse_number(text: str) -> Decimal | None:
    """The number that a whole cell prints (``9,050.14``, ``-3``, ``(12.5)``), or None.

    A parenthesised number is negative, as accountants print it. Blanks, dashes and words are None:
    a blank is not a zero until the table's identities say so.
    """
    compact = "".join(text.split()).translate(_MINUS)
    negative = compact.startswith("(") and compact.endswith(")")
    if negative:
        compact = compact[1:-1]
    if not _WHOLE_NUMBER.match(compact):
        return None
    value = Decimal(compact.replace(",", "").lstrip("+"))
    return -value if negative else value


def find_amounts(text: str) -> Iterator[AmountSpan]:
    """Every amount of money or percentage printed in ``text``, left to right."""
    for match in _AMOUNT.finditer(text):
        number = match["number"].translate(_MINUS).replace(",", "")
        unit = {"％": PERCENT, "亿": YI, "万": WAN}.get(match["unit"], match["unit"])
        yield AmountSpan(Decimal(number), unit, match[0], match.start(), match.end())


def places(printed: str) -> int:
    """How many decimals a printed number shows."""
    match = _NUMBER.search(printed.translate(_MINUS))
    return len(match[0].partition(".")[2]) if match else 0


def half_step(decimal_places: int) -> Decimal:
    """Half of the last printed digit: the rounding tolerance of one printed figure."""
    return Decimal("0.5").scaleb(-decimal_places)


def plain(value: Decimal) -> Decimal:
    """``value`` without an exponent and without trailing zeros after the point."""
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if normal.as_tuple().exponent > 0 else normal  # type: ignore[operator]


def round_half_up(value: Decimal, decimal_places: int) -> Decimal:
    """Commercial rounding, as Chinese public accounts use it."""
    return value.quantize(Decimal(1).scaleb(-decimal_places), rounding=ROUND_HALF_UP)


def decimal_string(value: Decimal) -> str:
    """The plain decimal string of a value, as the API sends it (``9050.14``, ``-0.04``)."""
    return format(value, "f")


def format_number(value: Decimal) -> str:
    """Digits with thousands separators, decimals kept as they stand (``9,050.14``)."""
    return format(value, ",f")


def format_amount(value: Decimal, unit: str) -> str:
    """An amount as an answer prints it: ``9,050.14万元``, ``27.68%``, ``27名``."""
    return f"{format_number(value)}{unit}"
