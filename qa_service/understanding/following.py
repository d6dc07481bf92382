"""Follow-ups that go on from a turn before: 再加上差旅费呢, 剩下两家呢, 再往前一年呢; and questions
that correct themselves: 会议费…不对，培训费多少."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from disclosure.model import Disclosure
from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.plan import (
    Change,
    Group,
    Listing,
    Lookup,
    Memory,
    Plan,
    Prior,
    Share,
    Total,
)
from qa_service.understanding.topics import Topic
from qa_service.understanding.wording import counts_things

_BREAK = "[，,。…、—\\-]|\\.{2,}"
#: 明年…不对，今年的三公经费: what is said first is taken back.
_TAKEN_BACK = re.compile(
    f"^(?P<wrong>[^，,。…—？?！!\\d]{{2,16}}?(?:\\d+年?)?)(?:{_BREAK})+(?:[啊哦噢呃额哎唉嗯喔])?"
    "(?:不对不对|不对|不是|错了|(?:说|讲|打|搞|写)错了?|口误|不不不?|不，|更正一?下?|(?<=[啊哦噢呃额哎唉嗯喔])不)"
    f"[了啦啊哦]?(?:{_BREAK})*(?:我?(?:想|要)?(?:问|说|查)的?(?:应该)?是|应该是|是|改成|换成)?"
    "(?P<right>[^，,。吗吧对么].{2,})$"
)
#: 换成情报所呢: the same of another.
_INSTEAD = re.compile(
    "^(?:那么?|如果|要是|假如)?(?:换成|换作|换做|换到|换|改成|改为|改问|轮到)(?P<what>[^，,。]{2,16}?)"
    "(?:的话)?(?:呢|又?是?多少呢?)?[？?]?$"
)
_OF_MONEY = re.compile("^(?:元|万元?|亿元?|块钱?|百万|千元|别的|其他|另)|单位|算|说法|话题")
_YEAR_BEFORE = re.compile(
    "^(?:那么?)?(?:再?往前(?:推|倒|数|看)?|再上|再前|更早|再早|往回)(?:[一1]个?)?(?:年度?|的?[一1]年)(?P<rest>.*)$"
)
_OTHERS = re.compile(
    "^(?:那么?)?(?:剩下|剩余|余下|另外|其他|其余|其它|别的|另)的?[那这]?(?P<n>\\d+)?[几些]?"
    "(?:家|个)?(?:下属|直属)?(?:单位|机构)?的?(?:也|都|又|各|分别)?(?:是|有)?"
    "(?:呢|一样吗?|这样吗?|多少|几多|怎么样|如何|报|各)"
)
_ALL = re.compile("^(?:那么?|这)?(?P<n>\\d+)(?:家|个)(?:单位|机构)?(?:的|都|各)?(?:呢|分别|各)")
_ADDING = re.compile(
    "^(?:那么?|如果|要是)?再?(?:一起)?(?:加上|算上|加|添上|添|连上|连同|带上|并上|搭上|计上|凑上)"
)
_TAKING_OFF = re.compile(
    "^(?:那么?|如果|要是)?再?(?:减去|减掉|减|扣掉|扣除|扣去|去掉|刨掉|刨去|刨除|除去|除开|剔除|不算)"
)


def as_corrected(text: str) -> str:
    """The question without what it takes back itself."""
    match = _TAKEN_BACK.match(text)
    if match is None:
        return text
    lead, owner, _ = match["wrong"].rpartition("的")
    return f"{lead}{owner}{match['right']}"


def instead(text: str) -> str:
    """换成情报所呢, as 情报所呢."""
    match = _INSTEAD.match(text)
    if match is None or _OF_MONEY.search(match["what"]):
        return text
    return f"{match['what'].removesuffix('的')}呢"


def year_before(text: str, memory: Memory, disclosures: Mapping[str, Disclosure]) -> str:
    """再往前一年呢, with the year that is meant after the turn before."""
    match = _YEAR_BEFORE.match(text)
    held = [disclosures[i] for i in memory.disclosure_ids[:1] if i in disclosures]
    if match is None or not held or memory.plan is None:
        return text
    year = held[0].year - (2 if isinstance(memory.plan, Prior) else 1)
    return f"{year}年{match['rest'] or '呢'}"


def going_on(clause: Clause, memory: Memory) -> Plan | None:
    """The plan of a follow-up that adds to the last one, or asks the same of the other units."""
    if memory.plan is None or clause.siblings:
        return None
    own = [t for t in clause.topics if not clause.inherited and not counts_things(t)]
    of_unit = clause.inherited and bool(clause.units) and clause.units != memory.units
    if of_unit and clause.has("share") and not memory.units and len(clause.topics) == 1:
        # 情报所占多少 after 三公经费多少: of the whole department's.
        return Share(parts=clause.selectors(), whole=clause.select(clause.topics[0]))
    if of_unit and _ADDING.match(clause.text):
        own = list(clause.topics)  # 加上兴市中心的呢
    if own:
        return _added(clause, own, memory.plan)
    return _of_others(clause, memory)


def _added(clause: Clause, topics: Sequence[Topic], before: Plan) -> Plan | None:
    """再加上差旅费呢 after 会议费多少: the sum; 再减去: what is left."""
    takes_off = _TAKING_OFF.match(clause.text) is not None
    if not isinstance(before, Lookup | Total) or clause.has("share", "than", "rank"):
        return None
    if clause.has("exclude") and not takes_off:
        return None
    if any(s.disclosure_id != clause.disclosure.id for s in before.selectors):
        return None
    known = (*before.selectors, *getattr(before, "minus", ()))
    more = tuple(s for s in clause.selectors(topics) if s not in known)
    if not more or not _whole_sum(before):
        return None
    minus = before.minus if isinstance(before, Total) else ()
    unit = clause.money_unit() or before.unit
    if _ADDING.match(clause.text):
        return Total(selectors=(*before.selectors, *more), minus=minus, unit=unit)
    if takes_off:
        return Total(selectors=before.selectors, minus=(*minus, *more), unit=unit)
    return None


def _whole_sum(before: Lookup | Total) -> bool:
    """Whether what was told before is money, of which a sum may be made."""
    return all(
        w.measure not in ("count", "staff") and set(w.axes) != {"item"}
        for s in before.selectors
        for w in s.readings
    )


def _of_others(clause: Clause, memory: Memory) -> Plan | None:
    """剩下两家呢 · 其他单位也一样吗: the units that the turn before did not name."""
    keys = [unit.key for unit in clause.disclosure.units]
    rest, every = _OTHERS.match(clause.text), _ALL.match(clause.text)
    match = rest or every
    if match is None or len(keys) < 2 or not set(memory.units) <= set(keys):
        return None
    if rest is not None and not memory.units:
        return None
    others = [k for k in keys if rest is None or k not in memory.units]
    if not others or (match["n"] and int(match["n"]) != len(others)):
        return None
    known = memory.topics[-1] if memory.topics else None
    topic = (
        WHOLE_BUDGET
        if known is None
        else Topic(name=known.name, readings=known.readings, start=0, end=0, source="memory")
    )
    selectors = tuple(clause.select(topic, key) for key in others)
    match memory.plan:
        case Change():
            return memory.plan.model_copy(update={"selectors": selectors, "direction": None})
        case Prior():
            return memory.plan.model_copy(update={"selectors": selectors})
        case _:
            group = Group(axis="unit", selector=clause.select(topic), members=tuple(others))
            return Listing(group=group)
