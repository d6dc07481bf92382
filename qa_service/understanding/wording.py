"""What a clause's words say about the operation: direction, totals, content, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from disclosure.model import ALL, Aspect, Measure
from qa_service.understanding.clause import WHOLE_BUDGET, Clause
from qa_service.understanding.topics import Topic

Direction = Literal["up", "down", "same"]


#: Short words for the classes of indicators.
INDICATOR_CLASSES = (
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


COUNTERS = ("个", "项", "家", "名", "类", "位")


#: Words for the budget as a whole.
BUDGET_WORDS = (
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


#: 其他支出 after 除了; 其他技术与开发支出 is a subject of its own.
_REST = re.compile(
    "(?:其[他它余]|剩下的?|剩余)(?:的)?(?:支出|项目|项目支出|费用|预算|单位|科目|经费|钱)?"
)
POINTING = ("这笔", "那笔", "这个", "那个", "刚才", "上面", "前者", "后者", "它")


def direction(clause: Clause) -> Direction | None:
    """What the question presumes; nothing where it asks 增加还是减少."""
    if clause.has("up") and clause.has("down"):
        return None
    directions: tuple[Direction, ...] = ("up", "down", "same")
    return next((name for name in directions if clause.has(name)), None)


def wants_rate(clause: Clause) -> bool:
    """Whether the rate is asked for (降了百分之几), not the amount."""
    by_percent = any("百分" in token.text for token in clause.tokens if token.cue("share"))
    return clause.has("rate") or by_percent


def ranked_aspect(clause: Clause) -> str:
    """增幅最大 ranks by rate, 增加得最多 by change, anything else by amount."""
    if clause.has("rate"):
        return Aspect.CHANGE_RATE
    if clause.has("up", "down", "change"):
        return Aspect.CHANGE
    return Aspect.AMOUNT


def counts_things(topic: Topic) -> bool:
    return any(where.measure in (Measure.COUNT, Measure.STAFF) for where in topic.readings)


def only_unit(clause: Clause) -> str:
    return clause.units[0] if len(clause.units) == 1 else ALL


def whole_budget(clause: Clause) -> bool:
    """Whether the budget as a whole may be meant: someone is named, or a word for it is said."""
    if clause.units or clause.scope.named or clause.scope.whole or clause.inherited:
        return True
    if any(word in clause.text for word in POINTING):
        return False  # 这笔钱花哪了: of what was said before, and nothing was
    return any(word in clause.text for word in BUDGET_WORDS)


def topic_names(clause: Clause, topics: Sequence[Topic]) -> tuple[str, ...]:
    """The names under which a passage may speak of the topics, likeliest first."""
    names = [name for t in reversed(topics) for name in (words_of(clause, t), t.name)]
    if any(t is WHOLE_BUDGET or _is_whole(t) for t in topics):
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


def is_bare(topic: Topic) -> bool:
    """Whether a topic names no more than 项目支出 or a total does."""
    return all(set(where.axes) <= {"kind", "unit"} for where in topic.readings)


def is_total(topic: Topic) -> bool:
    return all(not where.axes and where.measure == Measure.EXPENDITURE for where in topic.readings)


def _is_whole(topic: Topic) -> bool:
    """Whether a topic is all that is spent or all that comes in."""
    return all(w.measure in ("expenditure", "revenue") and not w.axes for w in topic.readings)


def content_of(clause: Clause, without: str = "") -> str:
    """The words that carry the question's content: no cues, no department, nothing harmless;
    ``without`` leaves out words that name members of that source."""
    return "".join(
        token.text
        for token in clause.tokens
        if token.unknown or (token.word and any(b.source != without for b in token.word.bindings))
    )


def is_rest(clause: Clause, topic: Topic) -> bool:
    """其他支出 after 除了 is what remains, not the subject of that name."""
    return _REST.fullmatch(clause.text[topic.start : topic.end]) is not None


def words_of(clause: Clause, topic: Topic) -> str:
    """The question's own words for a topic: a term is defined under the name people use."""
    return clause.text[topic.start : topic.end] or topic.name


def names_money(clause: Clause) -> bool:
    """Whether the clause also names money: 有几个单位安排了公车费 counts by it."""
    return any(not counts_things(topic) for topic in clause.topics)
