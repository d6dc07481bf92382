"""From a clause to a plan: which operation its cues ask for, with the members it works on.

Builders are tried in order; the first that fits makes the plan. Each one states its example.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal

from disclosure.model import ALL, Aspect, Measure
from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.groups import comparison_of, group_of, named_axis
from qa_service.understanding.plan import (
    Average,
    Change,
    Condition,
    Contents,
    Count,
    Define,
    Difference,
    Explain,
    FindTable,
    FundOf,
    Group,
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

#: Short words for the classes of indicators.
_INDICATOR_CLASSES = (
    "数量指标",
    "质量指标",
    "时效",
    "成本",
    "经济效益",
    "社会效益",
    "生态",
    "可持续",
    "满意度",
)
_COUNTERS = ("个", "项", "家", "名", "类", "位")
#: Words for the budget as a whole.
_BUDGET_WORDS = (
    "预算",
    "支出",
    "收入",
    "盘子",
    "开支",
    "花费",
    "花销",
    "开销",
    "经费",
    "收支",
    "花",
)
_POINTING = ("这笔", "那笔", "这个", "那个", "刚才", "上面", "前者", "后者", "它")


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
    asks_for_figure = clause.has("amount", "count", "rank", "total", "share")
    if not clause.has("which_table") and (not tables or asks_for_figure or len(clause.topics) > 1):
        return None
    if any(word in clause.text for word in ("没有数据", "无数据", "空表", "是空的")):
        return FindTable(disclosure_id=clause.disclosure.id, topic="", empty=True)
    topics = [t for t in clause.topics if not t.table_ids and not _counts(t)]
    token = clause.cue_token("which_table")
    topic = topics[0].name if topics else content_of(clause) if token else ""
    if not topic and not tables:
        return None
    return FindTable(
        disclosure_id=clause.disclosure.id,
        topic=topic,
        selectors=clause.selectors(topics) if topics else (),
        table_ids=tables if not topics else (),
    )


def define(clause: Clause) -> Plan | None:
    """机关运行经费是什么意思."""
    others = ("amount", "why", "purpose", "target", "structure", "rank")
    if not clause.has("define") or clause.has(*others):
        return None
    if clause.units or clause.has("duty"):
        return None
    terms = tuple(_words(clause, topic) for topic in clause.topics if not topic.table_ids)
    terms = terms or clause.unknown[:1]
    if not terms:
        return None
    return Define(disclosure_ids=(clause.disclosure.id,), terms=terms)


def explain(clause: Clause) -> Plan | None:
    """为什么三公经费减少了 · 科技期刊购置是干什么用的."""
    if clause.has("why") and not (clause.has("amount") and clause.has("list", "each")):
        if not clause.topics and not _whole_budget(clause):
            return None
        return Explain(
            aspect="reason",
            disclosure_id=clause.disclosure.id,
            topics=_topic_names(clause, list(clause.topics[:1]) or [WHOLE_BUDGET]),
            selectors=clause.selectors(clause.topics[:1]),
            direction=_direction(clause),
            words=clause.text,
            claim=clause.claim(),
        )
    if clause.has("purpose") and clause.topics and not clause.has("duty"):
        return Explain(
            aspect="purpose",
            disclosure_id=clause.disclosure.id,
            topics=_topic_names(clause, clause.topics),
            selectors=clause.selectors(clause.topics[-1:]),
            words=clause.text,
            claim=clause.claim(),
        )
    return None


def duties(clause: Clause) -> Plan | None:
    """科技局是干什么的 · 内设机构有哪些 · 情报所是什么性质的单位."""
    if clause.has("amount", "count", "group") or clause.condition() is not None:
        return None
    named = any(t.source in ("project", "table", "indicator") for t in clause.topics)
    if named and not clause.has("duty"):
        return None
    counted = [t for t in clause.topics if _counts(t) and t.name != "项目"]
    units = tuple(u.name for u in clause.disclosure.units if u.key in clause.units)
    asks_structure = clause.has("structure") or (
        bool(counted) and (clause.has("list", "each", "define") or bool(units))
    )
    if clause.has("rank"):
        return None
    if counted and clause.claim() is not None:
        return Lookup(selectors=clause.selectors(counted), claim=clause.claim())
    if asks_structure and len(counted) == len(clause.topics):
        return Explain(
            aspect="structure",
            disclosure_id=clause.disclosure.id,
            topics=(*units, *(t.name for t in counted)),
            selectors=clause.selectors(counted) if counted else (),
            words=content_of(clause),
        )
    asks_duty = clause.has("duty", "who") or (clause.has("purpose") and not clause.topics)
    if asks_duty and not clause.has("change", "rank", "share", "total"):
        return Explain(aspect="duty", disclosure_id=clause.disclosure.id, words=content_of(clause))
    return None


def targets(clause: Clause) -> Plan | None:
    """数据库资源购置的绩效目标是什么 · 科技期刊的数量指标."""
    indicators = tuple(i for topic in clause.topics for i in topic.indicators)
    others = [t for t in clause.topics if not t.indicators and t.source != "project"]
    if not clause.has("target") and (not indicators or others):
        return None
    if clause.has("which_table"):
        return None
    projects = [
        where.axes["project"]
        for t in clause.topics
        for where in t.readings
        if "project" in where.axes
    ]
    project = projects[0] if projects else None
    kind = next((word for word in _INDICATOR_CLASSES if word in clause.text), None)
    if project is None and not indicators:
        return None
    return Targets(
        disclosure_id=clause.disclosure.id,
        project=project,
        indicator_class=kind,
        indicator=_indicator_of(clause, project),
    )


def _indicator_of(clause: Clause, project: str | None) -> str | None:
    """The indicator named, of the project named where several have it."""
    for topic in clause.topics:
        for name, where in zip(topic.indicators, topic.readings, strict=False):
            if project is None or where.axes.get("project") == project:
                return name
    return None


def fund_of(clause: Clause) -> Plan | None:
    """科技期刊购置用的是什么资金."""
    if not clause.has("which_fund"):
        return None
    return FundOf(selector=clause.selectors()[0])


def share(clause: Clause) -> Plan | None:
    """科学技术支出占总支出的比例 · 三公经费中公务接待费占多少."""
    token = clause.cue_token("share")
    if not (clause.topics or clause.units or _whole_budget(clause)):
        return None
    if token is None or (clause.has("change", "up", "down") and "占" not in clause.text):
        return None
    before, after = clause.before(token.start), clause.after(token.end)
    whole: Topic | None = None
    parts = before or list(clause.topics)
    if before and after:
        whole = after[0]
    elif clause.units and not before and len(after) == 1:
        # 情报所预算占部门总预算多少: the unit's own part of the same figure.
        return Share(parts=clause.selectors(after), whole=clause.select(after[0]))
    elif not before and len(after) > 1:  # English order: what share of the whole is the part
        whole, parts = after[0], after[1:]
    elif len(parts) == 1 and parts[0].container is not None and not clause.units:
        whole = _whole_of(clause, parts[0])
    parts = parts or [WHOLE_BUDGET]
    if whole is None and any(word in clause.text[token.end :] for word in _BUDGET_WORDS):
        whole = WHOLE_BUDGET
    if whole is WHOLE_BUDGET and parts == [WHOLE_BUDGET]:
        return Share(parts=clause.selectors(parts), whole=clause.select(WHOLE_BUDGET))
    chosen: Selector | None = None
    if whole is not None:
        chosen = clause.select(whole, ALL if clause.scope.whole else _only_unit(clause))
    elif clause.units and clause.scope.whole:
        chosen = clause.select(parts[0])
    together = clause.has("total") and len(parts) * max(1, len(clause.units)) > 1
    return Share(
        parts=clause.selectors(parts), whole=chosen, together=together and chosen is not None
    )


def _whole_of(clause: Clause, part: Topic) -> Topic | None:
    """三公中接待费占多少 · 差旅费在公用经费里占多少: which of two joined words is the whole."""
    inner = part.inner
    if inner is not None and clause.text[: inner.start].endswith("在"):
        return inner
    return part.container


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
    if cue.value == "member":
        return _per_member(clause, topics)
    divisor = next((t for t in clause.topics if _counts(t)), None)
    selectors = clause.selectors(topics)
    if cue.value in ("month", "quarter"):
        return Average(selector=selectors[0], per=cue.value, unit=clause.money_unit())  # type: ignore[arg-type]
    if divisor is None:
        measure = Measure.STAFF if cue.value == "head" else Measure.COUNT
        item = "编制" if cue.value == "head" else "单位"
        where = Where(measure=measure, axes={"item": item})
        chosen = Selector(disclosure_id=clause.disclosure.id, name=f"{item}数", readings=(where,))
    else:
        chosen = clause.select(divisor, _only_unit(clause))
    return Average(
        selector=selectors[0],
        per=cue.value,  # type: ignore[arg-type]
        divisor=chosen,
        unit=clause.money_unit(),
    )


def _per_member(clause: Clause, topics: Sequence[Topic]) -> Plan | None:
    """平均每个项目多少: the group's figure by the number of its members."""
    axis = named_axis(clause)
    if axis != "project":
        return None
    spent = Topic("项目支出", (Where(axes={"kind": "project"}),), 0, 0, "default")
    unit = _only_unit(clause)
    group = Group(axis="project", selector=clause.select(WHOLE_BUDGET, unit))
    chosen = clause.select((list(topics) or [spent])[0], unit)
    return Average(selector=chosen, per="member", group=group, unit=clause.money_unit())


