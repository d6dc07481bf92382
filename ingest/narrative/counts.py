"""Counted nouns of the narrative: posts, units, offices, vehicles, projects (27名行政编制)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from disclosure.model import Measure

_UNIT = r"名|人|个|家|辆|台\(套\)|台|套|项|处|所|平方米|架|艘"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
#: The nouns that are counted, each with the words that may narrow it. What stands before them in
#: the sentence (a department's name, a verb) is not part of the noun.
_NOUNS: tuple[tuple[str, str], ...] = (
    (
        "staff",
        r"(?:行政|事业|工勤|参公|政法专项|政法|专项|人员|机关|附属|单列|后勤服务|控制数|全额|财政补助)*编制(?:人数|人员|数)?",
    ),
    (
        "staff",
        r"(?:实有|现有|年末|在职|在编|在岗|离休|离退休|退休|退职|聘用|编外|合同制|行政|参公|事业|工勤|遗属|单位管理的)*"
        r"(?:人员|职工|人数)(?:总数|数)?",
    ),
    (
        "staff",
        r"(?:正|副|党组|党委|机关|专职|一级|二级|三级|四级|处级|科级|厅级|局级|县处级|乡科级|正处级|副处级|正科级|副科级|正局级|副局级)*"
        r"(?:局长|主任|部长|院长|校长|所长|处长|厅长|司长|科长|秘书长|书记|总工程师|总会计师|总经济师|总规划师"
        r"|领导职数|职数|督察专员|调研员)",
    ),
    (
        "body",
        r"(?:全额拨款|差额拨款|公益一类|公益二类|参照公务员法?管理(?:的)?|参公|行政|事业|直属|下属|所属|一级|二级|三级|预算|独立核算"
        r"|非独立核算|内设|派出|派驻|基层|职能|全额|差额|企业)*"
        r"(?:科室|处室|机构|单位|审计处|管理所|支队|大队|分局|司局)",
    ),
    (
        "asset",
        r"单(?:位|台|件)?(?:价值?|价)?(?:在|达)?\d+万元(?:\(含\)|及)?以上(?:的)?(?:大型|通用|专用)*设备",
    ),
    ("asset", r"[\u4e00-\u9fff()]{0,14}?(?:用车|车辆)"),
    ("asset", r"房屋(?:面积)?"),
    ("project", r"(?:一级|二级|重点|预算|绩效)*项目(?:支出)?(?:绩效目标)?"),
)
_NOUN = "|".join(f"(?P<{kind}{i}>{pattern})" for i, (kind, pattern) in enumerate(_NOUNS))
_BEFORE = re.compile(
    rf"(?P<noun>{_NOUN})(?:\([^()\d]*\))?(?:共有|共计|总数|共|有|为|计|合计|各)?"
    rf"(?P<number>{_NUMBER})(?P<unit>{_UNIT})"
)
_AFTER = re.compile(
    rf"(?P<number>\d+)(?P<unit>名|人|个|家|辆|项)的?(?P<noun>{_NOUN}|(?P<body99>部门))"
)
#: '实有人员119人，其中行政108人，事业11人': the parts are said without their noun.
_PART = re.compile(
    r"[，：其中、](?P<noun>行政|事业|参公|工勤|在职|离退休|离休|退休)(?P<number>\d+)(?P<unit>人|名)"
)
_AS_OF = re.compile(
    r"截[至止](?P<date>(?:20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|上年|去年|本年|当年)(?:年?[底末])?)"
)
#: '涉及项目预算资金7054.05万元': the money that has performance targets.
_COVERED = re.compile(
    rf"涉及[^，。；\d]{{0,20}}?(?:资金|拨款|金额)[^，。；\d]{{0,6}}(?P<number>{_NUMBER})(?P<unit>亿元|万元|元)"
    rf"|，(?:预算|项目)资金(?P<number2>{_NUMBER})(?P<unit2>亿元|万元|元)"
)
_COVERED_ITEM = "绩效目标管理项目资金"
_COVERED_WHOLE = "绩效目标管理整体支出资金"
_ASSET = re.compile(
    r"(?P<noun>(?:拟购置|流动|固定|无形|受托代理)?资产(?:总额|总值|金额|原值|净值|价值|合计|总计)?|拟购置固定资产)(?:为|共|计|合计)?"
    rf"(?P<number>{_NUMBER})(?P<unit>亿元|万元|元)"
)
#: '计划购置车辆1辆、18万元': what the planned purchase costs.
_PRICE = re.compile(
    rf"(?P<noun>车辆|公务用车|单[^，。；、]{{0,4}}\d+万元[^，。；\d]{{0,8}}设备)\d+(?:辆|台\(套\)|台)、(?:共计)?"
    rf"(?P<number>{_NUMBER})(?P<unit>亿元|万元|元)"
)
_PURCHASE = re.compile(r"(?:安排|计划|拟|预计|经批准|新增|更新)+购置|购置(?=车辆|公务用车|单)")
_VERBS = re.compile(
    r"^.*(?:共有|现有|实有|设有|含有|其中|购置|分别为|分别是|包括|以及|占用|使用|保有)|^(?:有|共|含|和|及)"
)


@dataclass(frozen=True, slots=True)
class Count:
    """A counted noun: ``item`` in the source's words, classifier in ``unit``, compact positions."""

    measure: Measure
    item: str
    value: Decimal
    unit: str
    start: int
    end: int
    as_of: str = ""


