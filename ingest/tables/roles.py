"""What the columns of a table hold: codes, names, units, projects, indicators, or figures.

A role is declared with the header it is read from; a column of figures is one that no rule names
and whose cells are numbers or blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.tables.cells import is_blank, is_total, number, split_code
from ingest.tables.folding import fold
from ingest.tables.headers import Path
from ingest.tables.line import Line


class Role(StrEnum):
    """What one column holds."""

    SERIAL = "serial"  # 序号
    UNIT_CODE = "unit_code"
    UNIT = "unit"  # a unit's name
    CODE = "code"  # a subject's code, or one level of it (类, 款, 项)
    NAME = "name"  # a subject's name
    UNIT_OR_SUBJECT = "unit_or_subject"  # names of units and of subjects, row by row
    MIXED = "mixed"  # units, then economic subjects or projects, by indentation only
    PROJECT = "project"
    LABEL = "label"  # 项目 of a 收支 table: what the figure beside it is
    FUND = "fund"  # 资金性质
    YEAR = "year"
    CATALOG = "catalog"  # procurement or service catalogue entries
    GOAL = "goal"
    INDICATORS = "indicators"  # all indicators of one class in a cell
    LEVEL = "level"  # 一级指标, 二级指标, 三级指标
    TARGET = "target"
    COMPARATOR = "comparator"
    TARGET_UNIT = "target_unit"
    TEXT = "text"
    COUNT = "count"  # 数量, 人数
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class RoleRule:
    """A header ``pattern`` (searched in the folded leaf label) and the role it gives."""

    role: Role
    pattern: str
    example: str
    counter: str


RULES: tuple[RoleRule, ...] = (
    RoleRule(Role.SERIAL, r"^(?:序号|编号|行次)$", "序号", "项目编号"),
    RoleRule(Role.LEVEL, r"^[一二三]级指标", "二级指标", "指标值"),
    RoleRule(Role.TARGET, r"指标值$|^目标值$", "本年绩效指标值", "数量指标"),
    RoleRule(Role.COMPARATOR, r"指标性质|指标方向", "绩效指标性质", "资金性质"),
    RoleRule(Role.TARGET_UNIT, r"度量单位|计量单位", "绩效度量单位", "预算单位"),
    RoleRule(
        Role.INDICATORS,
        r"(?:数量|质量|时效|成本|效益|影响|满意度|产出|可持续效益|可持续影响)指标$",
        "服务对象满意度指标",
        "三级指标",
    ),
    RoleRule(Role.GOAL, r"(?:绩效|总体|年度)目标", "年度绩效目标", "指标值"),
    RoleRule(
        Role.UNIT_OR_SUBJECT,
        r"(?:部门|单位).*名称.*科目|^(?:部门|单位)[(]?科目",
        "部门名称(单位)(功能分类科目名称)",
        "单位名称",
    ),
    RoleRule(Role.MIXED, r"单位[(]?项目|支出项目类别", "支出项目类别（资金使用单位）", "项目类别"),
    RoleRule(
        Role.UNIT_CODE,
        r"(?:部门|单位)(?!.*(?:科目|经济)).*(?:代码|编码)$",
        "部门（单位）代码",
        "部门经济科目编码",
    ),
    RoleRule(
        Role.CODE,
        r"(?:科目|功能|经济|分类).*(?:编码|代码)$|^(?:编码|代码)$|^[类款项]$",
        "功能科目编码",
        "预算单位代码",
    ),
    RoleRule(Role.FUND, r"资金性质|^资金来源$", "资金性质", "资金总额"),
    RoleRule(Role.YEAR, r"^年度$|^年份$", "年度", "年度绩效目标"),
    RoleRule(
        Role.CATALOG,
        r"采购(?:目录|类别|品目|组织形式)|品目|指导性目录|购买服务(?:内容|目录)|^[一二三]级$",
        "采购品目名称",
        "采购项目",
    ),
    RoleRule(
        Role.PROJECT,
        r"^(?:一级|二级|预算|采购|专项|支出|购买服务)?项目名称$|^专项(?:资金)?名称$|^(?:采购|预算)项目$|^任务名称$",
        "一级项目名称",
        "项目支出",
    ),
    RoleRule(
        Role.LABEL,
        r"^项目(?:[(].*[)])?$|^(?:收入|支出)项目(?:类别)?$|科目[(]按大类[)]$",
        "项目（按支出功能科目分类）",
        "项目支出",
    ),
    RoleRule(
        Role.NAME,
        r"科目(?:名称)?(?:[(][类款项、]+[)])?$|^支出(?:功能|经济)分类$",
        "部门支出经济分类科目",
        "科目编码",
    ),
    RoleRule(
        Role.UNIT,
        r"^(?:二级|三级|基层)?(?:预算)?(?:部门|单位)(?:[(](?:部门|单位)[)]|/(?:部门|单位))?(?:名称)?$|^(?:预算|实施|用款|项目)单位",
        "二级预算单位名称",
        "绩效度量单位",
    ),
    RoleRule(Role.COUNT, r"^(?:采购)?数量(?:[(].*[)])?$|^人数$", "数量", "数量指标"),
    RoleRule(
        Role.TEXT,
        r"备注|说明|简介|规格|型号|时间|类别|名称$|方式|分值|权重|理由|是否|变动|依据|级次|性质$|(?:项目|任务|政策)[代编]码$|^单位$",
        "项目简介",
        "金额",
    ),
)
_RULES = tuple((rule.role, re.compile(rule.pattern)) for rule in RULES)
_ENOUGH = 0.5
#: Leaf labels that mean something only together with the label above.
_UNDER_A_GROUP = frozenset({"编码", "代码", "名称", "科目"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column's place, header path and role. ``axis`` of codes and names: subject, economic or
    gov_economic."""

    index: int
    path: Path
    role: Role
    axis: str = ""