def rank(clause: Clause, known: Group | None = None) -> Plan | None:
    """哪个单位的三公经费最多 · 金额最大的前3个项目. ``known``: the group of the turn before."""
    cue = clause.cue("rank")
    numbers = [t for t in clause.tokens if t.number is not None]
    ordered = cue is not None or bool(numbers)
    grouped = clause.has("group") or named_axis(clause) is not None
    if not ordered or not (known or clause.topics or grouped or _whole_budget(clause)):
        return None
    group = known or group_of(clause, _ranked_aspect(clause))
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
    if group.selector.aspect != "amount" and clause.has("down"):
        descending = not descending  # 减少得最多: the most negative change
    counted = [t.amount for t in clause.tokens if t.amount and t.amount.unit in _COUNTERS]
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


def difference(clause: Clause) -> Plan | None:
    """情报所比智能制造中心的公务接待费少多少 · 基本支出和项目支出相差多少."""
    compares = clause.has("difference", "more_less") or (
        clause.has("than") and not clause.has("change")
    )
    if not compares:
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
    if (
        not (clause.has("change", "up", "down", "same", "rate") or len(set(years)) > 1)
        and not against_last_year
    ):
        return None
    if clause.has("rank") or (not clause.topics and not _whole_budget(clause)):
        return None
    if (members := _changed_members(clause)) is not None:
        return members
    return Change(
        selectors=clause.selectors(),
        direction=_direction(clause),
        want="rate" if _wants_rate(clause) else "both",
        unit=clause.money_unit(),
    )


