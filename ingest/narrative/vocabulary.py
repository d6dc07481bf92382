"""Every word that can stand in the label of a figure, with what it means.

Built per disclosure: the lexicon's concepts, the national classifications, the disclosure's own
units, subjects and projects, and the filler of budget language, which means nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from disclosure.lexicon import lexicon
from disclosure.lexicon.classification import (
    Classification,
    economic,
    functional,
    gov_economic,
)
from disclosure.model import ALL, Fund, Measure, OrgUnit, Subject
from disclosure.text import fold


class Role(StrEnum):
    """What a word of a label contributes."""

    CONCEPT = "concept"
    UNIT = "unit"
    SUBJECT = "subject"
    PROJECT = "project"
    FILLER = "filler"
    REVENUE = "revenue"
    EXPENDITURE = "expenditure"
    BOTH = "both"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word's meaning: coordinates it sets, or the classification codes that bear its name."""

    role: Role
    sets: tuple[tuple[str, str], ...] = ()
    codes: tuple[tuple[str, str], ...] = ()  # (axis, code)


@dataclass(frozen=True, slots=True)
class Word:
    """A word found in a folded label."""

    meaning: Meaning
    start: int
    end: int


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: Words of budget language that narrow nothing. Longest match wins, so '预算单位' is not '预算'.
FILLERS = _words(
    """
    的 为 共 和 及 与 在 中 等 由 是 以 将 从 按 对 总 本 各 全 市 区 县 省 级 年 数 初 内 其 用
    该 此 含 计 约 达 拟 类 款 项 表 包括 其中 分别 分别为 具体 全部 全年 合计 共计 总计 总额 总数
    总量 总体 规模 金额 数额 小计 预算 预算数 预算额 总预算 年初预算 年初预算数 预算安排 预算总额
    预算总计 预算合计 预算金额 部门预算 单位预算 综合预算 决算 决算数 安排 安排的 安排了 拟安排
    计划 计划安排 预计 编制 编报 核定 批复 下达 设置 形成 执行 取得 列入 纳入 部门 单位 本部门
    我部门 本单位 我单位 本局 我局 本委 我委 本办 我办 本院 我院 本校 我校 机关 本级 单独 当年
    本年 本年度 当年度 年度 全市 市本级 区本级 县本级 区级 市级 省级 县级 本市 本区 每年 截至 通过
    使用 涉及 相应 相应安排 情况 方面 部分 资金 经费 费用 拨款 拨款资金 资金总额 财政 财政性 项目
    科目 共有 共安排 支出方面 收入方面 主要 主要包括 达到 分为 组成 构成 来源 资金来源 列支 日常
    按照 支出功能分类 功能分类 支出经济分类 经济分类 口径 科目划分 划分 分类 不含 含上年结转 此项
    下属单位 所属单位 下属 所属 上述 拟采购 采购类 说明 总体情况 关于 报表 变化 增减变化
    增减变化情况 结构 明细 占用 占有 重要 事项 主要内容 内容 如下 预算情况 支出情况 收支情况 有关
    相关 公开 基本情况 安排情况 预算安排情况 规模变化 （补助） 均为
    """
)
#: Combinations that say revenue and expenditure at once.
_BOTH = _words("收支 收入支出 收入、支出 收、支 收入和支出 收入与支出 收入及支出 总收支 收支总")
_REVENUE = _words("收入 收入预算 收入总计 收入合计 收入数 年收入 财务总收入")
_EXPENDITURE = _words(
    "支出 财务总支出 支出预算 支出总计 支出合计 支出数 支出总额 总支出 当年财政拨款 当年拨款"
)
#: Final accounts give one figure in three stages (年初预算, 全年或调整预算, 决算).
_STAGES = {
    "initial": _words("年初预算 年初预算数 年初预算为"),
    "adjusted": _words("全年预算 全年预算数 调整预算 调整预算数 调整后预算 调整预算为"),
    "final": _words("支出决算 决算 决算数 收入决算 支出决算数 决算为"),
}
#: Lines of some cities' narratives that no classification names.
_OPEN_ITEMS = _words(
    """
    在职人员经费 增人增资 上年实户资金余额 使用非财政拨款结余 结余分配
    预留给中小企业 面向中小企业预留 面向小微企业预留
    预留给小型和微型企业
    """
)
#: Spellings of 三公 items that are slips or short forms of some cities.
_SPELLINGS = {
    "公务车购置及运行费": "公务用车",
    "公务车购置及运行维护费": "公务用车",
    "公务车购置费": "31013",
    "公务车运行费": "30231",
    "公务车运行维护费": "30231",
    "公务车用车运行费": "30231",
}
_ASPECT = "aspect"
#: This year's part of a total, without what was carried over; as the tables print it.
_CURRENT = {
    "本年收入": Measure.REVENUE,
    "本年收入合计": Measure.REVENUE,
    "本年支出": Measure.EXPENDITURE,
    "本年支出合计": Measure.EXPENDITURE,
}


