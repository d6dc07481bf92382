"""The title of a disclosure: the body it names, year, kind, and department or unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from disclosure.document import Document, Grid, Paragraph
from disclosure.model import Kind
from disclosure.text import fold

NAME = r"[\u4e00-\u9fff()、·—]"
_YEAR = r"(?P<year>20\d\d)年?度?"
_WHAT = r"(?P<what>部门|单位)?(?:综合|整体)?(?P<kind>预算|决算)"
#: '上海市普陀区2026年区级部门预算', '2026年度部门预算': the body stands on a line of its own.
_BARE_TITLE = re.compile(
    rf"(?:{NAME}{{2,16}}?)?{_YEAR}(?:区级|市级|省级|县级)?(?P<what>部门|单位)(?:综合)?(?P<kind>预算|决算)"
)
_OWNER = re.compile(
    r"(?P<what>(?:预算|决算)(?:主管部门|单位|部门)|(?:主管)?(?:部门|单位)(?:名称)?|编制(?:部门|单位))"
    rf"[:：](?P<code>\d{{3,6}})?(?P<name>{NAME}{{4,60}})"
)
#: '2026年度某某局部门预算', '405某某局2026年部门预算公开说明', '关于2026年某某局部门预算的说明'.
_TITLES = (
    re.compile(rf"^{_YEAR}(?P<name>{NAME}{{3,60}}?){_WHAT}"),
    re.compile(rf"^(?P<code>\d{{3,6}})?(?P<name>{NAME}{{3,60}}?){_YEAR}(?:本级)?{_WHAT}"),
    re.compile(rf"(?P<code>\d{{3,6}})?(?P<name>{NAME}{{3,40}}?){_YEAR}(?:本级)?{_WHAT}"),
    re.compile(rf"{_YEAR}(?P<name>{NAME}{{3,60}}?){_WHAT}"),
)
NUMERALS = "〇一二三四五六七八九零"
NUMERAL_YEAR = re.compile(r"二[〇零][一二三][〇零一二三四五六七八九]")
_CONTENTS = re.compile(r"^目[录次]$")
_PART = re.compile(r"^第[一二三四五六]部分[:：]?")
#: What a body's name ends with; a title such as '部门预算公开说明' names nobody.
_BODY = re.compile(
    r"(?:局|委|办|厅|院|校|中心|部|会|处|所|队|街道|政府|署|站|馆|团|联|社|公司|集团|大学|学院|组织"
    r"|检察院|法院|园|乡|镇|中学|小学|高中|初中|附中|附小|场|厂|监狱|库|台|室|学校|医院|幼儿园|协会|总队|支队|研究所|管理处|基地|分局|区)"
    r"(?:[(][^()]*[)])?$"
)
_HEAD_OFFICE = re.compile(r"[(](?:局|委|部|办|厅|院|校)?(?:本级|机关|本部)[)]$|(?:本级|机关|本部)$")
_SUMMARY = re.compile(r"[(](?:汇总|部门|含下属单位|本级及下属单位)[)]$")
#: '某市2026年政府预算' is the whole government's, not a department's.
_GOVERNMENT = re.compile(r"(?:省|市|区|县|政府|本级|总)$")
_GENERIC = re.compile(r"^(?:部门|单位|本部门|本单位|综合|年度|某)*$|XX|××|某某|＊|\*")
_ABOUT = re.compile(r"^(?:关于|附件\d*[:：]?)")
_LONGEST_LINE = 90
_SHORT_LINE = 60
_FRONT_BLOCKS = 14
_HEADINGS = 120


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed, cleaned of code and page-break spaces, and what it says."""

    name: str
    code: str
    year: int
    kind: Kind
    what: str
    text: str


def read_title(document: Document) -> Title | None:
    """The title on the title page, else the first heading that names body, year and kind."""
    front = list(_front(document))
    title = _bare(front) or _joined(front) or _beside_bare(front)
    if title is not None:
        return title
    for block in document.blocks[:_HEADINGS]:
        if isinstance(block, Paragraph) and len(block.text) < _SHORT_LINE:
            text = _PART.sub("", fold(block.text))
            if title := _joined([text]):
                return title
    return None


