"""Questions that no disclosure answers, recognised by their words before anything is looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from disclosure.model import Disclosure, Kind, Measure
from qa_service.understanding.clause import Clause
from qa_service.understanding.plan import Refuse
from qa_service.understanding.scope import Scope
from qa_service.understanding.segment import Token
from qa_service.understanding.wording import counts_things

#: Pay and person words which together ask for a private person's pay.
_PAY = ("工资", "收入", "年薪", "月薪", "薪水", "奖金", "待遇", "挣", "赚", "住房")
_PERSONS = (
    "局长",
    "副局长",
    "处长",
    "科长",
    "主任",
    "书记",
    "领导",
    "所长",
    "厅长",
    "院长",
    "公务员",
)
_THINGS = ("项目", "科室", "处室", "单位", "报表", "表")
#: 分给了哪些企业: who received money is told by no disclosure.
_RECIPIENTS = re.compile(
    "(?:分|拨|给|发|补|奖|投|支持|资助|扶持|补助|补贴|奖励)(?:给了|给|了|过)?"
    "(?:哪[些几]?[家个]?|什么)(?:企业|公司|个人|厂|老板|人)"
)
#: Behind 局长, 书记: 科室叫什么 asks for no person.
_NAMES = re.compile("叫什么|是谁|姓名|名字|姓什么|姓啥")
_TITLES = "局长|副局长|处长|科长|主任|书记|所长|院长|站长|老师|医生|先生|女士|某某?"
_ARITHMETIC = re.compile(r"^\W*\d+(?:加|减|乘以?|除以|[-+*/x×÷])\d+(?:等于|=|是)?(?:几|多少)\W*$")
_CLASSIFIERS = ("辆", "台", "人", "名", "位", "套", "间", "部")
_OUT_OF_SCOPE = ("private", "opinion", "small_talk", "service")


def refusal_of(
    tokens: Sequence[Token], scope: Scope, disclosures: Mapping[str, Disclosure]
) -> Refuse | None:
    """The refusal that the words call for, or None."""
    text = "".join(token.text for token in tokens)
    if (sum_asked := _ARITHMETIC.search(text)) is not None:
        return Refuse(status="out_of_scope", reason="small_talk", detail=sum_asked[0])
    if (recipient := _RECIPIENTS.search(text)) is not None:
        return Refuse(status="not_disclosed", reason="unrecognised", detail=recipient[0])
    for name in _OUT_OF_SCOPE:
        if name == "small_talk" and scope.named and any(t.word and t.word.bindings for t in tokens):
            continue  # 福利彩票公益金 of a department is no chat
        token = next((t for t in tokens if t.cue(name)), None)
        if token is not None:
            return Refuse(status="out_of_scope", reason=name, detail=token.text)  # type: ignore[arg-type]
    if (someone := _someone(text)) is not None:
        return Refuse(status="out_of_scope", reason="private", detail=someone)
    city = next((t for t in tokens if t.cue("whole_city")), None)
    placed = any(t.word and t.word.region for t in tokens)
    if city is not None and placed and not any(t.word and t.word.scopes for t in tokens):
        return Refuse(status="not_disclosed", reason="unrecognised", detail=city.text)
    named = next((t for t in tokens if t.cue("person_name")), None)
    of_a_thing = any(t.cue("rank") for t in tokens) or any(w in text for w in _THINGS)
    if named is not None and not of_a_thing:
        return Refuse(status="not_disclosed", reason="private", detail=named.text)
    person = next((word for word in _PERSONS if word in text), None)
    if person and any(word in text for word in _PAY):
        return Refuse(status="out_of_scope", reason="private", detail=person)
    execution = next((t for t in tokens if t.cue("execution")), None)
    ahead = next((t for t in tokens if t.cue("next") or t.cue("older")), None)
    if ahead is not None:
        return Refuse(status="not_disclosed", reason="year", detail=ahead.text)
    if execution is not None:
        ids = scope.disclosure_ids or tuple(disclosures)
        if all(disclosures[i].kind is Kind.BUDGET for i in ids if i in disclosures):
            return Refuse(status="not_disclosed", reason="execution", detail=execution.text)
    return None


def _counting_things(clause: Clause) -> Token | None:
    """几辆, 多少人 of a topic that is an amount of money."""
    token = clause.cue_token("count")
    if token is None or token.text.endswith("单位"):
        return None
    if not token.text.endswith(_CLASSIFIERS) or clause.has("group", "average"):
        return None
    return token


@cache
def _persons() -> re.Pattern[str]:
    """张局长 · 李某 · 王小明的工资: a private person, by a surname with a title or with pay."""
    surnames = files("disclosure.lexicon").joinpath("surnames.txt").read_text("utf-8").strip()
    pay = "工资|年薪|月薪|收入|奖金|电话|手机|住址|简历"
    return re.compile(
        f"(?<![\\u4e00-\\u9fff\\d])[{surnames}](?:(?:{_TITLES})|[\\u4e00-\\u9fff]{{1,2}}的?(?:{pay}))"
    )


def _someone(text: str) -> str | None:
    found = _persons().search(text)
    return found[0] if found else None


def unpublished(clause: Clause) -> Refuse | None:
    """What is asked about a linked topic that its figures do not tell: names of people, how often
    money was spent, how many guests were received."""
    named = _NAMES.search(clause.text)
    staff = any(w.measure == Measure.STAFF for t in clause.topics for w in t.readings)
    if named is not None and staff:
        return Refuse(status="not_disclosed", reason="private", detail=named[0])
    events = clause.cue_token("events") or _counting_things(clause)
    counted = any(counts_things(t) or t.indicators or t.source == "project" for t in clause.topics)
    asked_of = clause.topics or clause.units or clause.scope.named
    if events is not None and asked_of and not counted and not clause.has("target"):
        return Refuse(
            status="not_disclosed",
            reason="unrecognised",
            detail=f"{clause.topics[0].name}（{events.text}）" if clause.topics else events.text,
            disclosure_id=clause.disclosure.id,
        )
    return None
