"""What a readable file is that is no disclosure, and what to do about it.

Rules are tried in order on the content; each has an example, which the tests read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from disclosure.document import Document, Paragraph
from disclosure.text import fold
from ingest.identity import Identity

_NOT_NEEDED = "不必导入；如需该部门的数据，请取得其部门预算或部门决算公开文件"
_LONGEST_FRONT = 600


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of file: ``pattern`` is searched in its opening words."""

    name: str
    pattern: str
    reason: str
    example: str
    remedy: str = _NOT_NEEDED


RULES: tuple[Rule, ...] = (
    Rule(
        "申请表",
        r"申请表|登记表|审批表|报名表",
        "这是一张申请或登记表，不是部门预算或决算",
        "某市某局政府信息公开申请表",
    ),
    Rule(
        "网站年报",
        r"政府网站.{0,6}年度报[表告]|信息公开.{0,4}年度报告|网站工作年度",
        "这是政府网站或信息公开工作的年度报表，不是部门预算或决算",
        "政府网站工作年度报表",
    ),
    Rule(
        "检查表",
        r"检查表|自查表|核查表|检查内容|整改情况",
        "这是预算公开工作的检查表，不是部门预算或决算本身",
        "2026年度某区部门预算公开情况检查表",
    ),
    Rule(
        "绩效自评",
        r"自评[表报价]|绩效自评|绩效评价报告|评价得分",
        "这是绩效自评材料，不是部门预算或决算",
        "部门整体绩效自评表",
    ),
    Rule(
        "标准",
        r"ICS\s*\d|CCS\s*[A-Z]|(?:行业|国家|地方|团体)标准|GB/?T|SF/?T",
        "这是一份技术或行业标准，不是部门预算或决算",
        "ICS03.160中华人民共和国司法行政行业标准",
    ),
    Rule(
        "目录清单",
        r"药品目录|饮片目录|价格目录|服务项目目录|收费目录|付费标准|药典|收费标准",
        "这是目录或价格清单，不是部门预算或决算",
        "2026年执行最高付费标准中药饮片目录",
    ),
    Rule(
        "统计资料",
        r"国民经济|主要指标|统计公报|运行情况|统计月报|经济运行|统计数据|普查公报",
        "这是统计资料，不是部门预算或决算",
        "2026年1—2月某市国民经济主要指标",
    ),
    Rule(
        "政府预算",
        r"(?:预算|决算)执行情况.{0,12}(?:草案|报告)|一般公共预算收支总表.{0,40}(?:全市|全区|全县)"
        r"|[省市区县州旗]20\d\d年度?(?:本级)?(?:政府|财政)(?:总)?[预决]算"
        r"|20\d\d年.{2,12}(?:全[省市区县州]|[省市区县州]本?级)(?:一般公共预算|政府性基金|国有资本)"
        r"|审计工作报告",
        "这是政府（财政总）预算材料，不是一个部门的预算或决算",
        "关于某市2025年预算执行情况和2026年预算草案的报告",
    ),
    Rule(
        "政府债务",
        r"政府债务|债务限额",
        "这是政府债务材料，不是部门预算或决算",
        "某市2025年政府债务限额及余额情况",
    ),
    Rule(
        "三公汇总",
        r"部门.{0,4}三公经费.{0,6}汇总|三公经费.{0,6}汇总情况",
        "这是各部门“三公”经费的汇总，不是一个部门的预算或决算",
        "某市2026年市级部门三公经费预算汇总情况",
    ),
    Rule(
        "通知公告",
        r"关于.{2,60}的(?:通知|公告|通告|函|批复|意见|决定)|招聘公告|公示$|招标公告|采购公告",
        "这是通知或公告，不是部门预算或决算",
        "关于印发资金管理办法的通知",
    ),
    Rule(
        "网页",
        r"网站地图|版权所有|ICP备|您现在的位置|当前位置|打印本页",
        "这是一个网页，不是部门预算或决算文件",
        "您现在的位置：首页>政务公开",
        "请在该网页上下载部门预算或决算的附件后再导入",
    ),
)
#: Kinds that hold the words and figures of a disclosure, too; their first words tell them.
_WHOLE = ("绩效自评", "政府预算", "政府债务", "三公汇总", "通知公告")
_LONGEST_HEADLINE = 60
#: A finance bureau tells the departments how to draw up their budgets, or grants them.
_INSTRUCTION = re.compile(r"^.{0,24}关于.{0,30}(?:预算|决算).{0,12}的?(?:通知|批复|意见|函)")
_PLACEHOLDER = re.compile(
    r"[X×ＸxＯ○*＊]{2,}\s*(?:省|市|区|县|局|委|办|部|厅|单位|部门|中心|年)|某某|(?:20XX|××)年?"
)


def refuse(document: Document, identity: Identity) -> tuple[str, str] | None:
    """Reason and remedy (Chinese) if the document is no disclosure nor a part of one; else None."""
    if _is_template(document, identity):
        return (
            "这是没有填写的空白模板，不是某个部门的预算或决算",
            "请取得部门已填写并公开的文件后再导入",
        )
    headline = _opening(document)[:_LONGEST_HEADLINE]
    if identity.is_part and identity.title:
        if not _INSTRUCTION.search(headline):
            return None
        notice = next(rule for rule in RULES if rule.name == "通知公告")
        return notice.reason, notice.remedy
    if identity.is_part:
        told = (rule for rule in RULES if rule.name in _WHOLE and re.search(rule.pattern, headline))
        return next(((rule.reason, rule.remedy) for rule in told), None)
    opening = _opening(document)
    for rule in RULES:
        if re.search(rule.pattern, opening):
            return rule.reason, rule.remedy
    if document.media_type == "text/html":
        page = next(rule for rule in RULES if rule.name == "网页")
        return page.reason, page.remedy
    if not opening:
        return "文件里没有可读的文字", "请取得带文字的原件，或先做文字识别（OCR）并核对后再导入"
    if identity.signs and identity.figures == 0:
        return "文件里没有任何金额，不像是部门预算或决算", "请取得完整的公开文件后再导入"
    found = "、".join(sorted(identity.signs)) or "无"
    return (
        f"没有找到部门预算或决算的标准内容（找到的标志：{found}）",
        "如确是部门预算或决算公开文件，请核对文件是否完整；否则不必导入",
    )


def _opening(document: Document) -> str:
    """The first words of text and tables, without white space."""
    parts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts += [cell for row in block.rows[:3] for cell in row.cells]
        if sum(map(len, parts)) > _LONGEST_FRONT:
            break
    return fold("".join(parts))[:_LONGEST_FRONT]


def _is_template(document: Document, identity: Identity) -> bool:
    """Placeholders where the department's name belongs, in the title or again and again."""
    paragraphs = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    in_front = any(_PLACEHOLDER.search(text) for text in paragraphs[:3])
    if in_front and not identity.department:
        return True
    marked = sum(bool(_PLACEHOLDER.search(text)) for text in paragraphs)
    return not identity.department and marked >= 3 and marked * 4 >= len(paragraphs)
