"""Which group of members a clause ranks, lists or counts, and which two figures it compares."""

from __future__ import annotations

from typing import get_args

from disclosure.model import ALL
from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.plan import Axis, Group, Selector, Where
from qa_service.understanding.topics import Topic

_AXES: dict[str, Axis] = {axis: axis for axis in get_args(Axis)}
_NAMED_AXES: tuple[Axis, ...] = (
    "economic",
    "subject",
    "kind",
    "project",
    "procurement_kind",
    "fund",
)


def comparison_of(clause: Clause) -> tuple[Selector, Selector] | None:
    """The two figures that a difference or ratio is between: two topics, units or disclosures."""
    selectors = clause.selectors()
    if len(selectors) == 2:
        return selectors[0], selectors[1]
    if len(selectors) == 1 and clause.units:
        # One unit against the whole department: 情报所比全局少多少.
        topic = (list(clause.topics) or [WHOLE_BUDGET])[0]
        if clause.scope.whole:
            return selectors[0], clause.select(topic)
    if len(clause.topics) == 1 and clause.topics[0].container is not None and not clause.units:
        container = clause.topics[0].container
        return selectors[0], clause.select(container)
    return None


def group_of(clause: Clause) -> Group | None:
    """The group that the clause speaks of: the named one, else the parts of its topic."""
    axes = [axis for value in clause.cue_values("group") if (axis := _AXES.get(value))]
    topics = [topic for topic in clause.topics if not topic.table_ids]
    if len(topics) > 1 and not axes:
        return _named_members(clause, topics)
    topic = topics[0] if topics else WHOLE_BUDGET
    unit = clause.units[0] if len(clause.units) == 1 else ALL
    if axes:
        return _group(clause, _fitting(axes, topic), topic, unit)
    if len(clause.units) > 1:
        return Group(axis="unit", selector=clause.select(topic), members=clause.units)
    axis = parts_axis(topic)
    return _group(clause, axis, topic, unit) if axis else None


def _fitting(axes: list[Axis], topic: Topic) -> Axis:
    """Of several group words the one that the topic does not fix itself."""
    fixed = {axis for where in topic.readings for axis in where.axes}
    return next((axis for axis in axes if axis not in fixed), axes[0])


def parts_axis(topic: Topic) -> Axis | None:
    """The axis on which a topic's parts lie, where people would break it down."""
    where = topic.readings[0] if topic.readings else Where()
    axes = where.axes
    if where.measure == "revenue":
        return "fund"
    if where.measure == "procurement":
        return "procurement_kind"
    if axes.get("economic") in ("三公", "公务用车"):
        return "economic"
    economic = axes.get("economic", "")
    if economic.isdigit() and len(economic) == 3:
        return "economic"
    subject = axes.get("subject", "")
    if subject.isdigit() and len(subject) < 7:
        return "subject"
    if axes.get("kind") == "project" and set(axes) <= {"kind", "unit"}:
        return "project"
    if axes.get("kind") == "basic" or "nature" in axes:
        return "economic"
    if where.measure == "expenditure" and not axes:
        return "subject"
    return None


def _group(clause: Clause, axis: Axis, topic: Topic, unit: str) -> Group:
    readings = topic.readings
    within: str | None = None
    level = next((int(v) for v in clause.cue_values("level")), None)
    if axis in ("subject", "economic"):
        member = next((w.axes[axis] for w in readings if axis in w.axes), None)
        if member is not None:
            within = member
            readings = tuple(
                Where(measure=w.measure, axes={k: v for k, v in w.axes.items() if k != axis})
                for w in readings
                if axis in w.axes
            )
        elif axis == "subject" and level is None and _broad(clause):
            level = 3
    if unit != ALL:
        readings = tuple(where.narrowed({"unit": unit}) for where in readings)
    selector = Selector(disclosure_id=clause.disclosure.id, name=topic.name, readings=readings)
    return Group(
        axis=axis,
        selector=selector,
        disclosure_ids=clause.scope.disclosure_ids if axis == "department" else (),
        level=level,
        within=within,
    )


def _broad(clause: Clause) -> bool:
    """Whether 类 is meant: no word asks for items (项, 科目)."""
    return not any(word in clause.text for word in ("项", "科目", "明细"))


def _named_members(clause: Clause, topics: list[Topic]) -> Group | None:
    """Named topics of one axis compared with each other (差旅费、会议费、培训费哪个最高)."""
    for axis in _NAMED_AXES:
        members = [
            next((w.axes[axis] for w in topic.readings if axis in w.axes), None) for topic in topics
        ]
        if all(members):
            first = topics[0].readings[0]
            rest = {k: v for k, v in first.axes.items() if k != axis}
            if len(clause.units) == 1:
                rest["unit"] = clause.units[0]
            selector = Selector(
                disclosure_id=clause.disclosure.id,
                name="、".join(topic.name for topic in topics),
                readings=(Where(measure=first.measure, axes=rest),),
            )
            return Group(
                axis=axis,
                selector=selector,
                members=tuple(m for m in members if m),
            )
    return None