def find_counts(text: str, *, projects: bool = False) -> Iterator[Count]:
    """The counted nouns of a compact text. ``projects``: count only projects, as in passages on
    performance targets, whose other numbers are targets."""
    taken: set[int] = set()
    for pattern in (_BEFORE, _AFTER, _PART):
        for found in pattern.finditer(text):
            if found.start("number") in taken:
                continue
            kind = _kind(found)
            if projects != (kind == "project"):
                continue
            count = _count(text, found, kind)
            if count is not None:
                taken.add(count.start)
                yield count


def find_sums(text: str, *, performance: bool = False) -> Iterator[Count]:
    """Sums of money outside the budget lines: assets, or funds that have performance targets."""
    for found in (_COVERED if performance else _ASSET).finditer(text):
        groups = found.groupdict()
        second = performance and groups["number"] is None
        number = groups["number2"] if second else groups["number"]
        unit = groups["unit2"] if second else groups["unit"]
        start = found.start("number2" if second else "number")
        as_of = None if performance else _AS_OF.search(text[: found.end()])
        yield Count(
            Measure.OTHER,
            _covered(text[:start]) if performance else groups["noun"],
            Decimal(number.replace(",", "")),
            unit,
            start,
            found.end(),
            as_of["date"] if as_of and "购置" not in found[0] else "",
        )
    for found in () if performance else _PRICE.finditer(text):
        if _planned(text[: found.end()]):
            yield Count(
                Measure.OTHER,
                f"购置{found['noun']}预算",
                Decimal(found["number"].replace(",", "")),
                found["unit"],
                found.start("number"),
                found.end(),
            )


def _covered(before: str) -> str:
    """Whose targets the money has: the projects', or the whole expenditure's ('整体支出纳入…')."""
    part = re.split(r"[。；]", before)[-1]
    return _COVERED_WHOLE if "整体" in part and "项目" not in part else _COVERED_ITEM


def _kind(found: re.Match[str]) -> str:
    if found.re is _PART:
        return "staff"
    return next(
        k.rstrip("0123456789") for k, v in found.groupdict().items() if v and k[-1].isdigit()
    )


def _count(text: str, found: re.Match[str], kind: str) -> Count | None:
    item, unit = found["noun"], found["unit"]
    persons = unit in ("名", "人") or (unit == "个" and "编制" in item)
    if persons != (kind == "staff"):
        return None
    if text.startswith("(套)", found.end("unit")):
        unit += "（套）"
    sentence = text[text.rfind("。", 0, found.start()) + 1 : found.end()]
    if found.re is _PART:
        item = _whole_of_part(sentence) + item + "人员"
    elif kind == "body":
        item = _qualified(item, text[: found.start()], text[: found.start("number")])
    elif kind == "asset":
        item = _VERBS.sub("", item).replace("(含)", "")
        if item and _planned(text[: found.end()]):
            item = f"购置{item}"
        item = item.lstrip("(")
    elif kind == "project":
        item = item.removesuffix("支出").removeprefix("绩效").removeprefix("预算")
    if not item:
        return None
    if found["number"] and item == "部门" and "共" not in text[found.start() - 3 : found.start()]:
        return None
    as_of = _AS_OF.search(text[: found.end()])
    return Count(
        Measure.STAFF if kind == "staff" else Measure.COUNT,
        item,
        Decimal(found["number"].replace(",", "")),
        unit.replace("(", "（").replace(")", "）"),
        found.start("number"),
        found.end("unit"),
        as_of["date"] if as_of and not item.startswith("购置") else "",
    )


def _planned(before: str) -> bool:
    """Whether what is counted is to be bought, not held: the verb said last decides."""
    bought = max((m.start() for m in _PURCHASE.finditer(before)), default=-1)
    held = max(
        (m.start() for m in re.finditer(r"共有|截[至止]|实有|占用|保有", before)), default=-1
    )
    return bought > held


def _whole_of_part(sentence: str) -> str:
    """实有 for parts of 实有人员, nothing for those of 编制."""
    wholes = re.findall(r"实有|编制|离退休|在职", sentence)
    return "实有" if wholes and wholes[-1] == "实有" else ""


def _qualified(item: str, before_noun: str, before_number: str) -> str:
    """内设 in '内设13个机构' belongs to what is counted; 科室 says so by itself."""
    if item == "机构":
        for word in ("内设", "派出"):
            if before_noun.endswith(word) or before_number.endswith(word):
                return word + item
    if item == "审计处" and before_number.endswith("派出"):
        return "派出" + item
    return item
