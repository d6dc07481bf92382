"""Plans over the members of a group: rankings, counts and lists.

Each builder states its example and gives None where the clause asks something else.
"""

from __future__ import annotations

import re
from decimal import Decimal

from disclosure.lexicon.operations import Cue
from disclosure.model import ALL
from disclosure.money import PERCENT
from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.groups import (
    group_of,
    named_axis,
    parts_of_topic,
    several_departments,
)
from qa_service.understanding.plan import (
    Axis,
    Condition,
    Count,
    Group,
    Listing,
    Lookup,
    Plan,
    Rank,
)
from qa_service.understanding.topics import Topic
from qa_service.understanding.wording import (
    COUNTERS,
    counts_things,
    is_total,
    names_money,
    ranked_aspect,
    whole_budget,
)

_ARRANGED = re.compile("(?:哪[些个家几]|有几).*(?:安排了|有安排|安排有|编了|列了|有[^没无])")
_LACKING = ("没有", "没安排", "未安排", "无", "为0", "为零", "是0", "等于0", "零安排")
_WHICH_IS_IT = re.compile("是(?:哪[个家]|什么)(?:单位|部门|机构)")
_EITHER = "还是"
#: 谁的三公多, 哪家编制更少: a comparison that ends the phrase.
_WHO_HAS_MORE = re.compile(
    "(?:谁|孰|哪(?:1|一)?[个家边])[^，,。]{0,14}?(?<!多)(?P<how>[多少高低大小])"
    "(?:[1一]?[些点]|呢|呀|啊)?(?:[？?。，,]|$)"
)
#: Words for the parts of a figure, not for whose it is.
_PARTS = ("项", "科目", "明细", "构成", "组成", "费用", "分项", "类")
_MONEY_SPENT = ("钱", "花", "预算", "经费", "资金", "支出", "开支")


def rank(clause: Clause, known: Group | None = None) -> Plan | None:
    """哪个单位的三公经费最多 · 金额最大的前3个项目. ``known``: the group of the turn before."""
    cue = clause.cue("rank") or _more_or_less(clause)
    numbers = [t for t in clause.tokens if t.number is not None]
    ordered = cue is not None or bool(numbers)
    grouped = clause.has("group", "level") or named_axis(clause) is not None
    if clause.has("target") and not known:
        return None
    if clause.has("share") and clause.topics and not known:
        return None  # 基本支出占比最高的单位: shares and targets are told, not ranked
    if _EITHER in clause.text and len(clause.topics) == 2:
        return None  # 人员经费占大头还是项目支出: two figures compared
    if not ordered or not (known or clause.topics or grouped or whole_budget(clause)):
        return None
    group = known or group_of(clause, ranked_aspect(clause))
    if group is None:
        return None
    ranked = _sorts(clause, cue)
    if ranked and not known and (units := _of_units(clause, group)) is not None:
        group = units
    if clause.has("exclude") and clause.units and group.axis == "unit":
        others = tuple(u.key for u in clause.disclosure.units if u.key not in clause.units)
        group = group.model_copy(update={"members": others})  # 除了局本级，预算最多的单位
    n, position = 1, None
    if ranked:
        n = 50
    descending = cue is None or cue.value != "asc"
    if group.selector.aspect != "amount" and clause.has("down"):
        descending = not descending  # 减少得最多: the most negative change
    behind = clause.cue_token("rank")
    counted = [
        t.amount
        for t in clause.tokens
        if t.amount
        and t.amount.unit in COUNTERS
        and behind is not None
        and (t.start > behind.start or clause.text[: t.start].endswith("哪"))
    ]
    if counted and n == 1 and clause.condition() is None:
        n = int(counted[0].value)  # 最贵的5个项目
    for token in numbers:
        if token.text.startswith("前"):
            n = token.number or 1
        elif token.text.startswith("倒数第"):
            position, descending = token.number, False
        elif token.text.startswith("第"):
            position = token.number
    return Rank(
        group=group, descending=descending, n=n, position=position, condition=clause.condition()
    )


def _sorts(clause: Clause, cue: Cue | None) -> bool:
    """从高到低, 从低往高: all of them in order, not the first."""
    return cue is not None and any(
        token.text in ("排名", "排行", "排序") or "到" in token.text or "往" in token.text
        for token in clause.tokens
        if token.cue("rank")
    )


