"""From a clause to a plan: which operation its cues ask for, with the members it works on.

Builders are tried in order; the first that fits makes the plan. Each one states its example.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from disclosure.model import ALL, Measure
from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.groups import comparison_of, group_of
from qa_service.understanding.plan import (
    Average,
    Change,
    Count,
    Define,
    Difference,
    Explain,
    FindTable,
    FundOf,
    Listing,
    Lookup,
    Plan,
    Prior,
    Rank,
    Ratio,
    Search,
    Selector,
    Share,
    Targets,
    Total,
    Where,
)
from qa_service.understanding.topics import Topic

Builder = Callable[[Clause], Plan | None]
Direction = Literal["up", "down", "same"]


def plan_of(clause: Clause) -> Plan | None:
    """The plan of a clause, or None when it names nothing that a tool could work on."""
    for builder in BUILDERS:
        plan = builder(clause)
        if plan is not None:
            return plan
    return None


def find_table(clause: Clause) -> Plan | None:
    """三公经费在哪张表 · 表7是什么表."""
    tables = tuple(i for topic in clause.topics for i in topic.table_ids)
    asks_for_figure = clause.has("amount", "count", "rank", "total", "share", "list")
    if not clause.has("which_table") and (not tables or asks_for_figure or len(clause.topics) > 1):
        return None
    topics = [topic for topic in clause.topics if not topic.table_ids]
    if not topics and not tables:
        return None
    return FindTable(
        disclosure_id=clause.disclosure.id,
        topic=topics[0].name if topics else "",
        selectors=clause.selectors(topics) if topics else (),
        table_ids=tables if not topics else (),
    )


def define(clause: Clause) -> Plan | None:
    """机关运行经费是什么意思."""
    if not clause.has("define") or clause.has("amount", "why", "purpose", "list", "target"):
        return None
    topics = [topic for topic in clause.topics if not topic.table_ids]
    if clause.units or (not topics and not clause.unknown):
        return None
    term = _words(clause, topics[0], topics[-1]) if topics else clause.unknown[0]
    return Define(disclosure_ids=(clause.disclosure.id,), term=term)


def explain(clause: Clause) -> Plan | None:
    """为什么三公经费减少了 · 科技期刊购置是干什么用的."""
    if clause.has("why") and not _how_much(clause):
        direction = _direction(clause)
        topic = clause.topics[0] if clause.topics else None
        return Explain(
            aspect="reason",
            disclosure_id=clause.disclosure.id,
            topic=topic.name if topic else "",
            selectors=clause.selectors(clause.topics[:1]),
            direction=direction,
            words=clause.text,
        )
    if clause.has("purpose") and clause.topics and not clause.has("duty"):
        topic = clause.topics[-1]
        return Explain(
            aspect="purpose",
            disclosure_id=clause.disclosure.id,
            topic=topic.name,
            selectors=clause.selectors([topic]),
            words=clause.text,
        )
    return None


def duties(clause: Clause) -> Plan | None:
    """科技局是干什么的 · 内设机构有哪些."""
    asks_figure = clause.has("amount", "count") or clause.condition() is not None
    if asks_figure or any(t.source not in ("item", "concept") for t in clause.topics):
        return None
    structural = clause.has("structure") or any(
        where.measure == Measure.COUNT for t in clause.topics for where in t.readings
    )
    if structural and clause.has("list", "structure", "each", "define"):
        topic = clause.topics[0].name if clause.topics else ""
        return Explain(
            aspect="structure",
            disclosure_id=clause.disclosure.id,
            topic=topic,
            words=clause.text,
        )
    if clause.topics:
        return None
    if clause.has("duty") or clause.has("purpose"):
        return Explain(
            aspect="duty",
            disclosure_id=clause.disclosure.id,
            topic="",
            words=clause.text,
        )
    return None


def targets(clause: Clause) -> Plan | None:
    """数据库资源购置的绩效目标是什么 · 科技期刊的数量指标."""
    indicators = tuple(i for topic in clause.topics for i in topic.indicators)
    if not clause.has("target") and not indicators:
        return None
    projects = [
        where.axes["project"]
        for t in clause.topics
        for where in t.readings
        if "project" in where.axes
    ]
    project = projects[0] if projects else None
    token = clause.cue_token("target")
    kind = token.text if token and token.text.endswith("指标") and len(token.text) > 4 else None
    if project is None and not indicators:
        return None
    return Targets(
        disclosure_id=clause.disclosure.id,
        project=project,
        indicator_class=kind,
        indicator=indicators[0] if indicators else None,
    )


def fund_of(clause: Clause) -> Plan | None:
    """科技期刊购置用的是什么资金."""
    if not clause.has("which_fund"):
        return None
    return FundOf(selector=clause.selectors()[0])


def share(clause: Clause) -> Plan | None:
    """科学技术支出占总支出的比例 · 三公经费中公务接待费占多少."""
    token = clause.cue_token("share")
    if token is None:
        return None
    before, after = clause.before(token.start), clause.after(token.end)
    whole: Topic | None = None
    parts = before or list(clause.topics)
    if before and after:
        whole = after[0]
    elif len(parts) == 1 and parts[0].container is not None and not clause.units:
        whole = _container_of(parts[0])
    if not parts:
        parts = [WHOLE_BUDGET]
    selectors = clause.selectors(parts)
    chosen: Selector | None = None
    if whole is not None:
        chosen = clause.select(whole, ALL if _mentions_all(clause) else _only_unit(clause))
    elif clause.units and (_mentions_all(clause) or len(parts) == 1):
        chosen = clause.select(parts[0])
    return Share(parts=selectors, whole=chosen)


def ratio(clause: Clause) -> Plan | None:
    """基本支出是公用经费的几倍."""
    if not clause.has("ratio"):
        return None
    pair = comparison_of(clause)
    return Ratio(left=pair[0], right=pair[1]) if pair else None


def average(clause: Clause) -> Plan | None:
    """三公经费平均每个月多少 · 人均公用经费."""
    cue = clause.cue("average")
    if cue is None:
        return None
    topics = [t for t in clause.topics if not _counts(t)]
    divisor = next((t for t in clause.topics if _counts(t)), None)
    selectors = clause.selectors(topics)
    if cue.value in ("month", "quarter"):
        return Average(selector=selectors[0], per=cue.value, unit=clause.money_unit())  # type: ignore[arg-type]
    if divisor is None:
        noun = "编制" if cue.value == "head" else "单位"
        where = Where(measure=Measure.STAFF if cue.value == "head" else Measure.COUNT)
        chosen = Selector(disclosure_id=clause.disclosure.id, name=noun, readings=(where,))
    else:
        chosen = clause.select(divisor, _only_unit(clause))
    return Average(
        selector=selectors[0],
        per=cue.value,  # type: ignore[arg-type]
        divisor=chosen,
        unit=clause.money_unit(),
    )


def rank(clause: Clause) -> Plan | None:
    """哪个单位的三公经费最多 · 金额最大的前3个项目."""
    cue = clause.cue("rank")
    numbers = [t for t in clause.tokens if t.number is not None]
    ordered = cue is not None or any(t.text.startswith(("前", "第")) for t in numbers)
    if not ordered:
        return None
    group = group_of(clause)
    if group is None:
        return None
    n, position = 1, None
    ranked = cue is not None and any(
        token.text in ("排名", "排行", "排序") or "到" in token.text
        for token in clause.tokens
        if token.cue("rank")
    )
    if ranked:
        n = 50
    descending = cue is None or cue.value != "asc"
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


def difference(clause: Clause) -> Plan | None:
    """情报所比智能制造中心的公务接待费少多少 · 基本支出和项目支出相差多少."""
    compares = clause.has("difference", "more_less") or (
        clause.has("than") and not clause.has("change")
    )
    if not compares:
        return None
    pair = comparison_of(clause)
    return Difference(left=pair[0], right=pair[1], unit=clause.money_unit()) if pair else None


def change(clause: Clause) -> Plan | None:
    """三公经费比去年增加了多少 · 同比增长率."""
    two_years = len(clause.scope.years) > 1
    if not (clause.has("change", "up", "down", "same", "rate") or two_years):
        return None
    want = "both"
    if clause.has("rate") and not clause.has("amount"):
        want = "rate"
    return Change(
        selectors=clause.selectors(),
        direction=_direction(clause),
        want=want,  # type: ignore[arg-type]
        unit=clause.money_unit(),
    )


def count(clause: Clause) -> Plan | None:
    """10万元以上的项目有几个 · 有几个科室."""
    if not clause.has("count"):
        return None
    counted = [t for t in clause.topics if _counts(t)]
    condition = clause.condition()
    if counted and condition is None and not clause.has("group"):
        return Lookup(selectors=clause.selectors(counted))
    group = group_of(clause)
    if group is None:
        return None
    if condition is None and counted:
        return Lookup(selectors=clause.selectors(counted))
    return Count(group=group, condition=condition)


def total(clause: Clause) -> Plan | None:
    """差旅费和会议费一共多少 · 除了科学技术支出，其他支出一共多少."""
    token = clause.cue_token("exclude")
    if token is not None:
        following = clause.after(token.end)
        minus = [t for i, t in enumerate(following) if i == 0 or t.coordinated]
        rest = [t for t in clause.topics if t not in minus]
        if not minus and clause.units:
            whole = clause.select((rest or [WHOLE_BUDGET])[0])
            off = tuple(clause.select((rest or [WHOLE_BUDGET])[0], u) for u in clause.units)
            return Total(selectors=(whole,), minus=off, unit=clause.money_unit())
        if minus:
            unit = _only_unit(clause)
            wholes = rest or [_container_of(minus[0]) or WHOLE_BUDGET]
            return Total(
                selectors=tuple(clause.select(t, unit) for t in wholes),
                minus=tuple(clause.select(t, unit) for t in minus),
                unit=clause.money_unit(),
            )
    selectors = clause.selectors()
    adds = clause.has("total") or any(topic.summed for topic in clause.topics)
    if adds and len(selectors) > 1 and not clause.has("each"):
        return Total(selectors=selectors, unit=clause.money_unit())
    return None


def listing(clause: Clause) -> Plan | None:
    """各单位的公务接待费分别是多少 · 有哪些项目."""
    wants = clause.has("list", "each", "which", "group") or clause.condition() is not None
    if not wants or (len(clause.topics) > 1 and not clause.has("group")):
        return None
    group = group_of(clause)
    if group is None or (clause.units and not clause.has("list", "group")):
        return None
    condition = clause.condition()
    return Listing(group=group, condition=condition, unit=clause.money_unit())


def prior(clause: Clause) -> Plan | None:
    """去年的三公经费是多少."""
    before = clause.disclosure.year - 1
    asked = clause.has("prior") or (bool(clause.scope.years) and max(clause.scope.years) == before)
    if not asked:
        return None
    return Prior(selectors=clause.selectors(), unit=clause.money_unit())


def lookup(clause: Clause) -> Plan | None:
    """情报所的公务接待费是多少 · 三公."""
    topics = [topic for topic in clause.topics if not topic.table_ids]
    names_something = bool(topics) or bool(clause.units) or clause.scope.named
    if not names_something and not clause.has("amount", "total", "has"):
        return None
    if not topics and clause.unknown:
        return None
    return Lookup(
        selectors=clause.selectors(topics),
        unit=clause.money_unit(),
        claim=clause.claim() or (clause.condition() if clause.has("is_it") else None),
        yes_no=clause.has("has"),
    )


def search(clause: Clause) -> Plan | None:
    """科技下乡是怎么安排的."""
    return Search(disclosure_ids=(clause.disclosure.id,), words=clause.text)


BUILDERS: tuple[Builder, ...] = (
    find_table,
    define,
    explain,
    duties,
    fund_of,
    targets,
    average,
    ratio,
    rank,
    share,
    difference,
    change,
    count,
    total,
    listing,
    prior,
    lookup,
)


def _direction(clause: Clause) -> Direction | None:
    if clause.has("change") and clause.has("up") == clause.has("down"):
        return None
    directions: tuple[Direction, ...] = ("up", "down", "same")
    return next((name for name in directions if clause.has(name)), None)


def _how_much(clause: Clause) -> bool:
    return clause.has("amount") and clause.has("list", "each")


def _counts(topic: Topic) -> bool:
    return any(where.measure in (Measure.COUNT, Measure.STAFF) for where in topic.readings)


def _only_unit(clause: Clause) -> str:
    return clause.units[0] if len(clause.units) == 1 else ALL


def _mentions_all(clause: Clause) -> bool:
    return clause.scope.whole


def _container_of(topic: Topic) -> Topic | None:
    container = topic.container
    return container if container is not None and container.readings else None


def _words(clause: Clause, first: Topic, last: Topic) -> str:
    """The question's own words for its topics: a term is defined under the name people use."""
    return clause.text[first.start : last.end] or first.name
