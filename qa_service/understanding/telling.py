"""Plans that answer in the document's own words: tables, terms, reasons, duties, targets.

Each builder states its example and gives None where the clause asks something else.
"""

from __future__ import annotations

import re

from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.groups import parts_axis
from qa_service.understanding.plan import (
    Codes,
    Contents,
    Define,
    Explain,
    FindTable,
    FundOf,
    Lookup,
    Plan,
    Targets,
)
from qa_service.understanding.segment import Token
from qa_service.understanding.wording import (
    INDICATOR_CLASSES,
    content_of,
    counts_things,
    direction,
    topic_names,
    whole_budget,
    words_of,
)

_CONTENTS = (
    dict.fromkeys(("报表", "几张表", "表一共几张", "表有几张", "表共几张"), "table")
    | dict.fromkeys(("名词", "术语"), "term")
    | {"职责": "duty"}
)
_ASKED = re.compile(
    "(?:各|分别|又)?(?:给|发|报|告诉|查|念|说|写|来|和|与|及|以及|是|为|多少|几|什么|啥|呢|吗|[？?。，,]|$)"
)
_WHICH_SUBJECT = re.compile("什么|哪个|哪一个|哪项|啥|对应|代表")
#: 405003是哪个单位.
_WHOSE_CODE = re.compile(
    "(?:^|\\D)\\d{6,}(?:这个)?(?:代码|编码)?(?:对应|代表|指)?的?(?:是|叫)?"
    "(?:哪个|哪家|哪一家|什么)(?:单位|部门|机构)?"
)
#: What a term covers, of one that no table breaks down.
_EXTENT = re.compile(
    "(?:包含|包括|涵盖|包|含|指)(?:了|着)?(?:哪[些几]|什么|啥)(?!时候)|都?(?:有|算)哪些(?:开支|费用|内容|东西)"
)
#: 下属有X吗 · X是不是它下面的单位.
_BELONGS = re.compile(
    "(?:下[属面设辖级]|所属|直属|旗下|2级|二级|名下|底下)(?:单位|机构)?(?:里|中|当中)?(?:有没有|是否有|有无|有|包括|包含|设)"
    "(?!多少|几|哪|什么)|(?:是不是|是否|是|属于|算).*(?:下[属面级]|所属|直属|旗下|2级|二级).*(?:吗|么|？|\\?|$)"
)
_WHICH_OFFICE = re.compile("哪个?[一]?个?(?:内设)?(?:科室|处室|处|科|股室)")


def find_table(clause: Clause) -> Plan | None:
    """三公经费在哪张表 · 表7是什么表."""
    tables = tuple(i for topic in clause.topics for i in topic.table_ids)
    asks_for_figure = clause.has("amount", "count", "rank", "total", "share")
    only_tables = all(topic.table_ids for topic in clause.topics)
    if not clause.has("which_table") and (
        not tables or asks_for_figure or (len(clause.topics) > 1 and not only_tables)
    ):
        return None
    if any(word in clause.text for word in ("没有数据", "无数据", "空表", "是空的")):
        return FindTable(disclosure_id=clause.disclosure.id, topic="", empty=True)
    topics = [t for t in clause.topics if not t.table_ids and not counts_things(t)]
    token = clause.cue_token("which_table")
    topic = topics[0].name if topics else content_of(clause) if token else ""
    if token and not topics and clause.has("target"):
        topic = "绩效目标"
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
    if not (clause.has("define") or _asks_extent(clause)) or clause.has(*others):
        return None
    if clause.units or clause.has("duty") or any(t.number is not None for t in clause.tokens):
        return None  # 公用经费里前5项是什么
    terms = tuple(words_of(clause, topic) for topic in clause.topics if not topic.table_ids)
    if _asks_extent(clause):
        terms += tuple(topic.name for topic in clause.topics)
    # “三公”经费的定义里公务接待费指什么: the term that contains it is told where it has none.
    terms += tuple(
        name
        for topic in clause.topics
        for part in (topic.inner, topic.container)
        if part is not None
        for name in (words_of(clause, part), part.name)
    )
    terms = tuple(dict.fromkeys(terms)) or clause.unknown[:1]
    if not terms:
        return None
    return Define(disclosure_ids=(clause.disclosure.id,), terms=terms)


def _asks_extent(clause: Clause) -> bool:
    """因公出国费包含哪些开支, of a leaf of the classification."""
    leaves = all(
        topic.source in ("concept", "spoken", "economic", "national")
        and parts_axis(topic) is None
        and any(set(where.axes) & {"economic"} for where in topic.readings)
        for topic in clause.topics
    )
    return bool(clause.topics) and leaves and _EXTENT.search(clause.text) is not None


def explain(clause: Clause) -> Plan | None:
    """为什么三公经费减少了 · 科技期刊购置是干什么用的."""
    if clause.has("why") and not (clause.has("amount") and clause.has("list", "each")):
        if not clause.topics and not whole_budget(clause):
            return None
        # Why one unit's figure is what it is: reasons given for the department do not tell.
        whose = tuple(u.name for u in clause.disclosure.units if u.key in clause.units)
        names = topic_names(clause, list(clause.topics[:1]) or [WHOLE_BUDGET])
        return Explain(
            aspect="reason",
            disclosure_id=clause.disclosure.id,
            topics=whose or names,
            selectors=clause.selectors(clause.topics[:1]),
            direction=direction(clause),
            words=clause.text,
            claim=clause.claim(),
        )
    if clause.has("purpose") and clause.topics and not clause.has("duty"):
        return Explain(
            aspect="purpose",
            disclosure_id=clause.disclosure.id,
            topics=topic_names(clause, clause.topics),
            selectors=clause.selectors(clause.topics[-1:]),
            words=clause.text,
            claim=clause.claim(),
        )
    return None


