"""Wording of refusals and of questions back: what is held, what to ask or where to turn."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure.model import Disclosure
from qa_service.answering.answer import Status
from qa_service.answering.draft import Draft
from qa_service.understanding.plan import Ask, Refuse
from qa_service.understanding.scope import describe


def refused(plan: Refuse, disclosures: Mapping[str, Disclosure]) -> Draft:
    """A refusal in words. It never holds a figure that could be mistaken for an answer."""
    draft = Draft(status=Status(plan.status))
    own = disclosures.get(plan.disclosure_id or "")
    near = [
        i
        for i, d in disclosures.items()
        if (own and (d.department, d.region) == (own.department, own.region))
        or (not own and _near(d, plan.detail))
    ]
    held = describe(disclosures, near or list(disclosures), limit=5)
    draft.stated.append(held)  # how many disclosures are held is no figure of theirs
    draft.say(_REASONS[plan.reason].format(detail=plan.detail, held=held or "（暂无）"))
    return draft


def _near(disclosure: Disclosure, said: str) -> bool:
    """Whether a disclosure is of the place that was named."""
    region = disclosure.region
    places = (region.district, region.city, region.province)
    return any(place and place[:2] in said for place in places)


def asked_back(plan: Ask) -> Draft:
    """A question back with options."""
    draft = Draft(status=Status.CLARIFY, options=list(plan.options))
    about = _QUESTIONS[plan.about] if plan.detail else _UNSAID
    draft.say(about.format(detail=plan.detail))
    return draft


_EXAMPLES = "例如某项支出是多少、比上年增减多少、用在哪里"
_REASONS = {
    "department": "没有收录“{detail}”的公开文件。现有：{held}。",
    "year": "没有收录{detail}的公开文件。现有：{held}。",
    "unit": "公开文件中没有“{detail}”这个单位。现有：{held}。",
    "unrecognised": "公开文件中没有找到“{detail}”的内容。"
    "可以换一种说法，或直接问科目、项目、单位的名称。",
    "execution": "现有公开文件是部门预算，只有年初预算安排，没有“{detail}”这类实际执行的数据。"
    "执行结果要看以后公布的部门决算。现有：{held}。",
    "private": "公开文件没有列出个人姓名、个人收入等信息，不能回答关于“{detail}”的问题。"
    "可以问编制人数、人员经费等公开数据。",
    "opinion": "这里只根据公开文件回答预算数据，不作评价、预测或建议。"
    "可以问具体科目的金额、用途或增减原因。",
    "small_talk": f"这里只回答政府部门预算公开文件里的问题，{_EXAMPLES}。",
    "service": "这里只回答政府部门预算公开文件里的问题，不办理业务。"
    "办事和政策咨询请联系该部门，或拨打政务服务便民热线。",
    "greeting": f"您好，可以直接问部门预算公开文件里的问题，{_EXAMPLES}。",
    "nothing_held": "还没有收录任何公开文件。",
}
_UNSAID = "请问您问的是哪个部门、单位或项目的哪一项？可以说得完整一些，例如："
_QUESTIONS = {
    "department": "收录了多个部门的公开文件，请问您问的是哪个部门？",
    "related": "没有收录“{detail}”的公开文件。有一个职能相近的部门，请问您问的是它吗？",
    "year": "“{detail}”有多个年度的公开文件，请问您问的是哪一年？",
    "unit": "“{detail}”有多个，请问您问的是哪一个？",
    "topic": "“{detail}”可以有几种理解，请问您问的是哪一种？",
}
