"""Where a paragraph gives a reason or a purpose: the spans, and what each of them explains."""

from __future__ import annotations

import re
from dataclasses import dataclass

from disclosure.model import PassageKind

_CHANGE = r"(?:增加|减少|增长|下降|上升|降低|变化|变动|增减|增减变化|增减变动|大于|小于)"
_REASON = re.compile(
    rf"(?P<label>[^，。；：]*?)(?P<opener>(?:{_CHANGE}(?:数|额|幅度|预算数|预算|年初预算数|全年预算数)*"
    r"(?:较大|较多)?的?)?(?:的)?(?:主要)?原因(?:说明)?(?:如下)?(?:是由于|主要是|系|为|是)?[：，]?"
    r"|主要(?:是)?(?:由于|因为|系|原因)|是由于|是因为|(?<=，)由于|(?<=，)主要因)"
)
_PURPOSE = re.compile(
    r"(?<![是指])(?:主要|重点)?用于(?!以下|如下)[：，]?|主要(?:保障|反映|安排)(?!的)"
)
_MAINLY = re.compile(r"(?<=[，。；%元)])主要是[：，]?(?!用于)")
_SERVES = re.compile(r"保障|保证|用以|满足|为了")
#: Quotations of the law, which speak of purposes in general.
_LEGAL = re.compile(r"主要依据|依据|根据《")
_CONTENT = re.compile(r"主要包括[：，]?")
#: What ends a purpose before its sentence does: the comparison with last year.
_COMPARISON = re.compile(r"，(?:比|较|与|同)(?:上年|去年|20\d\d年)")
_AMOUNT = re.compile(r"\d(?:万|亿)?元")
_ORDINAL = re.compile(r"^[一二三四五六七八九十]是|^\d[.、)]")


@dataclass(frozen=True, slots=True)
class Zone:
    """A span of compact text that explains: ``start`` at the opener, ``end`` after the last mark.

    ``label`` holds the words right before the opener in its clause ('公用经费' in
    '公用经费减少的主要原因是'), empty where the explained figure stands before.
    """

    kind: PassageKind
    start: int
    end: int
    label: str = ""


def find_zones(text: str) -> tuple[Zone, ...]:
    """The explaining spans of a compact paragraph, left to right, not overlapping."""
    zones: list[Zone] = []
    position = 0
    while position < len(text):
        opener = _next_opener(text, position)
        if opener is None:
            break
        kind, start, begin, label = opener
        end = _end(text, kind, begin)
        zones.append(Zone(kind, start, end, label))
        position = max(end, begin)
    return tuple(zones)


def _next_opener(text: str, position: int) -> tuple[PassageKind, int, int, str] | None:
    found: list[tuple[int, PassageKind, int, str]] = []
    if reason := _REASON.search(text, position):
        found.append(
            (reason.start("opener"), PassageKind.REASON, reason.end(), reason["label"] or "")
        )
    for purpose in _PURPOSE.finditer(text, position):
        if not _LEGAL.match(text[text.rfind("。", 0, purpose.start()) + 1 :]):
            found.append((purpose.start(), PassageKind.PURPOSE, purpose.end(), ""))
            break
    for mainly in _MAINLY.finditer(text, position):
        serves = _SERVES.match(text, mainly.end())
        explains = _after_change(text, mainly.start()) and not serves
        kind = PassageKind.REASON if explains else PassageKind.PURPOSE
        found.append((mainly.start(), kind, mainly.end(), ""))
        break
    for content in _CONTENT.finditer(text, position):
        # '主要包括：甲项5万元；乙项3万元' lists figures, '主要包括：办公费、印刷费' explains.
        sentence = text[content.end() : _stop(text, content.end())]
        if not _AMOUNT.search(sentence):
            found.append((content.start(), PassageKind.PURPOSE, content.end(), ""))
            break
    if not found:
        return None
    start, kind, begin, label = min(found)
    return kind, start, begin, label


def _after_change(text: str, position: int) -> bool:
    """Whether the figure before is a change: what follows is then its reason."""
    before = text[max(0, position - 40) : position].rstrip("，。；")
    clauses = re.split(r"[，；]", before.rpartition("。")[2])
    return bool(re.search(r"增|减|降|持平|相同", "".join(clauses[-2:])))


def _stop(text: str, position: int) -> int:
    stop = text.find("。", position)
    return len(text) if stop < 0 else stop + 1


def _end(text: str, kind: PassageKind, begin: int) -> int:
    end = _stop(text, begin)
    if kind is PassageKind.PURPOSE:
        semicolon = text.find("；", begin, end)
        if semicolon >= 0 and _AMOUNT.search(text, semicolon, end):
            end = semicolon + 1
        if comparison := _COMPARISON.search(text, begin, end):
            end = comparison.start() + 1
        elif reason := _REASON.search(text, begin, end):
            end = reason.start("opener")
        return end
    while end < len(text) and _ORDINAL.match(text[end:]):
        # '一是…。二是…。' is one reason.
        end = _stop(text, end)
    start = begin
    while (semicolon := text.find("；", start, end)) >= 0:
        clause = re.split(r"[，。；]", text[semicolon + 1 : end])[0]
        if _AMOUNT.search(clause) and not _ORDINAL.match(clause):
            return semicolon + 1
        start = semicolon + 1
    return end
