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

_DIGITS = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?"
_NUMBER = re.compile(rf"[-+−－＋]?{_DIGITS}")
#: Some cells set off their last three digits only (123456,700).
_WHOLE_NUMBER = re.compile(rf"(?:{_NUMBER.pattern}|[-+−－＋]?\d{{4,}}(?:[,，]\d{{3}})+)\Z")
#: Nouns that 万 and 亿 count without money being meant (3万人次, 2亿立方米).
_COUNTED = (
    "[余多]?(?:人|户|亩|件|平|吨|公|个|名|次|家|字|辆|株|例|份|册|头|只|套|篇|张|立方|千瓦|条|本|台"
    "|场|位|项|门|米|升|斤|标箱|票|架|科次|学时|栋|支|页|部|所|座|间|床|枚|羽|种|村|伏|小时|天|倍)"
)
_AMOUNT = re.compile(
    # A dash behind a digit or a unit is a range (10-12万元), and a comma within digits no start.
    r"(?P<number>(?:(?<![\d.万亿元%％])[-+−－＋])?(?<![\d.])(?<!\d,)" + _DIGITS + r")"
    rf"\s*(?P<unit>亿\s*元|百万元|万\s*元|千元|元|个百分点|%|％|[亿万](?!{_COUNTED}))"
)
_MINUS = str.maketrans({"−": "-", "－": "-", "＋": "+", "，": ",", "．": ".", "（": "(", "）": ")"})


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
        shift = MONEY_UNITS[self.unit].adjusted() - MONEY_UNITS[unit].adjusted()
        return Amount(plain(_shifted(self.value, shift)), unit)

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
    """The number that a whole cell prints (``1,234.56``, ``-3``, ``(12.5)``), or None.

    A parenthesised number is negative, as accountants print it. Blanks, dashes and words are None:
    a blank is not a zero until the table's identities say so.
    """
    compact = "".join(text.split()).translate(_MINUS)
    negative = compact.startswith("(") and compact.endswith(")")
    if negative:
        compact = compact[1:-1]
    if not _WHOLE_NUMBER.match(compact):
        return None
    value = Decimal(compact.replace(",", ""))
    return value.copy_negate() if negative and value > 0 else value


def find_amounts(text: str) -> Iterator[AmountSpan]:
    """Every amount of money or percentage printed in ``text``, left to right."""
    for match in _AMOUNT.finditer(text):
        number = match["number"].translate(_MINUS).replace(",", "")
        unit = "".join(match["unit"].split())
        unit = {"％": PERCENT, "亿": YI, "万": WAN}.get(unit, unit)
        yield AmountSpan(Decimal(number), unit, match[0], match.start(), match.end())


def places(printed: str) -> int:
    """How many decimals a printed number shows."""
    match = _NUMBER.search(printed.translate(_MINUS))
    return len(match[0].partition(".")[2]) if match else 0


def half_step(decimal_places: int) -> Decimal:
    """Half of the last printed digit: the rounding tolerance of one printed figure."""
    return Decimal("0.5").scaleb(-decimal_places)


def plain(value: Decimal) -> Decimal:
    """``value`` without an exponent and without trailing zeros after the point; zero unsigned."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text) or Decimal(0)


def round_half_up(value: Decimal, decimal_places: int) -> Decimal:
    """Commercial rounding, as Chinese public accounts use it; what rounds to zero has no sign."""
    rounded = value.quantize(Decimal(1).scaleb(-decimal_places), rounding=ROUND_HALF_UP)
    return rounded or rounded.copy_abs()


def _shifted(value: Decimal, places_left: int) -> Decimal:
    """``value`` times a power of ten, exactly: ``scaleb`` would round to the context's digits."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(f"不是数值：{value}")
    return Decimal((sign, digits, exponent + places_left))


def decimal_string(value: Decimal) -> str:
    """The plain decimal string of a value, as the API sends it (``1234.56``, ``-0.04``)."""
    return format(value, "f")


def format_number(value: Decimal) -> str:
    """Digits with thousands separators, decimals kept as they stand (``1,234.56``)."""
    return format(value, ",f")


def format_amount(value: Decimal, unit: str) -> str:
    """An amount as an answer prints it: ``1,234.56万元``, ``12.50%``, ``35名``."""
    return f"{format_number(value)}{unit}"
