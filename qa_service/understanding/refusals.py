"""Questions that no disclosure answers, recognised by their words before anything is looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from disclosure.model import Disclosure, Kind
from qa_service.understanding.plan import Refuse
from qa_service.understanding.scope import Scope
from qa_service.understanding.segment import Token

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
_OUT_OF_SCOPE = ("private", "opinion", "small_talk", "service")


def refusal_of(
    tokens: Sequence[Token], scope: Scope, disclosures: Mapping[str, Disclosure]
) -> Refuse | None:
    """The refusal that the words call for, or None."""
    text = "".join(token.text for token in tokens)
    for name in _OUT_OF_SCOPE:
        if name == "small_talk" and scope.named:
            continue  # 福利彩票公益金 of a department is no chat
        token = next((t for t in tokens if t.cue(name)), None)
        if token is not None:
            return Refuse(status="out_of_scope", reason=name, detail=token.text)  # type: ignore[arg-type]
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
