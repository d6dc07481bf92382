"""Plans that compute: shares, multiples, averages, differences, changes, sums.

Each builder states its example and gives None where the clause asks something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from disclosure.lexicon.nouns import noun_labels
from disclosure.model import ALL, Aspect, Measure
from qa_service.understanding.clause import ALL_PROJECTS, WHOLE_BUDGET, Clause
from qa_service.understanding.groups import (
    comparison_of,
    group_of,
    named_axis,
    several_departments,
    subordinate,
)
from qa_service.understanding.plan import (
    Average,
    Change,
    Condition,
    Count,
    Difference,
    Group,
    Listing,
    Lookup,
    Plan,
    Ratio,
    Selector,
    Share,
    Total,
    Where,
)
from qa_service.understanding.topics import Topic
from qa_service.understanding.wording import (
    BUDGET_WORDS,
    counts_things,
    direction,
    is_bare,
    is_rest,
    is_total,
    only_unit,
    wants_rate,
    whole_budget,
)

#: 占全部采购的多少: of the whole department's.
_OF_ALL = ("占全部", "占全局", "占总", "占所有", "占整个")
#: 公务用车购置费 among the economic items.
_BUYING = "31013"
#: 三公经费少了多少元: against last year, where nothing else is named.
_MOVED = re.compile("[多少]了(?:多少|几)")


#: Words between a figure and the unit that has a part of it.
_BELONGING = ("归", "属于", "属", "落在", "给", "分给", "用在")


def share(clause: Clause) -> Plan | None:
    """科学技术支出占总支出的比例 · 三公经费中公务接待费占多少."""
    token = clause.cue_token("share")
    if "还是" in clause.text and len(clause.topics) == 2:
        return None
    if not (clause.topics or clause.units or whole_budget(clause)):
        return None
    if token is None or (clause.has("change", "up", "down") and "占" not in clause.text):
        return None
    before, after = clause.before(token.start), clause.after(token.end)
    whole: Topic | None = None
    parts = before or list(clause.topics)
    more: tuple[Topic, ...] = ()
    if before and after:
        whole = after[0]
        more = tuple(after[1:]) if whole.summed and all(t.summed for t in after) else ()
    elif clause.units and not before and len(after) == 1:
        # 情报所预算占部门总预算多少: the unit's own part of the same figure.
        return Share(parts=clause.selectors(after), whole=clause.select(after[0]))
    elif not before and len(after) > 1:  # English order: what share of the whole is the part
        whole, parts = after[0], after[1:]
    elif parts and (container := parts[0].container) is not None and not clause.units:
        if len(parts) == 1:
            whole = _whole_of(clause, parts[0])
        elif all(t.container == container for t in parts):
            whole = container  # 科学技术支出里，基本支出和项目支出各占多少
    parts = [t for t in parts if not is_total(t)] or parts or [WHOLE_BUDGET]
    if whole is not None and _is_income(whole):
        parts = [_as_income(t) for t in parts]
    if (two := _of_another(clause, token.start)) is not None:
        return two
    if whole is None and any(word in clause.text[token.end :] for word in BUDGET_WORDS):
        whole = WHOLE_BUDGET
    if whole is None and len(parts) == 1 and _of_a_unit(clause, token.start, parts[0]):
        return Share(parts=clause.selectors(parts), whole=clause.select(parts[0]))
    if whole is WHOLE_BUDGET and parts == [WHOLE_BUDGET]:
        return Share(parts=clause.selectors(parts), whole=clause.select(WHOLE_BUDGET))
    chosen: Selector | None = None
    if whole is not None:
        of_all = clause.scope.whole or any(whole.readings == part.readings for part in parts)
        of_all = of_all or (token.text + clause.text[token.end :]).startswith(_OF_ALL)
        chosen = clause.select(whole, ALL if of_all else only_unit(clause))
    elif clause.units and clause.scope.whole:
        chosen = clause.select(parts[0])
    together = clause.has("total") and len(parts) * max(1, len(clause.units)) > 1
    if together and chosen is None and len(parts) == 1:
        chosen = clause.select(parts[0])  # 本级和情报所加起来占总的多少: of the whole department's
    return Share(
        parts=clause.selectors(parts),
        whole=chosen,
        together=together and chosen is not None,
        more=tuple(clause.select(t, only_unit(clause)) for t in more),
    )


def _of_a_unit(clause: Clause, at: int, part: Topic) -> bool:
    """行政运行归局本级的占几成 · 智造中心占几成, of what was asked of the whole department: the
    unit's share of that, not of its own budget."""
    if len(clause.units) != 1 or clause.has("rank", "each", "group") or is_total(part):
        return False
    said = clause.text[part.end if not clause.inherited else 0 : at]
    own = "".join(t.text for t in clause.tokens if t.start < at and t.word and t.word.scopes)
    named_behind = bool(own) and own in said
    owned = any(f"{word}{own}" in said for word in _BELONGING) if own else False
    head = any(t.cue("head_office") and t.start < at for t in clause.tokens)
    owned = owned or (head and any(word in said for word in _BELONGING))
    parted = (named_behind or head) and "，" in said  # 行政运行477万，情报所占几成
    return owned or parted or (clause.inherited and (named_behind or head))


