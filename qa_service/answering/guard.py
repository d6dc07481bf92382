"""The figure guard: no number leaves that no result, citation or question accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import cn2an

from disclosure.money import MONEY_UNITS, PERCENT, Amount
from disclosure.text import to_half_width

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def numbers(text: str) -> list[Decimal]:
    """Every number printed in a text, without sign."""
    return [Decimal(match.replace(",", "")) for match in _NUMBER.findall(text)]


def strangers(
    answer: str, sources: Iterable[str], known: frozenset[Decimal] = frozenset()
) -> list[Decimal]:
    """Numbers of the answer that stand in none of the sources (figures, quotes, the question) and
    are not ``known`` anyway."""
    told = {number for source in sources for number in numbers(source)}
    return [number for number in numbers(answer) if number not in told and number not in known]


_ONES = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_NUMERAL = f"[{_ONES}十百千万亿拾佰仟]*[{_ONES}十百千拾佰仟](?:点[{_ONES}]+)?"
_MONEY = "百万元|千元|万元|亿元|万|亿|元|块钱|块"
#: Chinese numerals that state a quantity, not a part of a word: before a unit, or a percentage,
#: tenths, multiple or year.
NUMERAL_AMOUNT = re.compile(
    f"百分之{_NUMERAL}|(?<![{_ONES}])[{_ONES}]{{4}}年"
    f"|(?<!第)(?<!统)(?<!唯){_NUMERAL}(?:多|余|几|来)?(?:{_MONEY}|个百分点|倍|成(?![立员为果本分功])|%)"
)
_STATED = re.compile(
    rf"(?P<number>{_NUMBER.pattern})\s*"
    r"(?P<unit>百万元|千元|万\s*元|亿\s*元|元|个百分点|%|年|倍|[万亿])?"
)
_SPELT = re.compile(
    f"百分之(?P<percent>{_NUMERAL})"
    f"|(?P<number>{_NUMERAL})(?P<vague>多|余|几|来)?(?P<unit>{_MONEY}|个百分点|倍|成|%|年)"
)
_ONE = {"万": "万元", "亿": "亿元", "块": "元", "块钱": "元"}
_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A number that a text states: its value in the base of its kind (元 for money), the kind
    (元, %, 个百分点, 年, 倍, or '' for a bare number), and how it is printed."""

    value: Decimal
    kind: str
    printed: str


def statements(text: str) -> list[Statement]:
    """Every number that a text states, in digits or in Chinese numerals, with its kind."""
    found = []
    half = to_half_width(text).replace("，", ",")
    for match in _STATED.finditer(half):
        value = Decimal(match["number"].replace(",", ""))
        found.append(_statement(value, "".join((match["unit"] or "").split()), match[0]))
    for numeral in NUMERAL_AMOUNT.finditer(text):
        spelt = _SPELT.fullmatch(numeral[0])
        exact = _value(spelt["percent"] or spelt["number"]) if spelt else None
        if spelt is None or exact is None or spelt["vague"]:
            found.append(Statement(Decimal("NaN"), "", numeral[0]))  # a number, of no exact value
        elif spelt["unit"] == "成":
            found.append(Statement(exact * 10, PERCENT, numeral[0]))
        else:
            unit = PERCENT if spelt["percent"] else spelt["unit"]
            found.append(_statement(exact, unit, numeral[0]))
    return found


def unfounded(answer: str, sources: Sequence[str]) -> list[str]:
    """What the answer states and no source does, unit included, as it is printed. Money may be
    converted; a percentage is no number of percentage points, and a year no amount. A bare number
    must stand bare, or counting something, in a source."""
    made = {
        (s.kind, s.value) for source in sources for s in statements(source) if not s.value.is_nan()
    }
    printed = {s.printed for source in sources for s in statements(source) if s.value.is_nan()}
    return [
        s.printed
        for s in statements(answer)
        if (s.printed not in printed if s.value.is_nan() else (s.kind, s.value) not in made)
    ]


def _statement(value: Decimal, unit: str, printed: str) -> Statement:
    unit = _ONE.get(unit, unit)
    if unit in MONEY_UNITS:
        return Statement(Amount(value, unit).to("元").value.normalize(), "元", printed)
    return Statement(value.normalize(), unit, printed)


def _value(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral; None where it is none after all."""
    plain = numeral.replace("两", "二").replace("〇", "零")
    if len(plain) > 1 and all(c in _DIGIT for c in plain):
        return Decimal("".join(_DIGIT[c] for c in plain))  # 二〇三一: digit by digit
    try:
        return Decimal(str(cn2an.cn2an(plain, "smart")))
    except (ValueError, InvalidOperation):
        return None
