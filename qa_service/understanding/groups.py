"""Which group of members a clause ranks, lists or counts, and which two figures it compares."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from disclosure.lexicon.nouns import noun_labels
from disclosure.model import ALL, Aspect, Measure
from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.plan import Axis, Group, Selector, Where
from qa_service.understanding.topics import Topic

Side = tuple[Selector, ...]
_AXES: dict[str, Axis] = {axis: axis for axis in get_args(Axis)}
#: Kinds of units by which people ask for one of them: 哪个医院.
_KINDS_OF_UNITS: tuple[str, ...] = (
    *("医院", "学校", "中学", "小学", "幼儿园", "学院", "研究所", "研究院", "支队", "大队", "分局"),
    *("管理局", "图书馆", "博物馆", "文化馆", "福利院", "救助站", "监测站", "管理站", "监狱"),
    *("戒毒所", "档案馆", "疾控中心", "血站", "急救中心"),
)
_UNIT: Axis = "unit"
_NOUNS: dict[str, Axis] = {
    "项目": "project",
    "单位": "unit",
    "机构": "unit",
    "科目": "subject",
    "哪家": "unit",
    "是谁": "unit",
    "谁家": "unit",
    "几家": "unit",
    **dict.fromkeys(_KINDS_OF_UNITS, _UNIT),
}
#: Words for the single purchases of 政府采购, each a row of its table.
_ROWS = (
    "笔",
    "几条",
    "明细",
    "东西",
    "物品",
    "哪一项",
    "哪1项",
    "哪项",
    "哪样",
    "买了什么",
    "买了哪些",
    "买些什么",
    "买什么",
    "品目",
    "清单",
)
#: Words beside 公务用车 that ask for money, not for vehicles.
_OF_MONEY = ("费", "钱", "花", "支出", "预算", "经费", "金额", "元")
_SUBORDINATE = ("下属", "事业单位", "二级单位", "所属单位", "直属单位")
_NAMED_AXES: tuple[Axis, ...] = (
    "economic",
    "subject",
    "kind",
    "project",
    "procurement_kind",
    "fund",
)


def comparison_of(clause: Clause) -> tuple[Side, Side] | None:
    """The two sides that a difference or ratio is between: topics, units or disclosures.

    A word that compares (比, 是…的几倍) parts them; without one there must be just two figures.
    """
    token = clause.cue_token("than")
    if token is not None and len(clause.topics) > 2 and len(clause.units) < 2:
        left, right = clause.before(token.start), clause.after(token.end)
        if left and right:
            return clause.selectors(left), clause.selectors(right)
    selectors = clause.selectors()
    if (
        len(selectors) == 2
        and selectors[0].readings == selectors[1].readings
        and not clause.siblings
    ):
        return None  # one thing said twice: 比上年执行数增长 is no comparison of two
    if len(selectors) == 2:
        return selectors[:1], selectors[1:]
    if len(selectors) == 1 and clause.units and clause.scope.whole:
        # One unit against the whole department: 情报所比全局少多少.
        return selectors, (clause.select((list(clause.topics) or [WHOLE_BUDGET])[0]),)
    if len(clause.topics) == 1 and clause.topics[0].container is not None and not clause.units:
        return selectors, (clause.select(clause.topics[0].container),)
    return None


def group_of(clause: Clause, aspect: str = Aspect.AMOUNT) -> Group | None:
    """The group that the clause speaks of: the named one, else the parts of its topic."""
    group = _amounts_of(clause)
    if group is None or aspect == Aspect.AMOUNT:
        return group
    selector = group.selector.model_copy(update={"aspect": aspect})
    return group.model_copy(update={"selector": selector})


def _amounts_of(clause: Clause) -> Group | None:
    axes = [axis for value in clause.cue_values("group") if (axis := _AXES.get(value))]
    counted = clause.scope.across and clause.has("rank", "each")  # 哪个局编制最多
    topics = [t for t in clause.topics if not t.table_ids and (counted or not _only_counts(t))]
    if subordinate(clause):
        # 哪个监狱: the kind of units compared, which is a functional subject as well.
        topics = [t for t in topics if clause.text[t.start : t.end] not in _KINDS_OF_UNITS]
    if "project" in axes or named_axis(clause) == "project":
        topics = [t for t in topics if not (t.name == "项目" and counted_noun(t))]
    if (departments := _named_departments(clause, axes)) is not None:
        return departments
    if len(topics) > 1 and not axes:
        return _named_members(clause, topics)
    if clause.scope.across:
        axes = ["department" if axis == "unit" else axis for axis in axes] or ["department"]
    else:
        axes = ["unit" if axis == "department" else axis for axis in axes]
    ordinal = any(token.number is not None for token in clause.tokens)
    counts = clause.has("rank", "count", "each") or ordinal or clause.condition() is not None
    if not axes and counts and (noun := named_axis(clause)):
        axes = [noun]
    tables = [t for t in clause.topics if t.table_ids and t.readings]
    topic = topics[0] if topics else WHOLE_BUDGET
    if not topics and tables and _of_purchases(tables[0]):
        topic = tables[0]  # 政府采购表里列了几条明细
    if clause.scope.across:
        topic = _counted(clause, topic)
    unit = clause.units[0] if len(clause.units) == 1 else ALL
    if _of_purchases(topic) and any(word in clause.text for word in _ROWS):
        return parts_of_topic(clause, "row", topic, unit)
    if axes:
        axis = _fitting(axes, topic)
        economic = any("economic" in where.axes for where in topic.readings)
        if axis == "subject" and (economic or _of_economic_items(topic)):
            axis = (
                "economic"  # 公用经费里哪个科目: its 科目 are those of the economic classification
            )
        return None if _is_leaf(topic, axis) else parts_of_topic(clause, axis, topic, unit)
    if len(clause.units) > 1:
        return Group(axis="unit", selector=clause.select(topic), members=clause.units)
    axis = parts_axis(topic)
    return parts_of_topic(clause, axis, topic, unit) if axis else None


def _counted(clause: Clause, topic: Topic) -> Topic:
    """哪个局编制最多, 公务用车数量最多: the labels under which each document counts them."""
    of_cars = any(w.axes.get("economic") == "公务用车" for w in topic.readings)
    vehicles = of_cars and not any(word in clause.text for word in _OF_MONEY)
    name = "车辆" if vehicles else topic.name
    counts = vehicles or (bool(topic.readings) and counted_noun(topic))
    labels = noun_labels(name) if counts else ()
    if not labels:
        return topic
    readings = tuple(
        Where(measure=measure, axes={"item": label})
        for label in labels
        for measure in (Measure.COUNT, Measure.STAFF)
    )
    return replace(topic, name=name, readings=readings)


def several_departments(clause: Clause) -> bool:
    """Whether different departments are named, not one of them in several years."""
    held = (clause.disclosure, *(sibling.disclosure for sibling in clause.siblings))
    return len({(d.region, d.department) for d in held}) > 1


def _named_departments(clause: Clause, axes: list[Axis]) -> Group | None:
    """深圳水务局、人社局、教育局谁的三公最多: the departments named, compared with each other."""
    if not several_departments(clause) or clause.has("level") or len(clause.topics) > 1:
        return None
    noun = named_axis(clause)
    if any(axis not in ("unit", "department") for axis in (*axes, *((noun,) if noun else ()))):
        return None
    return Group(
        axis="department",
        selector=clause.select(_counted(clause, (list(clause.topics) or [WHOLE_BUDGET])[0])),
        disclosure_ids=(clause.disclosure.id, *(s.disclosure.id for s in clause.siblings)),
        members=tuple(s.disclosure.id for s in (clause, *clause.siblings)),
    )


def named_axis(clause: Clause) -> Axis | None:
    """The axis whose plain noun the clause or its inherited topic holds (最大的项目)."""
    text = clause.text + "".join(topic.name for topic in clause.topics if clause.inherited)
    ranked = clause.cue_token("rank")
    behind = text[ranked.end :] if ranked is not None else ""
    for where in (behind, text):  # 项目支出最多的前两个单位 ranks units
        if found := next((axis for noun, axis in _NOUNS.items() if noun in where), None):
            return found
    return None


def _of_purchases(topic: Topic) -> bool:
    measures = {where.measure for where in topic.readings}
    return bool(measures) and measures <= {"procurement", "service_purchase"}


def _fitting(axes: list[Axis], topic: Topic) -> Axis:
    """Of several group words the one that the topic does not fix itself."""
    fixed = {axis for where in topic.readings for axis in where.axes}
    return next((axis for axis in axes if axis not in fixed), axes[0])


def _of_economic_items(topic: Topic) -> bool:
    axes = topic.readings[0].axes if topic.readings else {}
    return "nature" in axes or axes.get("kind") == "basic"


def _is_leaf(topic: Topic, axis: Axis) -> bool:
    """Whether the topic is itself a last member of the axis (经济分类里的差旅费)."""
    size = {"subject": 7, "economic": 5}.get(axis)
    members = [where.axes.get(axis, "") for where in topic.readings]
    return size is not None and any(m.isdigit() and len(m) >= size for m in members)


def counted_noun(topic: Topic) -> bool:
    """Whether a topic is a thing that documents count (项目, 行政编制)."""
    return all(set(where.axes) == {"item"} for where in topic.readings)


def _only_counts(topic: Topic) -> bool:
    return all(where.measure in (Measure.COUNT, Measure.STAFF) for where in topic.readings)


def parts_axis(topic: Topic) -> Axis | None:
    """The axis on which a topic's parts lie, where people would break it down."""
    where = topic.readings[0] if topic.readings else Where()
    axes = where.axes
    if where.measure == "revenue":
        return "fund"
    if where.measure == "procurement":
        return "procurement_kind"
    if where.measure == "service_purchase":
        return "row"
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