def _of_another(clause: Clause, at: int) -> Share | None:
    """口岸办三公占公安局三公的百分之几 · A的总预算是B的百分之几: of two departments."""
    if len(clause.siblings) != 1 or not several_departments(clause) or clause.units:
        return None
    (sibling,) = clause.siblings
    mentions = [t.start for t in clause.tokens if t.word and t.word.scopes]
    parted = clause.text[min(mentions, default=0) : max(mentions, default=0)]
    if len(mentions) != 2 or not any(word in parted for word in ("占", "是", "相当于")):
        return None
    own, other = clause.topics or (WHOLE_BUDGET,), sibling.topics or (WHOLE_BUDGET,)
    if len(own) > 2:
        return None
    return Share(parts=(clause.select(own[0]),), whole=sibling.select(other[-1]))


def _whole_of(clause: Clause, part: Topic) -> Topic | None:
    """三公中接待费占多少 · 差旅费在公用经费里占多少: which of two joined words is the whole."""
    inner, container = part.inner, part.container
    if inner is not None and container is not None:
        behind = clause.text[container.end :].startswith("在")  # 差旅费在情报所公用经费里
        if behind or clause.text[: inner.start].endswith("在"):
            return inner
    return container


def _is_income(topic: Topic) -> bool:
    return bool(topic.readings) and all(w.measure == Measure.REVENUE for w in topic.readings)


def _as_income(topic: Topic) -> Topic:
    """一般公共预算拨款 as a part of 财政拨款收入 is income too."""
    readings = tuple(
        w.model_copy(update={"measure": w.measure or Measure.REVENUE}) for w in topic.readings
    )
    return replace(topic, readings=readings)


def ratio(clause: Clause) -> Plan | None:
    """基本支出是公用经费的几倍 · 三公经费是去年的几倍."""
    if not clause.has("ratio"):
        return None
    against = clause.has("prior") or "翻" in clause.text
    if against and len(clause.topics) == 1 and len(clause.units) < 2:
        left = clause.selectors()
        right = tuple(s.model_copy(update={"aspect": Aspect.PRIOR}) for s in left)
        return Ratio(left=left, right=right)
    pair = comparison_of(clause)
    return Ratio(left=pair[0], right=pair[1]) if pair else None


def average(clause: Clause) -> Plan | None:
    """三公经费平均每个月多少 · 人均公用经费."""
    cue = clause.cue("average")
    if cue is None:
        return None
    topics = [t for t in clause.topics if not counts_things(t)]
    if cue.value == "vehicle":
        return _per_vehicle(clause)
    if cue.value in ("member", "unit") and several_departments(clause):
        group = group_of(clause)  # 三家平均多少, of the departments named
        if group is not None and group.axis == "department":
            return Average(selector=group.selector, per="member", group=group)
    if cue.value == "member" and not any(counts_things(t) for t in clause.topics):
        return _per_member(clause, topics)
    below = subordinate(clause)
    if cue.value in ("unit", "member") and below and not clause.units:
        chosen = clause.select((topics or [WHOLE_BUDGET])[0])  # 3家下属单位平均每家多少
        group = Group(axis="unit", selector=chosen, members=below)
        return Average(selector=chosen, per="member", group=group, unit=clause.money_unit())
    divisor = next((t for t in clause.topics if counts_things(t)), None)
    selectors = clause.selectors(topics)
    if cue.value in ("month", "quarter"):
        return Average(selector=selectors[0], per=cue.value, unit=clause.money_unit())  # type: ignore[arg-type]
    if divisor is None and cue.value == "unit":
        group = Group(axis="unit", selector=clause.select(WHOLE_BUDGET))
        return Average(selector=selectors[0], per="member", group=group, unit=clause.money_unit())
    if divisor is None:
        where = Where(measure=Measure.STAFF, axes={"item": "编制"})
        chosen = Selector(disclosure_id=clause.disclosure.id, name="编制数", readings=(where,))
    else:
        chosen = clause.select(divisor, only_unit(clause))
    return Average(
        selector=selectors[0],
        per="head" if cue.value == "member" else cue.value,  # type: ignore[arg-type]
        divisor=chosen,
        unit=clause.money_unit(),
    )