def is_key(path: Path) -> bool:
    """Whether a header, by its words alone, heads names or codes and not figures."""
    return bool(path) and _named(path) not in (None, Role.COUNT, Role.GOAL, Role.INDICATORS)


def columns(paths: Sequence[Path], lines: Sequence[Line]) -> list[Column]:
    """Role and axis of each column, from its header and from what its cells hold."""
    found = []
    beside_revenue = any(path and fold(path[-1]) == "收入项目类别" for path in paths)
    for index, path in enumerate(paths):
        cells = [line.cells[index] for line in lines if index < len(line.cells)]
        role = _role(path, cells)
        if (
            role is Role.MIXED and beside_revenue
        ):  # 福建: 收入项目类别 | 预算数 | 支出项目类别 | 预算数
            role = Role.LABEL
        axis = _axis(path, cells) if role in (Role.CODE, Role.NAME, Role.LABEL) else ""
        found.append(Column(index, path, role, axis))
    return found


def _role(path: Path, cells: Sequence[str]) -> Role:
    filled = [cell for cell in cells if not is_blank(cell)]
    figures = sum(number(cell) is not None for cell in filled)
    named = _named(path)
    if named in (Role.CODE, Role.UNIT_CODE, Role.SERIAL, Role.COUNT, Role.TARGET, Role.YEAR):
        return named
    if filled and figures > _ENOUGH * len(filled):
        return Role.FIGURE if named is not Role.TEXT else Role.TEXT
    if named is not None:
        return named
    if not filled or figures:
        return Role.FIGURE
    return Role.TEXT


def _named(path: Path) -> Role | None:
    """The first role whose rule finds the leaf label, or the label above a bare 合计."""
    if not path:
        return None
    leaf = fold(path[-1])
    labels = [leaf]
    if len(path) > 1 and leaf in _UNDER_A_GROUP:  # 功能分类科目 > 编码 | 名称
        labels.insert(0, fold(path[-2]) + leaf)
    for label in labels:
        for role, pattern in _RULES:
            if pattern.search(label):
                return role
    if len(path) > 1 and not is_total(leaf) and _is_code_group(fold(path[-2])):
        return Role.CODE
    return None


def _is_code_group(label: str) -> bool:
    return label.endswith(("编码", "代码"))


def _axis(path: Path, cells: Sequence[str]) -> str:
    """Which classification a column of codes or names belongs to."""
    words = fold("".join(path))
    if "功能" in words:
        return "subject"
    if "经济" in words:
        return "gov_economic" if "政府" in words else "economic"
    for cell in cells:
        code = split_code(cell)[0] or (fold(cell) if fold(cell).isdigit() else "")
        if code and len(code) >= 3:
            return {"2": "subject", "3": "economic", "5": "gov_economic"}.get(code[0], "")
    return ""