def parts_of_topic(clause: Clause, axis: Axis, topic: Topic, unit: str) -> Group:
    """The members of an axis within a topic: the items of 公用经费, of 科学技术支出, of 三公."""
    if axis == "unit":
        unit = ALL  # 下属单位加上局机关一共几家: the units of the department
    readings = topic.readings
    within: str | None = None
    level = next((int(v) for v in clause.cue_values("level")), None)
    if axis in ("subject", "economic"):
        member = next((w.axes[axis] for w in readings if axis in w.axes), None)
        if member is not None:
            within = member
            readings = tuple(
                Where(
                    # 302's items are those of its own table: 三公 figures of other scopes are not.
                    measure=w.measure or ("expenditure" if member.isdigit() else None),
                    axes={k: v for k, v in w.axes.items() if k != axis},
                )
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
        members=subordinate(clause) if axis == "unit" else (),
        selector=selector,
        disclosure_ids=clause.scope.disclosure_ids if axis == "department" else (),
        level=level,
        within=within,
    )


def subordinate(clause: Clause) -> tuple[str, ...]:
    """The units that the question is about: such as it names by their kind, those without the
    head office where it says 下属单位; () for all."""
    # 巡特警支队's own name asks for no 支队.
    text = "".join(t.text for t in clause.tokens if not (t.word and t.word.scopes))
    kinds = [kind for kind in _KINDS_OF_UNITS if kind in text]
    alike = tuple(
        unit.key for unit in clause.disclosure.units if any(kind in unit.name for kind in kinds)
    )
    if alike and not clause.units:
        return alike  # 哪个医院, 哪个分局: of the units that are such
    said = [clause.text.find(word) for word in _SUBORDINATE if word in clause.text]
    if "行政单位" in clause.text:
        return ()  # 行政单位的加事业单位的: kinds of units, by which subjects are named
    money = [t for t in clause.topics if not _only_counts(t) and not counted_noun(t)]
    free = [at for at in said if not any(t.start <= at < t.end for t in money)]
    if not free or clause.has("head_office"):
        return ()
    return tuple(unit.key for unit in clause.disclosure.units if not unit.head_office)


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