def _of_units(clause: Clause, group: Group) -> Group | None:
    """把三公经费从低往高排: of the units, where no word asks for the parts of one figure."""
    parts = clause.has("group", "level") or any(w in clause.text for w in _PARTS)
    if parts or group.axis != "economic" or group.members or clause.units or clause.siblings:
        return None
    if len(clause.disclosure.units) < 2 or len(clause.topics) != 1:
        return None
    return Group(axis="unit", selector=clause.select(clause.topics[0]))


def _more_or_less(clause: Clause) -> Cue | None:
    """A、B、C谁的三公多: of more than two departments the first is told."""
    if len(clause.siblings) < 2 or not several_departments(clause):
        return None
    match = _WHO_HAS_MORE.search(clause.text)
    if match is None:
        return None
    return Cue("rank", "asc" if match["how"] in "少低小" else "desc")


def place(clause: Clause) -> Plan | None:
    """情报所的预算在几家单位里排第几 · 河道整治经费排第几."""
    if not clause.has("place") or len(clause.topics) > 1 or clause.siblings:
        return None
    if any(t.number is not None for t in clause.tokens):
        return None
    topic = clause.topics[0] if clause.topics else WHOLE_BUDGET
    descending = not any(c.value == "asc" for t in clause.tokens if (c := t.cue("rank")))
    readings = topic.readings
    axes = readings[0].axes if readings else {}
    if "project" in axes:
        unit = clause.units[0] if len(clause.units) == 1 else ALL
        group = Group(axis="project", selector=clause.select(WHOLE_BUDGET, unit))
        return Rank(group=group, descending=descending, member=axes["project"])
    if len(clause.units) == 1 and readings and not counts_things(topic):
        group = Group(axis="unit", selector=clause.select(topic))
        return Rank(group=group, descending=descending, member=clause.units[0])
    subject = axes.get("subject", "")
    if len(subject) == 3 and topic.container is None:
        selector = clause.select(WHOLE_BUDGET, clause.units[0] if clause.units else ALL)
        group = Group(axis="subject", level=3, selector=selector)
        return Rank(group=group, descending=descending, member=subject)
    return _placed_inside(clause, topic, descending)


def _placed_inside(clause: Clause, topic: Topic, descending: bool) -> Plan | None:
    """差旅费在公用经费里排第几: the place of an item among those of the whole named beside it."""
    axes = topic.readings[0].axes if topic.readings else {}
    axis: Axis = "economic" if "economic" in axes else "subject"
    member = axes.get(axis, "")
    wholes = [
        t
        for t in (topic.container, topic.inner)
        if t is not None and all(w.axes.get(axis) != member for w in t.readings)
    ]
    if not member.isdigit() or not wholes:
        return None
    unit = clause.units[0] if len(clause.units) == 1 else ALL
    group = parts_of_topic(clause, axis, wholes[0], unit)
    return Rank(group=group, descending=descending, member=member)


def count(clause: Clause) -> Plan | None:
    """10万元以上的项目有几个 · 有几个科室."""
    condition = clause.condition()
    how_many = (
        condition
        and not clause.has("rank", "list")
        and ((clause.has("group") and clause.has("amount")) or named_axis(clause) is not None)
    )
    if clause.has("target") and any(t.amount for t in clause.tokens):
        return None  # 满意度目标定在85%的项目有几个: targets are told, not counted
    if condition is not None and _of_shares(condition, clause):
        return None
    if condition is None and clause.topics and _adds_them_up(clause):
        return None
    if not (clause.has("count") or how_many) or (clause.has("list") and not clause.topics):
        return None
    counted = [t for t in clause.topics if counts_things(t)]
    office = all(u.head_office for u in clause.disclosure.units if u.key in clause.units)
    if clause.units and any(topic.name == "项目" for topic in counted):
        office = False  # the projects of a unit are counted in the tables
    if counted and condition is None and _asks_names(clause):
        return None  # 有几个下属单位，叫什么: told with their names
    if counted and condition is None and office and not names_money(clause):
        return Lookup(selectors=clause.selectors(counted), claim=clause.claim())
    if condition is None and _asks_classes(clause):
        group = Group(axis="subject", level=3, selector=clause.selectors(())[0])
        return Count(group=group, condition=Condition(comparator=">", value=Decimal(0)))
    parts = clause.has("group", "level") or named_axis(clause) is not None
    if not parts and condition is None and not clause.topics:
        return None
    counted_group = group_of(clause)
    if counted_group is None:
        return None
    # 有几个单位安排了公车费: those that have any.
    any_at_all = Condition(comparator=">", value=Decimal(0))
    chosen = condition or _without(clause) or any_at_all
    return Count(group=counted_group, condition=chosen)