def duties(clause: Clause) -> Plan | None:
    """科技局是干什么的 · 内设机构有哪些 · 情报所是什么性质的单位."""
    if _WHICH_OFFICE.search(clause.text) and not clause.has("amount", "rank"):
        # 哪个科室管成果转化: the passage that names the offices.
        return Explain(
            aspect="structure",
            disclosure_id=clause.disclosure.id,
            topics=("科室", "处室", "内设机构"),
            words=content_of(clause),
        )
    counts = clause.has("count") and not any(w in clause.text for w in ("名字", "叫什么", "名称"))
    counts = counts and not (clause.has("structure") and not clause.topics)
    # 哪家是参公管理的: told of the units, in the document's words.
    grouped = clause.has("group") and not ("参公" in clause.text and not clause.topics)
    if clause.has("amount") or grouped or counts or clause.condition() is not None:
        return None
    named = any(t.source in ("project", "table", "indicator") for t in clause.topics)
    if named and not clause.has("duty"):
        return None
    counted = [t for t in clause.topics if counts_things(t) and t.name != "项目"]
    units = tuple(u.name for u in clause.disclosure.units if u.key in clause.units)
    if units and not clause.topics and _BELONGS.search(clause.text):
        # 下属有对外贸易学校吗: the passage that lists it.
        return Explain(
            aspect="structure", disclosure_id=clause.disclosure.id, topics=units, words=clause.text
        )
    if clause.has("target") and not clause.has("structure"):
        return None  # 绩效目标有哪些, where their number is told
    asks_structure = clause.has("structure") or (
        bool(counted) and (clause.has("list", "each", "define", "which") or bool(units))
    )
    if clause.has("rank") or (clause.siblings and clause.has("more_less", "difference", "which")):
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
    below = [u.name for u in clause.disclosure.units if u.key in clause.units and not u.head_office]
    if asks_duty and below and not clause.has("change", "rank", "share", "total"):
        # 情报所是干嘛的: what the document says of the unit, not the department's duties.
        return Explain(aspect="structure", disclosure_id=clause.disclosure.id, topics=tuple(below))
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
    if project is None and not indicators:
        return None
    indicator = _indicator_of(clause, project)
    named = any(t.source == "project" for t in clause.topics)
    if indicator is not None and not named and len(set(projects)) > 1:
        project = None  # 验收合格率, which several projects have: that of each
    said = "".join(t.text for t in clause.tokens if not _names_an_open_member(t))
    kind = next((word for word in INDICATOR_CLASSES if word in said), None)
    return Targets(
        disclosure_id=clause.disclosure.id,
        project=project,
        indicator_class=None if indicator else kind,
        indicator=indicator,
    )


def _names_an_open_member(token: Token) -> bool:
    """Whether a word names a project or an indicator: 满意度 within it is no class asked for."""
    bindings = token.word.bindings if token.word else ()
    return any(binding.source in ("project", "indicator") for binding in bindings)


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


def codes(clause: Clause) -> Plan | None:
    """公务接待费的科目编码是多少 · 情报所的单位代码 · 30217是什么科目."""
    named = [t for t in clause.topics if not t.table_ids]
    if named and all(clause.text[t.start : t.end].isdigit() for t in named):
        asks = _WHICH_SUBJECT.search(clause.text) and not clause.has("amount", "purpose", "why")
        return Codes(selectors=clause.selectors(named)) if asks else None
    if clause.units and not (named or clause.has("amount")) and _WHOSE_CODE.search(clause.text):
        return Codes(selectors=clause.selectors([WHOLE_BUDGET]), of_units=True)
    token = clause.cue_token("code")
    if token is None or not _ASKED.match(clause.text, token.end):
        return None
    if clause.units and ("科目" not in token.text or not named):
        return Codes(selectors=clause.selectors([WHOLE_BUDGET]), of_units=True)
    if "科目" not in token.text and all(counts_things(t) for t in named):
        units = (unit.key for unit in clause.disclosure.units)
        every = tuple(clause.select(WHOLE_BUDGET, unit) for unit in units)
        return Codes(selectors=every, of_units=True) if every else None
    return Codes(selectors=clause.selectors(named)) if named else None


def contents(clause: Clause) -> Plan | None:
    """一共有几张报表 · 名词解释里有多少个名词 · 主要职责有几条."""
    asks = clause.has("count", "list", "total") and not clause.units
    kind = next((kind for word, kind in _CONTENTS.items() if word in clause.text), None)
    if kind is None or not asks or any(t.source != "item" for t in clause.topics):
        return None
    if kind == "duty" and not clause.has("count"):
        return None
    return Contents(disclosure_id=clause.disclosure.id, kind=kind)  # type: ignore[arg-type]