def clean_name(name: str) -> tuple[str, bool, bool]:
    """A body's name without 部门, （本级） and （汇总）; whether it said 本级; whether 汇总.

    ``clean_name('深圳市科技创新局（本级）')`` is ``('深圳市科技创新局', True, False)``.
    """
    text = _ABOUT.sub("", fold(name).rstrip("、—"))
    text = re.sub(r"^\d{3,6}", "", text)
    summary = bool(_SUMMARY.search(text))
    text = _SUMMARY.sub("", text)
    head_office = bool(_HEAD_OFFICE.search(text)) and len(_HEAD_OFFICE.sub("", text)) > 3
    text = _HEAD_OFFICE.sub("", text) if head_office else text
    if text.endswith("部门") and _BODY.search(text.removesuffix("部门")):
        text = text.removesuffix("部门")
    return text.replace("(", "（").replace(")", "）"), head_office, summary


def is_body(name: str) -> bool:
    """Whether a name is that of an office, institution or company, no placeholder or noun."""
    bare = fold(clean_name(name)[0])
    shortest = 3 if bare.endswith(("乡", "镇")) else 4
    return bool(_BODY.search(bare)) and not _GENERIC.search(bare) and len(bare) >= shortest


def _front(document: Document) -> Iterator[str]:
    """The title page: the first short lines, up to the contents, a table or running text."""
    for position, block in enumerate(document.blocks[:_FRONT_BLOCKS]):
        if isinstance(block, Grid):
            return
        text = _with_digits(fold(block.text))
        if _CONTENTS.match(text) or len(text) > _LONGEST_LINE:
            return
        if re.match(r"^(?:第[一二三]部分|一、)", text) and position:
            return
        if line := re.sub(r"^[-—\d]{1,3}$", "", text):
            yield line


def _with_digits(text: str) -> str:
    """二〇二六年 as 2026年."""
    return NUMERAL_YEAR.sub(
        lambda year: "".join(str(NUMERALS.index(numeral) % 10) for numeral in year[0]), text
    )


def _plain(text: str) -> str:
    """A title without what joins its parts: 318-某局-2026年, 某局关于2026年, 2026—2028年."""
    text = re.sub(r"(20\d\d)年?[-—–~～至]+20\d\d(?=年)", r"\1", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?:关于(?:公开)?|[-—_])(?=20\d\d)", "", text)
    return re.sub(r"(?<=\d{3})[-—_](?=[\u4e00-\u9fff])", "", text)


def _beside_bare(front: Sequence[str]) -> Title | None:
    """A title without a body on one line, the body alone on the next one or the one before."""
    for at, line in enumerate(front):
        found = _BARE_TITLE.match(line)
        if found is None or is_body(line[: line.find("20")]):
            continue
        for other in (*front[at + 1 : at + 2], *front[max(at - 1, 0) : at]):
            name = re.sub(r"^\d{3,6}[-_]?", "", other)
            if re.fullmatch(rf"{NAME}{{3,40}}", name) and is_body(name):
                code = other.removesuffix(name).rstrip("-_")
                return _read(found, name, code, found["what"], f"{found[0]} {name}")
    return None


def _bare(front: Sequence[str]) -> Title | None:
    """A title without a body, and the body on a line of its own ('预算主管部门：某局')."""
    whole = "".join(front)
    found = _BARE_TITLE.search(whole)
    owner = _OWNER.search(whole, found.end()) if found else None
    if found is None or owner is None or not is_body(owner["name"]):
        return None
    unit = "单位" in found["what"] and "部门" not in owner["what"]
    shown = f"{found[0]} {owner['name']}"
    return _read(found, owner["name"], owner["code"] or "", "单位" if unit else "部门", shown)


def _joined(lines: Sequence[str]) -> Title | None:
    """The title among lines, of which it may take several."""
    for start in range(len(lines)):
        for size in range(1, min(6, len(lines) - start) + 1):
            text = _plain("".join(lines[start : start + size]))
            for pattern in _TITLES:
                found = pattern.search(text)
                if found is None or not is_body(found["name"]):
                    continue
                if not found["what"] and _GOVERNMENT.search(found["name"]):
                    continue
                code = found.groupdict().get("code") or ""
                shown = text[found.start() :].removeprefix(code)
                return _read(found, found["name"], code, found["what"] or "部门", shown)
    return None


def _read(found: re.Match[str], name: str, code: str, what: str, shown: str) -> Title:
    kind = Kind.FINAL_ACCOUNT if found["kind"] == "决算" else Kind.BUDGET
    text = re.sub(r"(?:信息)?公开(?:说明|信息)?$", "", _ABOUT.sub("", shown))
    text = text.replace("(", "（").replace(")", "）")
    return Title(name, code, int(found["year"]), kind, what, text)
