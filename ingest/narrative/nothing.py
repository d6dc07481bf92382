"""Sentences that say there is none: '2026年我部门无政府性基金预算支出安排' states a zero.

Only what is said outright counts; a subject that is not mentioned is not zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.model import Measure
from ingest.narrative.labels import read_label
from ingest.narrative.readings import Reading, Scope
from ingest.narrative.vocabulary import Vocabulary

_SENTENCE = re.compile(r"[^。；]+[。；]?")
_NOTHING = re.compile(
    r"^(?P<who>[^，。；无没未不]{0,60}，?)(?:当年|本年度?|年初)?"
    r"(?P<none>均?无|没有|未安排|未使用|不涉及|未编制|未发生|不存在)(?P<what>[^。；]{2,80}?)"
    r"(?:，(?:故|因此|与|已|并|本表|所以)[^。；]*)?[。；]?$"
)
#: '本单位为事业单位，无机关运行经费' gives the reason beforehand.
_KIND_OF_BODY = re.compile(r"(?:为|是|属于?)[^，]{0,16}(?:单位|机构)，$")
_VERBS = re.compile(r"^(?:使用|安排|编制|涉及|发生|当年|有|由)+|(?:的)?(?:安排|情况|数据|发生)$")
_SPLIT = re.compile(r"[、，]|以及|及(?!其)|和(?!服务|社会|家庭|就业)|也(?:没有|无)|或(?:者)?")
_SIDE = re.compile(r"(?:财政)?(?:拨款)?(?:安排的)?(?:预算)?(收入|支出|收支)$")


@dataclass(frozen=True, slots=True)
class Nothing:
    """A stated zero: what there is none of, the word that says so, and its compact span."""

    reading: Reading
    word: str
    start: int
    end: int


def find_nothing(text: str, vocabulary: Vocabulary, scope: Scope) -> Iterator[Nothing]:
    """The zeros that a compact paragraph states in words."""
    for sentence in _SENTENCE.finditer(text):
        found = _NOTHING.match(sentence[0])
        if found is None or re.search(r"\d(?:万|亿)?元", found["what"]):
            continue
        who = read_label(_KIND_OF_BODY.sub("", found["who"]), vocabulary, Scope())
        if who is None or who.axes.keys() - {"unit"} or (who.measures and not who.empty):
            continue
        if re.search(r"的(?:，|$)", found["what"].rstrip("。；")):
            # '无…支出的，仍保留该表格式' tells how to fill in a form.
            continue
        for reading in _readings(found["what"], vocabulary, scope):
            start = sentence.start()
            yield Nothing(reading, found["none"], start, start + len(sentence[0].rstrip("。；")))


def _readings(what: str, vocabulary: Vocabulary, scope: Scope) -> list[Reading]:
    """'政府性基金预算支出、国有资本经营预算支出' names two; '收入和支出' are two sides of one.

    All parts must be understood, or none is.
    """
    whole = _read(what, vocabulary, scope)
    if whole is not None:
        return [whole]
    found: list[Reading] = []
    parts = [part for part in _SPLIT.split(what) if part]
    side = _SIDE.search(parts[-1]) if parts else None
    for part in parts:
        named = part if side is None or _SIDE.search(part) else part + side[1]
        reading = _read(named, vocabulary, scope)
        if reading is None:
            return []
        found.append(reading)
    return found


def _read(what: str, vocabulary: Vocabulary, scope: Scope) -> Reading | None:
    label = _VERBS.sub("", _VERBS.sub("", what))
    reading = read_label(label, vocabulary, scope)
    if reading is None or reading.empty:
        return None
    if not reading.axes and set(reading.measures) <= {Measure.REVENUE, Measure.EXPENDITURE}:
        return None
    if not reading.measures:
        return Reading((Measure.EXPENDITURE,), reading.axes, reading.label)
    return reading
