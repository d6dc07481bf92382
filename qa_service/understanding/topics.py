"""What is asked about: neighbouring words joined into topics, each with its readings.

``基本支出的人员经费`` is one topic on two axes; ``基本支出和项目支出`` are two topics on one. Words
join when the data holds a figure at their common coordinates and no ``和`` stands between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from disclosure.model import THREE_PUBLIC_PARTS, Measure
from qa_service.understanding.plan import Where
from qa_service.understanding.segment import Binding, Token

#: Whether the disclosure holds any figure at these coordinates.
Exists = Callable[[Where], bool]

#: Operations that stand between two things asked about, never inside one.
_PARTING = ("share", "than", "difference", "ratio", "exclude", "more_less")
#: 扣除人员经费后基本支出: what is taken off, then what it is taken from.
_AFTER = ("后", "之后", "以后", "外", "之外", "以外")
_INSIDE = ("里", "里头", "里面", "中", "当中", "之中", "里边")
_SOURCES = ("table",)
_SPENDING_AXES = {"subject", "economic", "gov_economic", "project"}
_NARROWING_AXES = {"kind", "nature", "fund", "carry"}
_DIRECTIONS = {"收入": Measure.REVENUE, "支出": Measure.EXPENDITURE}


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing asked about. ``container`` and ``inner`` are the two topics whose words were joined
    into it, in the question's order: the first usually contains the second."""

    name: str
    readings: tuple[Where, ...]
    start: int
    end: int
    source: str
    container: Topic | None = None
    inner: Topic | None = None
    table_ids: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    coordinated: bool = False
    held: bool = True
    summed: bool = False


def topics_of(tokens: Sequence[Token], exists: Exists) -> list[Topic]:
    """The topics of a clause in order, joined where the data allows."""
    topics: list[Topic] = []
    between: list[Token] = []
    for token in tokens:
        owner = token.cue("head_office") or token.cue("whole")
        if token.word is None or not token.word.bindings or owner or token.word.scopes:
            between.append(token)
            continue
        summed = [b for b in token.word.bindings if b.source == "sum"]
        if summed:
            topics += [
                replace(_topic(token, [binding], exists), coordinated=index > 0, summed=True)
                for index, binding in enumerate(summed)
            ]
        else:
            _append(topics, _topic(token, token.word.bindings, exists), between, exists)
        between = []
    return _without_weak(_distributed(_without_grants(topics), exists), tokens)


def _without_grants(topics: list[Topic]) -> list[Topic]:
    """国有资本经营那块拨没拨款: 拨款 is no second fund beside the one named."""
    named = any(t.source != "spoken" and set(_fixed_axes(t)) == {"fund"} for t in topics)
    return [
        t
        for t in topics
        if not (named and t.source == "spoken" and set(_fixed_axes(t)) == {"fund"})
    ]


def _fixed_axes(topic: Topic) -> dict[str, str]:
    return dict(topic.readings[0].axes) if topic.readings else {}


def _append(topics: list[Topic], topic: Topic, between: Sequence[Token], exists: Exists) -> None:
    """Add a topic, joined to the one before unless a coordinator or an operation parts them."""
    # 培训支出里，基本支出和项目支出各多少: what is named before the comma holds what follows.
    inside = any(token.text in _INSIDE for token in between)
    parting = ("、", "还是") if inside else ("、", ",", "，", "还是")
    coordinated = any(token.cue("and") or token.text in parting for token in between)
    if (
        topics
        and _spent_on(topics[-1])
        and not any(t.cue("and") or t.text in "、还是" for t in between)
    ):
        # 学前教育支出，财政拨款的是多少: of what was named before the comma.
        coordinated = coordinated and join(topics[-1], topic, exists) is None
    if topic.source in ("weak", "spoken") and _only_measure(topic):
        # 要买新车，花多少钱: a comma before a bare word for spending names no second thing.
        coordinated = any(token.cue("and") or token.text == "、" for token in between)
    parted = any(token.cue(name) for token in between for name in _PARTING)
    parted = parted or any(token.text in _AFTER for token in between)
    joined = None
    if topics and not coordinated and not parted:
        joined = join(topics[-1], topic, exists)
    if joined is not None and topic.source == "spoken" and _is_spending(topic):
        joined = topics[-1] if _is_spent(topics[-1]) else joined  # 接待费花多少钱: 接待费多少
    if joined is not None:
        topics[-1] = joined
    elif (
        topics and not (coordinated or parted) and _only_narrows(topic) and _is_lacking(topics[-1])
    ):
        return  # 咨询费的基本支出预算数: what is not held is not, narrowed or whole
    else:
        topics.append(replace(topic, coordinated=coordinated))


