"""How a spreadsheet prints a number: the figure that the publisher meant to be read.

Only what budget workbooks use: decimals, thousands, percent, sections for negative and zero,
literals, dates. Anything else prints as the General format does.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

#: Spreadsheets compute in binary doubles and show 15 significant digits.
_SIGNIFICANT = 15
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_PLACEHOLDERS = re.compile(r"[#0?][#0?,.]*")
_DATE_PARTS = re.compile(r"[ymdhs]", re.IGNORECASE)


def printed(value: object, number_format: str) -> str:
    """The text that a cell with this value and number format shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" + (
            f"{value:%H:%M}" if isinstance(value, datetime) else ""
        )
    if isinstance(value, int | float | Decimal):
        return _number(_exact(value), number_format)
    return str(value)


def _exact(value: float | Decimal) -> Decimal:
    if isinstance(value, float):
        return Decimal(format(value, f".{_SIGNIFICANT}g"))
    return Decimal(value)


def _number(value: Decimal, number_format: str) -> str:
    section, signed = _section(value, number_format)
    pattern = _LITERAL.sub(lambda m: _keep(m[1] or m[2] or ""), section)
    holder = _PLACEHOLDERS.search(pattern)
    if section.strip().lower() in ("general", "@", ""):
        return _plain(value) if section.strip() else ""
    if holder is None:
        literal = _restore(pattern).strip()
        return _plain(value) if _DATE_PARTS.search(pattern) else literal
    body = holder[0].rstrip(",")
    scale = len(holder[0]) - len(body)
    if "%" in pattern:
        value *= 100
    value = value.scaleb(-3 * scale)
    text = _digits(abs(value) if signed else value, body)
    before, after = pattern[: holder.start()], pattern[holder.end() :]
    return (_restore(before) + text + _restore(after)).strip()


def _section(value: Decimal, number_format: str) -> tuple[str, bool]:
    """The section of the format for this value, and whether it prints the sign itself."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format or "General")
    if value < 0 and len(sections) > 1 and sections[1]:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], False


def _digits(value: Decimal, body: str) -> str:
    whole, _, fraction = body.partition(".")
    places = sum(char in "0#?" for char in fraction)
    required = fraction.rstrip("#?").count("0")
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    text = f"{rounded:,.{places}f}" if "," in whole else f"{rounded:.{places}f}"
    if "0" not in whole and abs(rounded) < 1:
        text = text.replace("0", "", 1)  # '#' and '?' print no leading zero
    for _ in range(places - required):
        if not text.endswith("0"):
            break
        text = text[:-1]
    return text.rstrip(".") if "." in text else text


def _plain(value: Decimal) -> str:
    try:
        normal = value.normalize()
    except InvalidOperation:
        return str(value)
    return f"{normal:f}" if normal else "0"


#: Literals are shifted out of the way of the placeholders while a pattern is taken apart.
_SHIFT = 0xE000


def _keep(literal: str) -> str:
    return "".join(chr(_SHIFT + ord(char)) if ord(char) < 0x1000 else char for char in literal)


def _restore(pattern: str) -> str:
    return "".join(
        chr(ord(char) - _SHIFT) if _SHIFT <= ord(char) < _SHIFT + 0x1000 else char
        for char in pattern
    )
