"""What a question asserts and wants confirmed: 八成以上的钱都是项目支出，对不对.

Assertions are put in the words that are planned for, and what they assert of a computed figure is
kept with the plan, so that the answer opens with whether it is so.
"""

from __future__ import annotations

import re

from disclosure.money import MONEY_UNITS, PERCENT
from qa_service.understanding.clause import Clause
from qa_service.understanding.plan import Change, Condition, Difference, Plan, Share, Total

_CONFIRM = "对吗|对不对|对吧|是吗|是不是|真的|真假|真有|没错|属实|准确|吗|吧|么"
_CONFIRMED = re.compile(_CONFIRM)
_HALF = re.compile(
    "(?P<more>一大半|一多半|大半|过半|多半|超过一半|一半以上|一半多)|(?P<less>一小半|不到一半|不足一半)|一半(?!以)"
)
#: 三公84.8%都是出国费 · 八成以上的钱都花在项目上: which part of what, the percentage first.
_PART_OF_WHOLE = re.compile(
    "^(?P<lead>[^，,。]*?)(?P<near>将近|接近|差不多|大约|超过|不到|不足|至少|起码|近|约)?有?"
    "(?P<rate>\\d+(?:\\.\\d+)?%)(?P<how>多|以上|以下|左右|不到)?"
    "的?(?P<money>钱|支出|预算|经费|资金|开支|开销|收入|拨款)?(?:都|全|就|基本上?|主要|大多|其实|是不是)*"
    "(?:是|花在了?|花到了?|用在了?|用到了?|用于|投到了?|投向|投在|来自|来源于|靠|属于|给了)"
    "(?P<part>[^，,。？?]{2,20}?)"
    "(?P<tail>(?:上头|上面|上|里头|里|方面|身上|出的|给的|的|了)?(?:吗|吧|么|呢)?)$"
)
_HOW_MUCH = re.compile(
    "^(?P<lead>[^，,。占]{0,24}?)(?:里头?|中|里面|当中)?(?:都)?有?"
    "(?P<how>几成|多大比例|多少比例|多大比重|百分之几|百分之多少|多大一块|多大份额)的?(?:钱|支出|收入|经费|资金)?"
    "(?:都|是|由)*(?:靠|来自|来源于|花在了?|用在了?|用于|投到了?|投向|是)"
    "(?P<part>[^，,。？?]{2,20}?)(?:上头|上面|上|里头|里|方面|出的|给的|的)?(?P<rest>$|[，,。？?].*)$"
)
#: 公用经费在基本支出中的比重.
_WITHIN = re.compile(
    "(?P<part>[^，,。占在]{2,20}?)在(?P<whole>[^，,。占]{2,20}?)(?:中|里|里头|当中|里面|之中)的?(?:所占的?|占的?)?"
    "(?P<how>比重|比例|占比|份额)"
)
_NO_PART = re.compile("哪|什么|啥|谁|多少|几|真|假|对|否|因为|由于|为了")
_NO_LEAD = re.compile("占|[涨增升降减跌少多高低]了?到?$|率|指标|目标|标准|满意")
_COMPARES = ("超过", "不到", "不足", "至少", "起码")
_NEARLY = ("近", "将近", "接近", "差不多", "大约", "约")
#: An assertion is none where the members of a group are asked for.
_OF_GROUPS = ("list", "which", "count", "rank", "each", "group")
#: 对得上12.94吗, 等于12.94吗: money in the unit of the tables.
_BARE = re.compile(
    "(?P<to>对得上|对不对得上|能对上|对上|等于|就是|吻合|凑[得够]|够不够|够|达到|超过|有|是|为)(?P<number>\\d+\\.\\d+)"
    "(?=$|[，,。？?]|吗|吧|么|对|这个数|没)"
)


def asserted_in_words(text: str) -> str:
    """The question with its assertions in the order that is planned for: the part, its share."""
    if _CONFIRMED.search(text) is None:
        return text
    text = _HALF.sub(_half, text)
    text = _BARE.sub("\\g<to>\\g<number>万元", text)
    if "%" not in text:
        return text
    return "".join(_share(phrase) for phrase in re.split("([，,。])", text))


def share_asked(text: str) -> str:
    """总支出有几成靠财政拨款: the part, then its share of the whole."""
    text = _WITHIN.sub("\\g<part>占\\g<whole>的\\g<how>", text)
    match = _HOW_MUCH.match(text)
    if match is None or _NO_PART.search(match["part"]) or _NO_LEAD.search(match["lead"]):
        return text
    lead = re.sub("(?:[里中的]+头?|里面|当中)?的?(?:钱|资金)?$", "", match["lead"])
    inside = "里" if lead else ""
    return f"{lead}{inside}{match['part']}{match['how']}{match['rest']}"


def _half(match: re.Match[str]) -> str:
    return "50%以上" if match["more"] else "不到50%" if match["less"] else "50%"


def _share(phrase: str) -> str:
    match = _PART_OF_WHOLE.match(phrase)
    if match is None or _NO_PART.search(match["part"]) or _NO_LEAD.search(match["lead"]):
        return phrase
    lead = re.sub("[里中的]+头?$", "", match["lead"])
    near = match["near"] or ""
    ending = re.sub("^(?:上头|上面|上|里头|里|方面|身上|出的|给的|的|了)", "", match["tail"])
    if match["money"] == "收入" and not lead.endswith("收入"):
        lead += "收入"
    inside = "里" if lead else ""
    return f"{lead}{inside}{match['part']}占{near}{match['rate']}{match['how'] or ''}{ending}"


def with_assertion(plan: Plan, clause: Clause) -> Plan:
    """The plan with what the clause asserts of the figure that it computes."""
    if not isinstance(plan, Share | Change | Difference | Total):
        return plan
    claim = _asserted(clause, plan)
    return plan if claim is None else plan.model_copy(update={"claim": claim})


def _asserted(clause: Clause, plan: Plan) -> Condition | None:
    if not clause.has("is_it") or clause.has(*_OF_GROUPS):
        return None
    units = {PERCENT} if isinstance(plan, Share) else set(MONEY_UNITS)
    units |= {PERCENT} if isinstance(plan, Change) else set()
    amounts = [t.amount for t in clause.tokens if t.amount and t.amount.unit in units]
    if len(amounts) != 1:
        return None
    condition = clause.condition()
    if condition is not None and condition.unit in units:
        return condition
    (amount,) = amounts
    before, after = clause.text[: amount.start], clause.text[amount.end :]
    return Condition(
        comparator="=",
        value=amount.value,
        unit=amount.unit,
        rough=after.startswith("多"),
        near=before.endswith(_NEARLY) or after.startswith("左右"),
    )