def _is_lacking(topic: Topic) -> bool:
    """Whether a topic is something to spend on that the document does not hold."""
    return not topic.held and _is_spent(topic)


def _only_narrows(topic: Topic) -> bool:
    """Whether a topic is a part of all money (基本支出, 一般公共预算), nothing spent on."""
    return bool(topic.readings) and all(
        where.axes and where.axes.keys() <= _NARROWING_AXES and where.measure is None
        for where in topic.readings
    )


def _spent_on(topic: Topic) -> bool:
    """Whether a topic's words end in a bare 支出."""
    return topic.inner is not None and topic.inner.source == "weak"


def _without_weak(topics: list[Topic], tokens: Sequence[Token]) -> list[Topic]:
    """A bare 支出 or 收入 beside a topic of its own is only grammar (公务接待费支出)."""
    topics = [_weakened(topic) for topic in topics]
    if all(topic.source == "weak" for topic in topics):
        return topics
    parts = [t.start for t in tokens if any(t.cue(name) for name in _PARTING)]
    kept: list[Topic] = []
    for index, topic in enumerate(topics):
        neighbours = topics[max(0, index - 1) : index] + topics[index + 1 : index + 2]
        beside = any(
            not any(min(n.end, topic.end) <= at < max(n.start, topic.start) for at in parts)
            for n in neighbours
            if n.source != "weak"
        )
        if topic.source != "weak" or topic.coordinated or not beside:
            kept.append(topic)
    return kept


def _weakened(topic: Topic) -> Topic:
    """Everyday words for spending (开支, 花费) say no more than 支出 does beside a topic."""
    bare = topic.source == "spoken" and _only_measure(topic)
    return replace(topic, source="weak") if bare else topic


def _is_spending(topic: Topic) -> bool:
    return _only_measure(topic) and all(w.measure == Measure.EXPENDITURE for w in topic.readings)


def _is_spent(topic: Topic) -> bool:
    """Whether a topic is something that money is spent on, whichever table tells of it."""
    return bool(topic.readings) and all(
        where.axes.keys() & _SPENDING_AXES for where in topic.readings
    )


def _only_measure(topic: Topic) -> bool:
    return bool(topic.readings) and all(
        w.measure in ("expenditure", "revenue") and not w.axes for w in topic.readings
    )


def _topic(token: Token, bindings: Sequence[Binding], exists: Exists) -> Topic:
    """A token's readings that the data holds; national ones only where no other is."""
    chosen = [b for b in bindings if b.source != "national"] or list(bindings)
    held = [b for b in chosen if b.source not in _SOURCES and exists(b.where)]
    if not held and chosen is not bindings:
        national = [b for b in bindings if b.source == "national" and exists(b.where)]
        held = national
    kept = [d for b in held or chosen for d in _directed(b, token.text, exists)]
    readings = tuple(
        dict.fromkeys(_frozen(b.where) for b in kept if b.source not in _SOURCES or _scoped(b))
    )
    return Topic(
        name=kept[0].name,
        readings=tuple(_thawed(r) for r in readings),
        start=token.start,
        end=token.end,
        source=kept[0].source,
        table_ids=tuple(b.table_id for b in kept if b.table_id),
        indicators=tuple(b.indicator for b in kept if b.indicator),
        held=bool(held) or any(b.source in _SOURCES for b in kept),
    )