def _changed_members(clause: Clause) -> Plan | None:
    """哪些支出比上年增加了 · 几类涨了: the members of a group by the sign of their change."""
    totals = all(_is_total(t) for t in clause.topics)
    if not (totals and clause.has("list", "count") and clause.has("up") != clause.has("down")):
        return None
    selector = clause.selectors(())[0].model_copy(update={"aspect": Aspect.CHANGE})
    group = Group(axis="subject", level=3, selector=selector)
    sign = Condition(comparator=">" if clause.has("up") else "<", value=Decimal(0))
    if clause.has("count"):
        return Count(group=group, condition=sign)
    return Listing(group=group, condition=sign)


def count(clause: Clause) -> Plan | None:
    """10万元以上的项目有几个 · 有几个科室."""
    condition = clause.condition()
    how_many = (
        condition
        and not clause.has("rank", "list")
        and ((clause.has("group") and clause.has("amount")) or named_axis(clause) is not None)
    )
    if not (clause.has("count") or how_many) or (clause.has("list") and not clause.topics):
        return None
    counted = [t for t in clause.topics if _counts(t)]
    if counted and condition is None and not clause.units and not _of_amounts(clause):
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


def _of_amounts(clause: Clause) -> bool:
    """Whether the clause also names money: 有几个单位安排了公车费 counts by it."""
    return any(not _counts(topic) for topic in clause.topics)


def _asks_classes(clause: Clause) -> bool:
    """支出分为几类: the classes of expenditure that have any."""
    token = clause.cue_token("count")
    return token is not None and "类" in token.text and all(_is_total(t) for t in clause.topics)


def total(clause: Clause) -> Plan | None:
    """差旅费和会议费一共多少 · 除了科学技术支出，其他支出一共多少."""
    if clause.has("exclude"):
        return _excluding(clause)
    selectors = clause.selectors()
    adds = clause.has("total") or any(topic.summed for topic in clause.topics)
    if not adds or clause.has("each"):
        return None
    if len(selectors) == 1 and len(selectors[0].readings) > 1:
        selectors = _readings_apart(selectors[0])
    if len(selectors) < 2:
        return None
    return Total(selectors=selectors, unit=clause.money_unit())


def _readings_apart(selector: Selector) -> tuple[Selector, ...]:
    """Members of one name on one axis, to be added (两个机构运行加起来)."""
    axes = [tuple(sorted(where.axes)) for where in selector.readings]
    if len(set(axes)) > 1:
        return (selector,)
    return tuple(selector.model_copy(update={"readings": (where,)}) for where in selector.readings)


def _excluding(clause: Clause) -> Plan | None:
    """The whole less what stands behind 除了: topics or units."""
    token = clause.cue_token("exclude")
    assert token is not None
    following = [t for t in clause.after(token.end) if not _rest(clause, t)]
    owners = [
        t
        for t in clause.tokens
        if t.start >= token.end and t.word and (t.word.scopes or t.cue("head_office"))
    ]
    unit = _only_unit(clause)
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
    rest = [t for t in clause.topics if t not in minus and not _rest(clause, t)]
    wholes = rest or [minus[0].container or WHOLE_BUDGET]
    return Total(
        selectors=tuple(clause.select(t, unit) for t in wholes),
        minus=tuple(clause.select(t, unit) for t in minus),
        unit=clause.money_unit(),
    )


