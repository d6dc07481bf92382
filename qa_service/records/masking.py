"""Personal numbers in what people write: found and masked before anything is kept.

Telephone numbers (mobile, and fixed ones with an area code) and identity numbers. A figure of a
disclosure is not masked: what a unit of measure follows, or what has decimals or thousands
separators, is an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_SPACE = r"[ \t\u3000]?"
_DASH = r"[-—－‐–\u00a0 \t\u3000]?"
_DIGIT = r"[0-9０-９]"
_BEFORE = r"(?<![0-9０-９.．,，A-Za-z])(?<!\d[-－])"
#: An amount goes on with decimals, separators or its unit.
_AFTER = rf"(?![0-9０-９A-Za-z]|[.．,，]{_DIGIT}|{_SPACE}(?:[千百十]?[万亿]|元|％|%))"
_IDENTITY = re.compile(
    rf"{_BEFORE}(?P<head>[1-9１-９]{_DIGIT}{{5}}){_DASH}(?P<born>{_DIGIT}{{8}}){_DASH}"
    rf"(?P<tail>{_DIGIT}{{3}}[0-9０-９XxＸｘ]){_AFTER}"
)
_OLD_IDENTITY = re.compile(
    rf"{_BEFORE}(?P<head>[1-9１-９]{_DIGIT}{{5}})(?P<born>{_DIGIT}{{6}})"
    rf"(?P<tail>{_DIGIT}{{3}}){_AFTER}"
)
_MOBILE = re.compile(
    rf"{_BEFORE}(?:(?:[+＋]|00)?86{_DASH})?"
    rf"(?P<head>[1１][3-9３-９]{_DIGIT}){_DASH}{_DIGIT}{{4}}{_DASH}(?P<tail>{_DIGIT}{{4}}){_AFTER}"
)
_FIXED = re.compile(
    rf"{_BEFORE}(?P<head>[(（]?[0０](?:10|2{_DIGIT}|[3-9３-９]{_DIGIT}{{2}})[)）]?)[-—－‐– ]?"
    rf"{_DIGIT}{{3,4}}{_DASH}(?P<tail>{_DIGIT}{{4}}){_AFTER}"
)
#: A fixed number without its area code is told by what stands before it.
_CALLED = re.compile(
    r"(?P<head>(?:电话|手机|座机|号码|联系方式|微信|致电|回电|来电)(?:号码)?(?:是|为|号)?[:：]?"
    rf"{_SPACE}){_DIGIT}{{7,12}}{_AFTER}"
)
#: As a caller's words are written down: 幺三八零零…
_NUMERAL = "[〇零一二三四五六七八九幺]"
_SPOKEN = re.compile(rf"(?<!{_NUMERAL})[一幺][三四五六七八九]{_NUMERAL}{{9}}(?!{_NUMERAL})")


def masked(text: str) -> str:
    """``text`` with its personal numbers masked: 138****5678, 450203********1234."""
    text = _IDENTITY.sub(_masked_identity, text)
    text = _OLD_IDENTITY.sub(_masked_old_identity, text)
    text = _MOBILE.sub(r"\g<head>****\g<tail>", text)
    text = _FIXED.sub(r"\g<head>-****\g<tail>", text)
    text = _CALLED.sub(r"\g<head>****", text)
    return _SPOKEN.sub("****", text)


def personal_numbers(text: str) -> tuple[str, ...]:
    """The personal numbers in a text, as written."""
    found = [m[0] for p in (_MOBILE, _FIXED, _SPOKEN) for m in p.finditer(text)]
    found += [m[0].removeprefix(m["head"]) for m in _CALLED.finditer(text)]
    found += [m[0] for m in _IDENTITY.finditer(text) if _born(m["born"])]
    found += [m[0] for m in _OLD_IDENTITY.finditer(text) if _born("19" + m["born"])]
    return tuple(sorted(set(found), key=len, reverse=True))


def without(text: str, numbers: Iterable[str]) -> str:
    """A text that may repeat what somebody wrote, without the personal numbers found there."""
    for number in numbers:
        text = text.replace(number, masked(number) if masked(number) != number else "****")
    return text


def _masked_identity(match: re.Match[str]) -> str:
    if not _born(match["born"]):
        return match[0]
    return f"{match['head']}********{match['tail']}"


def _masked_old_identity(match: re.Match[str]) -> str:
    if not _born("19" + match["born"]):
        return match[0]
    return f"{match['head']}******{match['tail']}"


def _born(digits: str) -> bool:
    """Whether eight digits are a day on which somebody alive can be born."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1880 <= born.year <= 2150