def _directed(binding: Binding, said: str, exists: Exists) -> list[Binding]:
    """财政拨款收入 is income, though 财政拨款 alone says no direction: this year's, where what was
    carried over is told apart."""
    where = binding.where
    measure = next((m for word, m in _DIRECTIONS.items() if said.endswith(word)), None)
    of_its_name = binding.name.endswith(said[-2:])  # 其他收入 is what the fund is called
    if measure is None or of_its_name or where.measure or set(where.axes) != {"fund"}:
        return [binding]
    directed = Where(measure=measure, axes=where.axes)
    current = directed.narrowed({"carry": "current"})
    choices = [current, directed] if measure == Measure.REVENUE else [directed]
    return [replace(binding, where=w) for w in choices if exists(w)] or [binding]


def _scoped(binding: Binding) -> bool:
    """Whether a table's kind says something of the scope of its figures."""
    return bool(binding.where.axes or binding.where.measure)


def join(left: Topic, right: Topic, exists: Exists) -> Topic | None:
    """Both topics as one, or None where no figure stands at their common coordinates."""
    if right.table_ids or left.indicators or right.indicators:
        return None
    readings = []
    for a in left.readings:
        for b in right.readings:
            both = _both(a, b)
            if both is not None and exists(both):
                readings.append(both)
    if not readings:
        return None
    if left.table_ids:
        return replace(right, readings=tuple(readings), start=left.start)
    narrower = right if readings != list(left.readings) else left
    return Topic(
        name=_joined_name(left, right),
        readings=tuple(readings),
        start=left.start,
        end=right.end,
        source=left.source if right.source in ("concept", "weak") else right.source,
        container=left if narrower is right else left.container,
        inner=right,
        held=True,
        coordinated=left.coordinated,
    )


def _both(a: Where, b: Where) -> Where | None:
    """Common coordinates; on one axis the contained member of two."""
    if a.measure and b.measure and a.measure != b.measure:
        return None
    axes = dict(a.axes)
    for axis, member in b.axes.items():
        known = axes.get(axis)
        if known is None or known == member or _contains(axis, known, member):
            axes[axis] = member
        elif not _contains(axis, member, known):
            return None
    measure = a.measure or b.measure
    if measure is None and a.axes.get("economic") in THREE_PUBLIC_PARTS and b.axes != a.axes:
        measure = Measure.THREE_PUBLIC  # 三公经费中的公务接待费: not that within 基本支出
    return Where(measure=measure, axes=axes)


def _contains(axis: str, outer: str, inner: str) -> bool:
    if outer.isdigit() and inner.isdigit():
        return inner.startswith(outer) and axis != "item"
    parts = THREE_PUBLIC_PARTS.get(outer, ())
    return inner in parts or any(inner in THREE_PUBLIC_PARTS.get(part, ()) for part in parts)


def _joined_name(left: Topic, right: Topic) -> str:
    if "weak" in (left.source, right.source):
        return (left if right.source == "weak" else right).name
    return right.name if left.name in right.name else f"{left.name}{right.name}"


def _distributed(topics: list[Topic], exists: Exists) -> list[Topic]:
    """A modifier before the first of coordinated topics goes for all of them."""
    result: list[Topic] = []
    for topic in topics:
        previous = result[-1] if result else None
        modifier = previous.container if previous and topic.coordinated else None
        if modifier is not None and (joined := join(modifier, topic, exists)) is not None:
            topic = replace(joined, start=topic.start, container=modifier, coordinated=True)
        result.append(topic)
    return result


def _frozen(where: Where) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    return where.measure, tuple(sorted(where.axes.items()))


def _thawed(frozen: tuple[str | None, tuple[tuple[str, str], ...]]) -> Where:
    return Where(measure=frozen[0], axes=dict(frozen[1]))