class Vocabulary:
    """Longest-match reader of folded labels."""

    def __init__(
        self,
        units: Sequence[OrgUnit] = (),
        subjects: Sequence[Subject] = (),
        projects: Iterable[str] = (),
        own_names: Iterable[str] = (),
    ) -> None:
        self.published: dict[str, frozenset[str]] = {
            axis: frozenset(s.code or s.key for s in subjects if s.axis == axis)
            for axis in ("subject", "economic", "gov_economic")
        }
        self.subject_names: dict[tuple[str, str], str] = {
            (s.axis, s.code or s.key): s.name for s in subjects
        }
        self._forms: dict[str, Meaning] = {}
        self._add_subjects(subjects)
        self._add_concepts()
        self._add_words()
        for project in set(projects) - {ALL}:
            self._set(project, Meaning(Role.PROJECT, (("project", project),)))
        self._add_units(units, own_names)
        self._longest = max(map(len, self._forms), default=1)

    def words(self, label: str) -> tuple[Word, ...] | None:
        """The words that a folded label consists of; None when something in it is unknown."""
        best: list[tuple[int, tuple[Word, ...]] | None] = [None] * (len(label) + 1)
        best[0] = (0, ())
        for start in range(len(label)):
            here = best[start]
            if here is None:
                continue
            for size in range(1, min(self._longest, len(label) - start) + 1):
                meaning = self._forms.get(label[start : start + size])
                if meaning is None:
                    continue
                count = here[0] + _cost(meaning)
                there = best[start + size]
                if there is None or count < there[0]:
                    word = Word(meaning, start, start + size)
                    best[start + size] = (count, (*here[1], word))
        whole = best[len(label)]
        return whole[1] if whole is not None else None

    def classification(self, axis: str) -> Classification:
        """The national classification of an axis."""
        return {"subject": functional, "economic": economic, "gov_economic": gov_economic}[axis]()

    def subject_name(self, axis: str, code: str) -> str:
        """How the disclosure (else the nation) names a code."""
        return (
            self.subject_names.get((axis, code)) or self.classification(axis).by_code(code) or code
        )

    def codes_named(self, axis: str, name: str) -> tuple[str, ...]:
        """Codes of a name: those that the disclosure publishes, else all national ones."""
        key = fold(name)
        own = [
            code
            for (own_axis, code), own_name in self.subject_names.items()
            if own_axis == axis and _same_name(fold(own_name), key)
        ]
        if own:
            return tuple(sorted(own))
        national = self.classification(axis).by_name(name)
        published = [code for code in national if code in self.published[axis]]
        return tuple(published) or national

    def _add_subjects(self, subjects: Sequence[Subject]) -> None:
        named: dict[str, set[tuple[str, str]]] = {}
        for axis in ("subject", "economic", "gov_economic"):
            for code in self.classification(axis):
                for name in self.classification(axis).names(code):
                    named.setdefault(fold(name), set()).add((axis, code))
        for subject in subjects:
            key = (subject.axis, subject.code or subject.key)
            named.setdefault(fold(subject.name), set()).add(key)
        for form, codes in named.items():
            if len(form) > 1:
                self._forms[form] = Meaning(Role.SUBJECT, codes=tuple(sorted(codes)))

    def _add_words(self) -> None:
        for words, role in (
            (FILLERS, Role.FILLER),
            (_BOTH, Role.BOTH),
            (_REVENUE, Role.REVENUE),
            (_EXPENDITURE, Role.EXPENDITURE),
        ):
            for word in words:
                self._forms[fold(word)] = Meaning(role)
        for stage, words in _STAGES.items():
            for word in words:
                self._forms[fold(word)] = Meaning(Role.STAGE, (("stage", stage),))
        for word, measure in _CURRENT.items():
            sets = (("carry", "current"), ("measure", measure))
            self._forms[word] = Meaning(Role.CONCEPT, sets)
        for word, code in _SPELLINGS.items():
            self._forms[word] = Meaning(Role.CONCEPT, (("economic", code),))
        self._forms["国有资本经营收益"] = Meaning(
            Role.CONCEPT, (("fund", Fund.STATE_CAPITAL), ("measure", Measure.REVENUE))
        )
        # Also the name of 类 223, but a sentence that uses it speaks of the fund.
        self._forms["国有资本经营预算支出"] = Meaning(
            Role.CONCEPT, (("fund", Fund.STATE_CAPITAL), ("measure", Measure.EXPENDITURE))
        )
        for item in _OPEN_ITEMS:
            self._forms[fold(item)] = Meaning(Role.CONCEPT, (("item", item),))

    def _add_concepts(self) -> None:
        for concept in lexicon().concepts:
            if _ASPECT in concept.sets:
                continue
            for form in (concept.name, *concept.formal):
                if "收支" in form:
                    self._forms[fold(form)] = Meaning(Role.BOTH)
                elif fold(form) not in self._forms or not _is_total(concept.sets):
                    sets = {**_side(form, concept.sets), **concept.sets}
                    self._forms[fold(form)] = Meaning(Role.CONCEPT, tuple(sorted(sets.items())))

    def _add_units(self, units: Sequence[OrgUnit], own_names: Iterable[str]) -> None:
        whole = Meaning(Role.UNIT, (("unit", ALL),))
        single = len(units) <= 1
        for unit in units:
            meaning = whole if single else Meaning(Role.UNIT, (("unit", unit.key),))
            bare = fold(unit.name)
            self._set(unit.name, meaning)
            if unit.head_office and not single:
                for suffix in ("(本级)", "本级", "(机关)", "机关", "本部", "(本部)"):
                    self._set(bare.removesuffix("(本级)") + suffix, meaning)
                self._set("局本级", meaning)
        for name in own_names:
            self._set(name, whole)

    def _set(self, form: str, meaning: Meaning) -> None:
        key = fold(form)
        if len(key) > 1:
            self._forms[key] = meaning


def _cost(meaning: Meaning) -> int:
    """Readings with few telling words win: 购买服务支出 + 预算 before 购买服务 + 支出预算.

    Two empty words still cost more than one telling word: 财政 + 拨款 against 财政拨款.
    """
    return 60 if meaning.role is Role.FILLER else 100


def _is_total(sets: Mapping[str, str]) -> bool:
    return set(sets) == {"measure"}


def _side(form: str, sets: Mapping[str, str]) -> dict[str, str]:
    """财政拨款收入 and 财政拨款支出 both name the fund; the word itself says which side."""
    if "measure" in sets or not {"fund", "carry", "kind"} & sets.keys():
        return {}
    if form.endswith("收入") or sets.get("carry") == "carried_in":
        return {"measure": Measure.REVENUE}
    if form.endswith("支出") or sets.get("carry") == "carried_out" or "kind" in sets:
        return {"measure": Measure.EXPENDITURE}
    return {}


def _same_name(left: str, right: str) -> bool:
    return left == right or left.removesuffix("支出") == right.removesuffix("支出")