def _per_vehicle(clause: Clause) -> Plan | None:
    """公车运行费摊到每辆车多少: by the vehicles held; what buying costs, by those to be bought."""
    money = [replace(t, readings=_of_money(t)) for t in clause.topics if _of_money(t)]
    named = [t for t in clause.topics if not _of_money(t)]
    if not money:
        return None
    bought = any(w.axes.get("economic") == _BUYING for t in money for w in t.readings)
    labels = ("购置车辆",) if bought else noun_labels("车辆")
    readings = tuple(Where(measure=Measure.COUNT, axes={"item": label}) for label in labels)
    if named and not bought and all(t.name != labels[0] for t in named):
        readings = named[0].readings  # 平均每辆执法执勤用车
    chosen = Selector(disclosure_id=clause.disclosure.id, name=labels[0], readings=readings)
    return Average(
        selector=clause.selectors(money)[0],
        per="head",
        divisor=chosen,
        unit=clause.money_unit(),
    )


def _of_money(topic: Topic) -> tuple[Where, ...]:
    """The readings of a topic that are no counts of things."""
    counts = (Measure.COUNT, Measure.STAFF)
    return tuple(w for w in topic.readings if w.measure not in counts and set(w.axes) != {"item"})


def _per_member(clause: Clause, topics: Sequence[Topic]) -> Plan | None:
    """平均每个项目多少: the group's figure by the number of its members."""
    axis = named_axis(clause)
    if axis != "project":
        return None
    unit = only_unit(clause)
    group = Group(axis="project", selector=clause.select(WHOLE_BUDGET, unit))
    chosen = clause.select((list(topics) or [ALL_PROJECTS])[0], unit)
    return Average(selector=chosen, per="member", group=group, unit=clause.money_unit())


def difference(clause: Clause) -> Plan | None:
    """情报所比智能制造中心的公务接待费少多少 · 基本支出和项目支出相差多少."""
    compares = clause.has("difference", "more_less") or (
        clause.has("than") and not clause.has("change")
    )
    several = len(clause.topics) == 2 or len(clause.units) == 2 or bool(clause.siblings)
    who = clause.has("which") and several and not clause.has("rank", "list")
    who = who or ("还是" in clause.text and len(clause.topics) == 2 and clause.has("rank", "share"))
    if not (compares or who):
        return None
    pair = comparison_of(clause)
    if pair is None:
        return None
    return Difference(
        left=pair[0], right=pair[1], unit=clause.money_unit(), ordered=clause.has("than")
    )


def change(clause: Clause) -> Plan | None:
    """三公经费比去年增加了多少 · 同比增长率."""
    years = clause.scope.years
    before = clause.disclosure.year - 1
    against_last_year = clause.has("than", "difference", "up", "down", "more_less") and (
        clause.has("prior") or before in years
    )
    # 2024年和2023年分别是多少 asks for two figures, 2024年与2023年 for their difference.
    two_years = len(set(years)) > 1 and not clause.has("each")
    moved = bool(_MOVED.search(clause.text)) and not clause.has("than")
    asked = clause.has("change", "up", "down", "same", "rate") or two_years or moved
    if not (asked or against_last_year):
        return None
    if clause.has("rank") or (not clause.topics and not whole_budget(clause)):
        return None
    if (members := _changed_members(clause)) is not None:
        return members
    return Change(
        selectors=clause.selectors(),
        direction=direction(clause),
        want="rate" if wants_rate(clause) else "both",
        unit=clause.money_unit(),
    )