def _of_shares(condition: Condition, clause: Clause) -> bool:
    """八成以上的钱都是项目支出: a percentage of a whole, by which no amounts are counted."""
    return condition.unit == PERCENT and not clause.has("rate", "up", "down", "change")


def _adds_them_up(clause: Clause) -> bool:
    """几笔加起来多少 · 几项合计多少: their sum, not their number."""
    counted, added = clause.cue_token("count"), clause.cue_token("total")
    return counted is not None and added is not None and added.start == counted.end


def _is_noun(topic: Topic) -> bool:
    """Whether a topic is a thing that documents count (内设机构, 车辆), not money."""
    return bool(topic.readings) and all(set(where.axes) == {"item"} for where in topic.readings)


def _asks_names(clause: Clause) -> bool:
    return clause.has("list") or any(word in clause.text for word in ("名字", "叫什么", "名称"))


def _asks_classes(clause: Clause) -> bool:
    """支出分为几类: the classes of expenditure that have any."""
    token = clause.cue_token("count")
    return token is not None and "类" in token.text and all(is_total(t) for t in clause.topics)


def listing(clause: Clause) -> Plan | None:
    """各单位的公务接待费分别是多少 · 有哪些项目."""
    money = [t for t in clause.topics if not counts_things(t)]
    if clause.has("target") and (not money or any(t.amount for t in clause.tokens)):
        return None
    wants = clause.has("list", "each", "which", "group") or clause.condition() is not None
    if clause.has("is_it") and not clause.has("list", "each", "which", "group"):
        return None  # 三公经费没超过13万吧: whether it is so
    if not wants or (len(clause.topics) > 1 and not clause.has("group")):
        return None
    if clause.siblings and not clause.has("list", "group"):
        return None  # two departments, each with its own figure
    if not (clause.topics or named_axis(clause) or clause.condition()) and not clause.has(
        "list", "group", "which"
    ):
        return None  # 两个局的预算分别是多少, of which one is held
    totals = bool(clause.topics) and all(is_total(t) for t in clause.topics) and not clause.units
    if totals and not (clause.has("list", "group", "which") or clause.condition()):
        return None  # 总预算分别是多少, of two departments of which one is held
    if clause.units and _WHICH_IS_IT.search(clause.text):
        return None  # 405003是哪个单位: it is named, not sought
    if not clause.topics and not clause.has("group") and not whole_budget(clause):
        return None
    group = group_of(clause)
    # 智能制造中心的4个项目分别多少钱 lists the unit's own.
    own = len(clause.units) == 1 and clause.has("each") and named_axis(clause) is not None
    if group is None or (clause.units and not own and not clause.has("list", "group")):
        return None
    condition = clause.condition() or _without(clause) or _with_any(clause)
    return Listing(group=group, condition=condition, unit=clause.money_unit())


def _with_any(clause: Clause) -> Condition | None:
    """哪些单位安排了公务用车费: the members that have any."""
    if not (clause.has("group") and clause.topics and _ARRANGED.search(clause.text)):
        return None
    return Condition(comparator=">", value=Decimal(0))


def _without(clause: Clause) -> Condition | None:
    """哪个单位没有公车费: the members whose figure is zero."""
    lacks = any(word in clause.text for word in _LACKING)
    if not (lacks and clause.has("which", "group", "count")):
        return None
    return Condition(comparator="=", value=Decimal(0))


def composition(clause: Clause) -> Plan | None:
    """钱主要花在什么地方 · 预算都用到哪里去了: the classes of expenditure that have any."""
    of_a_whole = all(is_total(topic) or topic.source == "weak" for topic in clause.topics)
    of_a_whole = of_a_whole and all(
        b.where.measure and not b.where.axes
        for token in clause.tokens
        for b in (token.word.bindings if token.word else ())
    )
    if not clause.has("purpose") or not of_a_whole or clause.unknown or clause.claim():
        return None
    if not any(word in clause.text for word in _MONEY_SPENT) or clause.has("duty", "why"):
        return None
    unit = clause.units[0] if len(clause.units) == 1 else ALL
    group = Group(axis="subject", level=3, selector=clause.select(WHOLE_BUDGET, unit))
    return Listing(group=group, unit=clause.money_unit())
