"""Whether plans answer the question asked: what its words certainly name must stand in them.

The plan check sees that members are held and constants were said; only this sees that a model
planned for 会议费 where 培训费 was asked, or forgot the unit or the year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from disclosure.model import ALL, Measure
from disclosure.text import bigrams, fold
from qa_service.llm.linking import Asked, Linker, UnlinkedError
from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.plan import (
    Contents,
    Define,
    Explain,
    FindTable,
    Group,
    Plan,
    PlanModel,
    Search,
    Selector,
    Targets,
)
from qa_service.understanding.topics import Topic
from qa_service.understanding.wording import counts_things

#: Topics that a whole question is about in any case, or that say nothing of their own.
_BARE_SOURCES = ("weak", "default", "memory")
#: Plans that know no units: what they find names its own.
_OF_TEXT = (Contents, Define, FindTable, Search, Targets)
#: Stages of the budget that a question about a final account may name.
_STAGES = {"initial": "年初预算", "adjusted": "调整预算", "final": "决算"}
#: Plans of text name topics in words.
_TEXT_FIELDS = ("topics", "terms", "topic", "words", "project", "indicator", "indicator_class")


@dataclass(frozen=True, slots=True)
class Relevance:
    """What the plans leave out, for the model to mend; and what they read into unknown words."""

    left_out: tuple[str, ...] = ()
    taken_as: tuple[str, ...] = ()


def relevance(plans: Sequence[Plan], asked: Asked, linker: Linker) -> Relevance:
    """The question's departments, years, units and topics held against the plans together."""
    parts = [part for plan in plans for part in plan.models()]
    selectors = [part for part in parts if isinstance(part, Selector)]
    planned = set().union(*(plan.disclosures() for plan in plans))
    left_out: list[str] = []
    owners = linker.owners(asked)
    across = any(isinstance(part, Group) and part.axis == "department" for part in parts)
    if not across:
        left_out += [d.title for d in owners if d.id not in planned]
    try:
        clause = linker.clause(asked.text, asked)
    except UnlinkedError:
        return Relevance(tuple(left_out))
    if not all(isinstance(plan, _OF_TEXT) for plan in plans):
        left_out += _units_left_out(clause, parts, selectors)
    left_out += [
        topic.name
        for topic in clause.topics
        if _asks_of(topic, plans) and not _planned(topic, parts, selectors, asked)
    ]
    if selectors:
        stages = {s.stage for s in clause.selectors()} - {s.stage for s in selectors}
        left_out += [words for stage, words in _STAGES.items() if stage in stages]
    taken = _taken_as(selectors, asked.text) if clause.unknown else ()
    return Relevance(tuple(dict.fromkeys(left_out)), taken)


def _asks_of(topic: Topic, plans: Sequence[Plan]) -> bool:
    """Whether the plans must hold a topic: not a bare noun, and not what only quotes are about."""
    # A bare 支出 is grammar; 政府性基金预算收入 and 收入 are not.
    telling = any(where.axes or where.measure == Measure.REVENUE for where in topic.readings)
    if (topic.source in _BARE_SOURCES and not telling) or counts_things(topic):
        return False
    if all(isinstance(plan, Targets) for plan in plans):
        return topic.source == "project"
    return not all(
        isinstance(plan, Search | Contents)
        or (isinstance(plan, Explain) and plan.aspect in ("duty", "structure", "other"))
        for plan in plans
    )


def _units_left_out(
    clause: Clause, parts: Sequence[PlanModel], selectors: Sequence[Selector]
) -> list[str]:
    used = {w.axes.get("unit", ALL) for s in selectors for w in s.readings}
    used |= {m for part in parts if isinstance(part, Group) for m in part.members}
    texts = fold("".join(_texts(parts)))
    by_unit = any(isinstance(part, Group) and part.axis == "unit" for part in parts)
    names = {unit.key: unit.name for unit in clause.disclosure.units}
    return [
        names.get(key, key)
        for key in clause.units
        if key not in used and not by_unit and fold(names.get(key, key)) not in texts
    ]


def _planned(
    topic: Topic, parts: Sequence[PlanModel], selectors: Sequence[Selector], asked: Asked
) -> bool:
    """Whether a topic of the question stands in a plan: by name, as what a group's members lie in,
    or at its coordinates and no others (of two 机构运行 the question may have named one)."""
    name = fold(topic.name)
    texts = [fold(text) for text in _texts(parts) if len(text) > 1]
    if topic.table_ids:
        return any(set(topic.table_ids) & set(getattr(part, "table_ids", ())) for part in parts)
    groups = [part for part in parts if isinstance(part, Group)]
    grouped = {group.axis for group in groups}
    inside = {(g.axis, m) for g in groups for m in (g.within, *g.members) if m}
    wanted: dict[str, set[str]] = {}
    for where in topic.readings:
        for pair in where.axes.items():
            if pair[0] not in grouped and pair not in inside:
                wanted.setdefault(pair[0], set()).add(pair[1])
    measures = {where.measure for where in topic.readings}
    measures = set() if None in measures else measures
    coded = asked.text[topic.start : topic.end].isdigit()
    for selector in selectors:
        wheres = selector.readings
        fixed = {axis: {w.axes[axis] for w in wheres if axis in w.axes} for axis in wanted}
        same = all(fixed[axis] and fixed[axis] <= wanted[axis] for axis in wanted)
        same = same or (fold(selector.name) == name and not coded)
        if same and (not measures or measures & {where.measure for where in wheres}):
            return True
    return any(name in text or text in name for text in texts) and not (selectors and wanted)


def _taken_as(selectors: Sequence[Selector], question: str) -> tuple[str, ...]:
    """Names in the plan of which the question says nothing: the answer tells how it was read."""
    said = set(bigrams(question))
    names = dict.fromkeys(s.name for s in selectors if s.name != WHOLE_BUDGET.name)
    return tuple(name for name in names if not said & set(bigrams(name)))


def _texts(parts: Sequence[PlanModel]) -> Iterator[str]:
    """Names and words that plans hold, but for the question's own words."""
    for part in parts:
        if isinstance(part, Selector):
            yield part.name
        for name in _TEXT_FIELDS:
            if isinstance(part, Explain) and name == "words":
                continue
            value = getattr(part, name, None)
            if isinstance(value, str):
                yield value
            elif isinstance(value, tuple):
                yield from (text for text in value if isinstance(text, str))
