"""The numbers that Word prints before paragraphs but does not store in them: '一、', '（二）'."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from lxml.etree import _Element

_VAL = qn("w:val")
_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographTraditional",
        "taiwaneseCountingThousand",
        "ideographDigital",
    }
)


class _Level(NamedTuple):
    number_format: str
    text: str
    start: int


class Numbering:
    """Counts numbered paragraphs in document order and gives each its label."""

    def __init__(self, package: DocxDocument) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._style_numbers: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        part = next(
            (rel.target_part for rel in package.part.rels.values() if "numbering" in rel.reltype),
            None,
        )
        if part is not None:
            self._read(part.element)
        for style in package.styles.element.iter(qn("w:style")):
            found = _reference(style.find(qn("w:pPr")))
            if found:
                self._style_numbers[style.get(qn("w:styleId"), "")] = found

    def _read(self, numbering: _Element) -> None:
        abstract = {
            definition.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"), "0")): _Level(
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    int(_value(level, "w:start", "1")),
                )
                for level in definition.iter(qn("w:lvl"))
            }
            for definition in numbering.iter(qn("w:abstractNum"))
        }
        for number in numbering.iter(qn("w:num")):
            levels = abstract.get(_value(number, "w:abstractNumId", ""), {})
            self._levels[number.get(qn("w:numId"), "")] = levels

    def label(self, paragraph: _Element) -> str:
        """The label printed before this paragraph, and counts it; empty where it has none."""
        properties = paragraph.find(qn("w:pPr"))
        reference = _reference(properties)
        if reference is None and properties is not None:
            style = properties.find(qn("w:pStyle"))
            if style is not None:
                reference = self._style_numbers.get(style.get(_VAL, ""))
        if reference is None:
            return ""
        list_id, depth = reference
        level = self._levels.get(list_id, {}).get(depth)
        if level is None or level.number_format in ("bullet", "none"):
            return ""
        counts = self._counts[list_id]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        return re.sub(r"%(\d)", lambda match: self._number(list_id, int(match[1]) - 1), level.text)

    def _number(self, list_id: str, depth: int) -> str:
        level = self._levels[list_id].get(depth)
        if level is None:
            return ""
        value = self._counts[list_id].get(depth, level.start)
        if level.number_format in _CHINESE:
            return chinese(value)
        if level.number_format == "decimalEnclosedCircle" and value <= 20:
            return chr(0x245F + value)
        return str(value)


def chinese(number: int) -> str:
    """'一' to '九十九', as lists are numbered."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens % 10]) + "十" + (_DIGITS[ones] if ones else "")


def _reference(properties: _Element | None) -> tuple[str, int] | None:
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    if numbering is None:
        return None
    list_id = _value(numbering, "w:numId", "0")
    return None if list_id == "0" else (list_id, int(_value(numbering, "w:ilvl", "0")))


def _value(parent: _Element, tag: str, default: str) -> str:
    child = parent.find(qn(tag))
    return default if child is None else str(child.get(_VAL, default))
