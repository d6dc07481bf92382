"""From a clause to a plan: which operation its cues ask for, with the members it works on.

Builders are tried in order; the first that fits makes the plan. Each one states its example.
"""

from __future__ import annotations

from collections.abc import Callable

from disclosure.model import ALL, Aspect, Kind
from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.computing import (
    average,
    change,
    difference,
    ratio,
    share,
    total,
)
from qa_service.understanding.grouping import (
    composition,
    count,
    listing,
    place,
    rank,
)
from qa_service.understanding.parts import HYPOTHETICAL
from qa_service.understanding.plan import (
    Lookup,
    Plan,
    Prior,
)
from qa_service.understanding.telling import (
    codes,
    contents,
    define,
    duties,
    explain,
    find_table,
    fund_of,
    targets,
)
from qa_service.understanding.wording import (
    is_bare,
    whole_budget,
)

#: What a question that names no topic may ask of a department besides its whole budget.
_NO_AMOUNT = (
    *("count", "events", "when", "who", "target", "define", "purpose", "duty", "structure"),
    "earmarked",
)

Builder = Callable[[Clause], Plan | None]


def plan_of(clause: Clause) -> Plan | None:
    """The plan of a clause, or None when it names nothing that a tool could work on."""
    for builder in BUILDERS:
        plan = builder(clause)
        if plan is not None:
            return plan
    return None


def prior(clause: Clause) -> Plan | None:
    """去年的三公经费是多少."""
    before = clause.disclosure.year - 1
    asked = clause.has("prior") or (bool(clause.scope.years) and max(clause.scope.years) == before)
    if not asked:
        return None
    return Prior(selectors=clause.selectors(), unit=clause.money_unit())


def completion(clause: Clause) -> Plan | None:
    """机关运行经费完成预算的百分之多少, of a final account."""
    if not clause.has("completion") or clause.disclosure.kind is not Kind.FINAL_ACCOUNT:
        return None
    topics = list(clause.topics) or [WHOLE_BUDGET]
    selectors = tuple(
        clause.select(topic, unit).model_copy(update={"aspect": Aspect.COMPLETION})
        for topic in topics
        for unit in clause.units or (ALL,)
    )
    return Lookup(selectors=selectors)


def supposed(clause: Clause) -> Plan | None:
    """如果三公经费翻倍会是多少: what is published stands, whatever is supposed."""
    if not HYPOTHETICAL.match(clause.text) or not clause.has("up", "down", "change", "ratio"):
        return None
    if not clause.topics and not whole_budget(clause):
        return None
    return Lookup(selectors=clause.selectors(), unit=clause.money_unit())


def lookup(clause: Clause) -> Plan | None:
    """情报所的公务接待费是多少 · 三公."""
    topics = [topic for topic in clause.topics if not topic.table_ids]
    if not topics and clause.has("amount", "total", "convert", "has"):
        topics = [topic for topic in clause.topics if topic.readings]  # 表2的合计数是多少
    if clause.has("target") and not clause.has("amount") and all(is_bare(t) for t in topics):
        return None  # 项目支出的绩效目标: not its amount
    if not topics and (clause.unknown or not whole_budget(clause) or clause.has(*_NO_AMOUNT)):
        return None
    return Lookup(
        selectors=clause.selectors(topics),
        unit=clause.money_unit(),
        claim=clause.claim() or (clause.condition() if clause.has("is_it") else None),
        yes_no=clause.has("has"),
    )


BUILDERS: tuple[Builder, ...] = (
    contents,
    find_table,
    fund_of,
    codes,
    define,
    composition,
    explain,
    duties,
    targets,
    completion,
    supposed,
    average,
    ratio,
    place,
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
