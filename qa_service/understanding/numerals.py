"""Chinese numerals in questions become digits, where they are numbers and not parts of words.

三公, 一般, 第一书记 and 统一 hold numerals that are no numbers: only a numeral before a unit, after
前 or 第, or spelling a year is converted.
"""

from __future__ import annotations

import re

import cn2an

_DIGITS = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_NUMERAL = f"[{_DIGITS}十百千拾佰仟]"
_ANY = re.compile(rf"\d|{_NUMERAL}")
_UNITS = "亿元|万元|亿|万|元|块钱|块|名|人|个|项|家|辆|台|倍|位|类|张|条|笔|%|％"
_YEAR = re.compile(rf"(?<![{_DIGITS}])([{_DIGITS}]{{4}}|[{_DIGITS}]{{2}})年")
_BEFORE_UNIT = re.compile(rf"(?<!第)({_NUMERAL}+)(?=(?:{_UNITS}))")
_RANKED = re.compile(
    rf"(前|第|倒数第|头)({_NUMERAL}{{1,3}})(?=名|个(?!月)|位|大|多|高|少|低|的|是|样|项|笔|家|类|款|$|[，。？?！,])"
)
_PERCENT = re.compile(rf"百分之({_NUMERAL}+(?:点[{_DIGITS}]+)?)")
#: 7成 of a share; 成 of 组成, 完成 stands behind no numeral.
_TENTHS = re.compile(
    rf"(?<![{_DIGITS}\d])([一二三四五六七八九两1-9])成(半|[一二三四五六七八九])?(?=[以多左上不，,。？?是的都用花来靠给属吗对真钱]|$)"
)
_HUNDRED_MILLION = re.compile("(?<=[\\d一二三四五六七八九十两])个亿")
#: 三百多万 becomes 300万多: 多 would part the number from its unit.
_SOME = re.compile(rf"((?:\d+|{_NUMERAL}+))[多来几](万|亿|元|块)")
_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
#: Words that end in a numeral before what looks like a unit: 统一项目, 唯一名, 第一书记.
_NOT_NUMBERS = re.compile(
    "[这那每哪某任另]一|一块[^钱]|一块$|统一|唯一|同一|单一|第一书记|一般|一共|一下|一些|一样|一类|十四五|十五五"
)


def digits(text: str) -> str:
    """The text with its Chinese numbers as digits (``十万元以上`` → ``10万元以上``)."""
    if not _ANY.search(text):
        return text
    kept = {m.start(): m.end() for m in _NOT_NUMBERS.finditer(text)}

    def inside_word(start: int) -> bool:
        return any(begin <= start < end for begin, end in kept.items())

    def year(match: re.Match[str]) -> str:
        return "".join(_DIGIT.get(c, c) for c in match[1]) + "年"

    def number(match: re.Match[str]) -> str:
        return match[0] if inside_word(match.start(1)) else _value(match[1])

    def tenths(match: re.Match[str]) -> str:
        ones = "5" if match[2] == "半" else _DIGIT.get(match[2] or "零", "0")
        return f"{_DIGIT.get(match[1], match[1])}{ones}%"

    text = _SOME.sub(r"\1\2多", _TENTHS.sub(tenths, _HUNDRED_MILLION.sub("亿", text)))
    text = _YEAR.sub(year, text)
    text = _PERCENT.sub(lambda m: f"{_value(m[1])}%", text)
    kept = {m.start(): m.end() for m in _NOT_NUMBERS.finditer(text)}
    text = _BEFORE_UNIT.sub(number, text)
    return _RANKED.sub(lambda m: f"{m[1]}{_value(m[2])}", text)


def _value(numeral: str) -> str:
    try:
        value = cn2an.cn2an(numeral.replace("两", "二").replace("〇", "零"), "smart")
    except ValueError:
        return numeral
    return str(int(value)) if float(value).is_integer() else str(value)
