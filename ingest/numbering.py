"""How official documents number headings and items, and their text without print's spaces."""

from __future__ import annotations

import re

_NUMERAL = "一二三四五六七八九十百零〇"
#: Numbering styles, outermost first. Chinese official writing (GB/T 9704) nests them in this order.
_MARKERS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"第\s*[{_NUMERAL}\d]+\s*(?:部分|章|篇)\s*[、：:．.]?"),
    re.compile(rf"[{_NUMERAL}]{{1,3}}\s*[、．.]"),
    re.compile(rf"[（(]\s*[{_NUMERAL}]{{1,3}}\s*[）)]\s*[、．.]?"),
    re.compile(r"\d{1,2}\s*[、．]|\d{1,2}\.(?!\d)"),
    re.compile(r"[（(]\s*\d{1,2}\s*[）)]\s*[、．.]?"),
    re.compile(r"[①-⑳]|\d{1,2}\s*[）)]"),
)
PART, CHAPTER, SECTION, ITEM, SUBITEM, POINT = range(6)
_BULLET = re.compile(r"^\s*[-•●·■◆▲*]\s+")
_CJK = r"\u2e80-\u9fff\uf900-\ufaff，。；：、！？（）《》“”‘’％【】〔〕"
_GLUED = re.compile(rf"(?<=[{_CJK}])\s+|\s+(?=[{_CJK}])")
_SPACED = re.compile(r"(?<![\d.])\d(?:\s[\d,.]){2,}")
_UNPRINTED = re.compile(r"[\u200b-\u200f\ufeff\ufffe\uffff\ue000-\uf8ff]")


def marker(text: str) -> tuple[int | None, str]:
    """The numbering rank of a paragraph and what follows its number; rank None without one."""
    stripped = without_bullet(text).strip()
    for rank, pattern in enumerate(_MARKERS):
        if found := pattern.match(stripped):
            return rank, stripped[found.end() :].strip()
    return None, stripped


def clean_title(text: str) -> str:
    """A heading without the spaces that line and page breaks leave inside Chinese text."""
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", text).strip()


def clean_text(text: str) -> str:
    """A paragraph without the spaces that justified print and joined lines leave beside Chinese
    characters and between spaced-out digits ('1 6 3 , 5 3 9')."""
    text = _SPACED.sub(lambda digits: re.sub(r"\s", "", digits[0]), text)
    return _GLUED.sub("", _UNPRINTED.sub("", text)).strip()


def without_bullet(text: str) -> str:
    """The text without a leading bullet or dash."""
    return _BULLET.sub("", text)