def listing(clause: Clause) -> Plan | None:
    """各单位的公务接待费分别是多少 · 有哪些项目."""
    wants = clause.has("list", "each", "which", "group") or clause.condition() is not None
    if not wants or (len(clause.topics) > 1 and not clause.has("group")):
        return None
    if not clause.topics and not clause.has("group") and not _whole_budget(clause):
        return None
    group = group_of(clause)
    if group is None or (clause.units and not clause.has("list", "group")):
        return None
    condition = clause.condition() or _without(clause)
    return Listing(group=group, condition=condition, unit=clause.money_unit())


def _without(clause: Clause) -> Condition | None:
    """哪个单位没有公车费: the members whose figure is zero."""
    lacks = any(word in clause.text for word in ("没有", "没安排", "未安排", "无"))
    if not (lacks and clause.has("which", "group", "count")):
        return None
    return Condition(comparator="=", value=Decimal(0))


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
    if not topics and (clause.unknown or not _whole_budget(clause)):
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


def contents(clause: Clause) -> Plan | None:
    """一共有几张报表 · 名词解释里有多少个名词 · 主要职责有几条."""
    asks = clause.has("count", "list", "total") and not clause.units
    words = {"报表": "table", "几张表": "table", "名词": "term", "术语": "term", "职责": "duty"}
    kind = next((kind for word, kind in words.items() if word in clause.text), None)
    if kind is None or not asks or any(t.source != "item" for t in clause.topics):
        return None
    if kind == "duty" and not clause.has("count"):
        return None
    return Contents(disclosure_id=clause.disclosure.id, kind=kind)  # type: ignore[arg-type]


BUILDERS: tuple[Builder, ...] = (
    contents,
    find_table,
    fund_of,
    define,
    explain,
    duties,
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
    """What the question presumes; nothing where it asks 增加还是减少."""
    if clause.has("up") and clause.has("down"):
        return None
    directions: tuple[Direction, ...] = ("up", "down", "same")
    return next((name for name in directions if clause.has(name)), None)


def _wants_rate(clause: Clause) -> bool:
    """Whether the rate is asked for (降了百分之几), not the amount."""
    by_percent = any("百分" in token.text for token in clause.tokens if token.cue("share"))
    return clause.has("rate") or by_percent


def _ranked_aspect(clause: Clause) -> str:
    """增幅最大 ranks by rate, 增加得最多 by change, anything else by amount."""
    if clause.has("rate"):
        return Aspect.CHANGE_RATE
    if clause.has("up", "down", "change"):
        return Aspect.CHANGE
    return Aspect.AMOUNT


def _counts(topic: Topic) -> bool:
    return any(where.measure in (Measure.COUNT, Measure.STAFF) for where in topic.readings)


def _only_unit(clause: Clause) -> str:
    return clause.units[0] if len(clause.units) == 1 else ALL


def _whole_budget(clause: Clause) -> bool:
    """Whether the budget as a whole may be meant: someone is named, or a word for it is said."""
    if clause.units or clause.scope.named or clause.inherited:
        return True
    if any(word in clause.text for word in _POINTING):
        return False  # 这笔钱花哪了: of what was said before, and nothing was
    return any(word in clause.text for word in _BUDGET_WORDS)


def _topic_names(clause: Clause, topics: Sequence[Topic]) -> tuple[str, ...]:
    """The names under which a passage may speak of the topics, likeliest first."""
    names = [name for t in reversed(topics) for name in (_words(clause, t), t.name)]
    if any(t is WHOLE_BUDGET or t.source == "weak" or _is_total(t) for t in topics):
        names += [
            "支出总预算",
            "支出预算",
            "收支",
            "部门预算",
            "总体支出",
            "收入预算",
            "收支总预算",
        ]
    return tuple(dict.fromkeys(name for name in names if name))


def _is_total(topic: Topic) -> bool:
    return all(not where.axes and where.measure == Measure.EXPENDITURE for where in topic.readings)


def content_of(clause: Clause, without: str = "") -> str:
    """The words that carry the question's content: no cues, no department, nothing harmless;
    ``without`` leaves out words that name members of that source."""
    return "".join(
        token.text
        for token in clause.tokens
        if token.unknown or (token.word and any(b.source != without for b in token.word.bindings))
    )


def _rest(clause: Clause, topic: Topic) -> bool:
    """其他支出 after 除了 is what remains, not the subject of that name."""
    return clause.text[topic.start : topic.end].startswith(("其他", "其余", "剩"))


def _words(clause: Clause, topic: Topic) -> str:
    """The question's own words for a topic: a term is defined under the name people use."""
    return clause.text[topic.start : topic.end] or topic.name
