"""What a clause takes over from the conversation: topics, units and the operation left unsaid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from disclosure.lexicon import lexicon
from qa_service.understanding.clause import Clause
from qa_service.understanding.plan import Memory, TopicMemory, Where
from qa_service.understanding.topics import Topic
from qa_service.understanding.wording import counts_things

#: Words that point at something said before.
POINTERS = (
    "我问的是",
    "我是问",
    "错了",
    "俩",
    "2个",
    "2项",
    "两者",
    "二者",
    "另一个",
    "呢",
    "那",
    "这",
    "其中",
    "里面",
    "它",
    "他们",
    "该",
    "上述",
    "刚才",
)
_SINGULAR = ("它", "这个", "该", "这项", "那个", "目标", "指标", "用途")
_BOTH = (
    "2个",
    "2项",
    "它们",
    "两者",
    "二者",
    "俩",
    "加起来",
    "合起来",
    "加一起",
    "差额",
    "相差",
    "一共",
    "合计",
)
_ANOTHER = "另一个"
#: 我要的是一般公共预算的, 政府性基金的呢.
_OUT_OF = re.compile(
    "(?:我(?:想?要|问|说|指)的?是|只[要看算]|不是(?:这|那)个).*|(?:的|里的|那部分)(?:呢)?[？?]?$"
)
#: 为什么少了 after 比去年呢: of the whole budget, where no topic was named before.
_OF_WHOLE = ("why", "change", "up", "down", "rate", "prior")
_BARE = re.compile(
    "(?:(?:那|那么)?(?P<word>[\u4e00-\u9fff]{2,4}?)的?呢|(?:那么?|那个)(?P<said>[\u4e00-\u9fff]{2,4}?)的?)[?？]?"
)
#: Cues that a follow-up may consist of.
_OPERATIONS = [
    "share",
    "change",
    "up",
    "down",
    "same",
    "rate",
    "prior",
    "difference",
    "more_less",
    "than",
    "ratio",
    "rank",
    "count",
    "list",
    "which",
    "define",
    "why",
    "purpose",
    "average",
    "completion",
    "convert",
    "which_table",
    "which_fund",
    "total",
    "amount",
    "each",
    "target",
    "head_office",
    "whole",
    "has",
    "is_it",
    "group",
    "level",
]


def recalled(clause: Clause, memory: Memory, *, same_turn: bool) -> Clause:
    """The clause completed from memory. ``same_turn``: an earlier part of the same question."""
    if memory.plan is None and not memory.topics and not memory.units:
        return clause
    if memory.disclosure_ids and clause.disclosure.id not in memory.disclosure_ids:
        same_department = False
    else:
        same_department = True
    elliptical = same_turn or _elliptical(clause) or clause.text.startswith("占")
    topics = clause.topics
    inherited = False
    if not topics and (sibling := _sibling(clause, memory)) is not None:
        topics, elliptical = (sibling,), True
        clause = replace(clause, unknown=())
    owned = clause.has("duty") and clause.has("group")  # 归哪个单位管, of a project
    told = clause.has("duty", "structure") and not owned
    said = any(len(word) > 1 for word in clause.unknown)
    if not topics and not said and elliptical and not told:
        topics = _remembered(memory, clause, same_turn=same_turn)
        # Of a whole budget no topic is remembered, but it is what the next part is about.
        of_whole = same_turn or (same_department and clause.has(*_OF_WHOLE))
        inherited = bool(topics) or (of_whole and memory.plan is not None)
    elif (
        topics
        and (memory.topics or memory.member)
        and (_lacks_left_side(clause) or _only_vehicles(clause))
    ):
        topics = (*_remembered(memory, clause, same_turn=same_turn), *topics)
    if topics and not inherited and (of_fund := _of_a_fund(clause, memory)) is not None:
        topics = of_fund
    if _ANOTHER in clause.text and topics and not inherited:
        topics = (_other(topics[0], memory), *topics[1:])
    units = clause.units
    # 占全部门多少: the whole that a share is of, not whose part it is.
    whole = clause.scope.whole and not clause.has("share")
    named = bool(units) or whole or _names_department(clause)
    if not named and elliptical and same_department:
        units = memory.units
        if inherited and any(word in clause.text for word in _BOTH):
            units = (*memory.earlier_units, *units)
    if same_department and _lacks_left_unit(clause, memory):
        units = (*memory.units, *units)
    if not same_department and inherited:
        units = clause.units
    return replace(clause, topics=topics, units=units, inherited=inherited, elliptical=elliptical)


def _remembered(memory: Memory, clause: Clause, *, same_turn: bool = False) -> tuple[Topic, ...]:
    """The topics of the turn before; 它 and the like mean what its ranking singled out."""
    topics = memory.topics
    compares = same_turn and clause.has("more_less", "difference", "ratio") and not clause.units
    if memory.member is not None and (
        (same_turn and not clause.has("rank")) or any(w in clause.text for w in _SINGULAR)
    ):
        topics = (memory.member,)
    elif clause.siblings:
        return _as_topics(topics)  # A和B差多少: the same of both
    elif len(topics) == 1 and (compares or any(word in clause.text for word in _BOTH)):
        topics = (*memory.earlier, *topics)[-2:]  # 两个加起来: of the two turns before
    return _as_topics(topics)


def _of_a_fund(clause: Clause, memory: Memory) -> tuple[Topic, ...] | None:
    """不是这个，我要的是一般公共预算的: what was asked before, out of that fund."""
    if not memory.topics or clause.units or clause.siblings or len(clause.topics) != 1:
        return None
    funds = {w.axes["fund"] for w in clause.topics[0].readings if set(w.axes) == {"fund"}}
    known = all("fund" not in w.axes and w.axes for t in memory.topics for w in t.readings)
    if len(funds) != 1 or not known or not _OUT_OF.search(clause.text) or clause.scope.named:
        return None
    (fund,) = funds
    return tuple(
        replace(t, readings=tuple(w.narrowed({"fund": fund}) for w in t.readings))
        for t in _as_topics(memory.topics)
    )


def _as_topics(topics: Sequence[TopicMemory]) -> tuple[Topic, ...]:
    return tuple(
        Topic(name=t.name, readings=t.readings, start=0, end=0, source="memory") for t in topics
    )


def _sibling(clause: Clause, memory: Memory) -> Topic | None:
    """集中的呢 after 分散采购, 公用的呢 after 人员经费: the term that begins so and lies on the
    axes of the one before."""
    match = _BARE.fullmatch(clause.text)
    if match is None or not memory.topics or clause.units:
        return None
    before = memory.topics[-1].readings[0]
    for concept in lexicon().concepts:
        sets = dict(concept.sets)
        measure = sets.pop("measure", None)
        alike = set(sets) == set(before.axes) - {"unit"} and sets != dict(before.axes)
        if alike and any(
            form.startswith(match["word"] or match["said"])
            for form in (concept.name, *concept.formal)
        ):
            where = Where(measure=measure, axes=sets)
            return Topic(name=concept.name, readings=(where,), start=0, end=0, source="memory")
    return None


def _other(topic: Topic, memory: Memory) -> Topic:
    """另一个机构运行: of the readings of one name those that the turn before did not take."""
    taken = [where for known in memory.topics for where in known.readings]
    left = tuple(where for where in topic.readings if where not in taken)
    return replace(topic, readings=left) if left else topic


def _lacks_left_side(clause: Clause) -> bool:
    """占总支出多少, 比会议费多多少, 是公用经费的几倍: the first side was said before."""
    for name in ("share", "than", "ratio"):
        token = clause.cue_token(name)
        if token is not None and (not clause.units or clause.text.startswith("占")):
            at = token.start if name != "ratio" else 1 if clause.text.startswith("是") else -1
            return at >= 0 and not clause.before(at) and len(clause.topics) == 1
    return False


def _only_vehicles(clause: Clause) -> bool:
    """平均买一台警车多少钱: of the money that was asked for before."""
    cue = clause.cue("average")
    return cue is not None and cue.value == "vehicle" and all(map(counts_things, clause.topics))


def _lacks_left_unit(clause: Clause, memory: Memory) -> bool:
    """人员经费是情报所的多少倍: the unit that is compared was said before."""
    one_each = len(clause.units) == 1 and len(memory.units) == 1 and clause.units != memory.units
    compares = clause.has("than", "ratio") and not clause.has("change", "prior")
    return one_each and compares and not clause.scope.whole


def _elliptical(clause: Clause) -> bool:
    """Whether the clause cannot stand alone: no topic of its own, or a pointing word."""
    if not clause.topics:
        return (
            clause.has(*_OPERATIONS)
            or bool(clause.units)
            or clause.scope.named
            or bool(clause.scope.years)
        )
    return any(word in clause.text for word in POINTERS)


def _names_department(clause: Clause) -> bool:
    return any(scope.unit is None for t in clause.tokens if t.word for scope in t.word.scopes)