def _changed_members(clause: Clause) -> Plan | None:
    """哪些支出比上年增加了 · 几类涨了: the members of a group by the sign of their change."""
    totals = all(is_total(t) for t in clause.topics)
    if clause.siblings:
        return None  # which of the departments named: each with its change
    if not (
        totals and clause.has("list", "count", "group") and clause.has("up") != clause.has("down")
    ):
        return None
    selector = clause.selectors(())[0].model_copy(update={"aspect": Aspect.CHANGE})
    group = Group(axis="subject", level=3, selector=selector)
    sign = Condition(comparator=">" if clause.has("up") else "<", value=Decimal(0))
    if clause.has("count") and "哪" not in clause.text:
        return Count(group=group, condition=sign)
    return Listing(group=group, condition=sign)


def total(clause: Clause) -> Plan | None:
    """差旅费和会议费一共多少 · 除了科学技术支出，其他支出一共多少."""
    if clause.has("exclude"):
        return _excluding(clause)
    selectors = clause.selectors()
    below = subordinate(clause) if not clause.units and clause.has("total") else ()
    money = [t for t in clause.topics if not _is_noun(t)]
    if below and len(money) < 2:
        topic = (money or [WHOLE_BUDGET])[0]  # 三家下属单位的项目支出总额
        added = tuple(clause.select(topic, unit) for unit in below)
        return Total(selectors=added, unit=clause.money_unit())
    if _all_projects_asked(clause):
        return Lookup(selectors=clause.selectors([ALL_PROJECTS]), unit=clause.money_unit())
    adds = clause.has("total") or any(topic.summed for topic in clause.topics)
    if not adds or clause.has("each"):
        return None
    selectors = tuple(one for selector in selectors for one in _readings_apart(selector))
    if len(selectors) < 2:
        return None
    return Total(selectors=selectors, unit=clause.money_unit())


def _is_noun(topic: Topic) -> bool:
    """Whether a topic is a thing that is counted (下属单位), not money."""
    return counts_things(topic) or all(set(where.axes) == {"item"} for where in topic.readings)


def _all_projects_asked(clause: Clause) -> bool:
    """所有项目的总额是多少: what they cost together, not each."""
    bare = all(is_bare(t) or _is_noun(t) or is_total(t) for t in clause.topics)
    asked = clause.has("total") and "项目" in clause.text and len(clause.units) < 2
    return asked and bare and not clause.has("list", "rank", "count", "each", "share")


def _readings_apart(selector: Selector) -> tuple[Selector, ...]:
    """Members of one name on one axis, to be added (两个机构运行加起来)."""
    axes = [tuple(sorted(where.axes)) for where in selector.readings]
    if len(set(axes)) > 1 or len(axes) < 2:
        return (selector,)
    return tuple(selector.model_copy(update={"readings": (where,)}) for where in selector.readings)


def _excluding(clause: Clause) -> Plan | None:
    """The whole less what stands behind 除了: topics or units."""
    token = clause.cue_token("exclude")
    assert token is not None
    following = [t for t in clause.after(token.end) if not is_rest(clause, t) and not _is_noun(t)]
    owners = [
        t
        for t in clause.tokens
        if t.start >= token.end and t.word and (t.word.scopes or t.cue("head_office"))
    ]
    unit = only_unit(clause)
    if owners and clause.units and (not following or owners[0].start < following[0].start):
        topic = (following or [WHOLE_BUDGET])[0]
        off = tuple(clause.select(topic, key) for key in clause.units)
        return Total(selectors=(clause.select(topic),), minus=off, unit=clause.money_unit())
    comma = clause.text.find("，", token.end)
    minus = [
        t
        for i, t in enumerate(following)
        if i == 0 or (t.coordinated and not following[0].end <= comma < t.start)
    ]
    if not minus:
        return None
    rest = [t for t in clause.topics if t not in minus and not is_rest(clause, t)]
    of_projects = all("project" in w.axes for t in minus for w in t.readings)
    whole = ALL_PROJECTS if of_projects else WHOLE_BUDGET
    wholes = rest or [minus[0].container or whole]
    return Total(
        selectors=tuple(clause.select(t, unit) for t in wholes),
        minus=tuple(clause.select(t, unit) for t in minus),
        unit=clause.money_unit(),
    )
