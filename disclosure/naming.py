"""Chinese names of coordinates: how answers, findings and exports call a figure."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure.model import ALL, Aspect, Coordinates, Disclosure, Fact, Fund, Kind, Level, Measure

FUND_NAMES: dict[str, str] = {
    Fund.FISCAL: "财政拨款",
    Fund.GENERAL: "一般公共预算",
    Fund.GOVERNMENT_FUND: "政府性基金预算",
    Fund.STATE_CAPITAL: "国有资本经营预算",
    Fund.SPECIAL_ACCOUNT: "财政专户管理资金",
    Fund.UNIT: "单位资金",
    Fund.OPERATIONS: "事业收入",
    Fund.BUSINESS: "事业单位经营收入",
    Fund.SUPERIOR: "上级补助收入",
    Fund.SUBORDINATE: "附属单位上缴收入",
    Fund.OTHER: "其他收入",
}
KIND_NAMES = {
    "basic": "基本支出",
    "project": "项目支出",
    "business": "事业单位经营支出",
    "remitted": "上缴上级支出",
    "subsidy": "对附属单位补助支出",
}
NATURE_NAMES = {"personnel": "人员经费", "public": "公用经费"}
CARRY_NAMES = {"current": "本年", "carried_in": "上年结转结余", "carried_out": "结转下年"}
PROCUREMENT_KINDS = {"goods": "货物类", "works": "工程类", "services": "服务类"}
PROCUREMENT_MODES = {"centralised": "集中采购", "dispersed": "分散采购"}
MEASURE_NAMES: dict[str, str] = {
    Measure.REVENUE: "收入",
    Measure.EXPENDITURE: "支出",
    Measure.THREE_PUBLIC: "“三公”经费",
    Measure.CONFERENCE_TRAINING: "会议费和培训费",
    Measure.OPERATING: "机关运行经费",
    Measure.PROCUREMENT: "政府采购",
    Measure.SERVICE_PURCHASE: "政府购买服务",
}
#: 三公 items: named alike in every disclosure; two have no code of their own.
THREE_PUBLIC_NAMES = {
    "三公": "“三公”经费",
    "30212": "因公出国（境）费",
    "公务用车": "公务用车购置及运行维护费",
    "31013": "公务用车购置费",
    "30913": "公务用车购置费",
    "30231": "公务用车运行维护费",
    "30217": "公务接待费",
    "30215": "会议费",
    "30216": "培训费",
}


class Names:
    """Names of one disclosure's members. ``national`` names codes it does not publish."""

    def __init__(
        self, disclosure: Disclosure, national: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        self.disclosure = disclosure
        self._units = {unit.key: unit for unit in disclosure.units}
        self._subjects: dict[tuple[str, str], str] = {
            (subject.axis, subject.key): subject.name for subject in disclosure.subjects
        }
        self._economic = {s.name for s in disclosure.subjects if s.axis == "economic"}
        self._national = national or {}
        self._repeated = _repeated_names(disclosure)

    def unit(self, key: str) -> str:
        """A unit's name, told apart from the department whose name it shares."""
        if key == ALL:
            return self.department()
        unit = self._units.get(key)
        if unit is None:
            return key
        if unit.head_office and self._has_parts:
            code = f"（{unit.code}）" if unit.code else ""
            return f"{unit.name.removesuffix('（本级）').removesuffix('(本级)')}本级{code}"
        return unit.name

    def department(self) -> str:
        """The disclosure's own name, saying 部门整体 where a unit shares it."""
        name = self.disclosure.department
        if self.disclosure.level is Level.DEPARTMENT and self._has_parts:
            shares = any(unit.name == name for unit in self.disclosure.units)
            return f"{name}（部门整体）" if shares else name
        return name

    @property
    def _has_parts(self) -> bool:
        return len(self.disclosure.units) > 1

    def member(self, axis: str, key: str) -> str:
        """The official name of a member of an open axis (subject, economic, project …)."""
        if axis == "unit":
            return self.unit(key)
        if axis == "economic" and key in THREE_PUBLIC_NAMES:
            return THREE_PUBLIC_NAMES[key]
        fixed = {
            "fund": FUND_NAMES,
            "kind": KIND_NAMES,
            "nature": NATURE_NAMES,
            "carry": CARRY_NAMES,
            "procurement_kind": PROCUREMENT_KINDS,
            "procurement_mode": PROCUREMENT_MODES,
        }.get(axis)
        if fixed is not None:
            return fixed.get(key, key)
        name = self.published(axis, key)
        if axis == "subject" and name in self._repeated and name != key:
            return f"{name}（{self._with_parent(key)}）"
        if axis == "gov_economic" and name in self._economic:
            return f"{name}（{key}，政府预算经济分类）"
        return name

    def published(self, axis: str, key: str) -> str:
        """A member's name as the disclosure prints it, without anything to tell it apart."""
        return self._subjects.get((axis, key)) or self._national.get(axis, {}).get(key, key)

    def _with_parent(self, code: str) -> str:
        parent = code[:5] if len(code) == 7 else code[:3]
        name = self._subjects.get(("subject", parent)) or self._national.get("subject", {}).get(
            parent
        )
        return f"{code}，{name}" if name else code

    def scope(self, coordinates: Coordinates, measure: str) -> str:
        """The part of the label that narrows it: fund, kind, nature, carry-over."""
        c = coordinates
        words = []
        if c.carry in ("carried_in", "carried_out"):
            words.append(CARRY_NAMES[c.carry])
        if c.fund != ALL and not (measure == Measure.REVENUE and _revenue_only(c)):
            words.append(FUND_NAMES.get(c.fund, c.fund))
        if c.kind != ALL and c.nature == ALL:
            words.append(KIND_NAMES.get(c.kind, c.kind))
        if c.nature != ALL:
            words.append(("基本支出" if c.kind == "basic" else "") + NATURE_NAMES[c.nature])
        return "".join(words)

    def what(self, coordinates: Coordinates, measure: str, label: str = "") -> str:
        """What is counted, without unit and year: ``一般公共预算基本支出中的差旅费``."""
        c = coordinates
        scope = self.scope(c, measure)
        if measure in (Measure.PROCUREMENT, Measure.SERVICE_PURCHASE):
            return self._purchase(c, measure)
        if measure in (Measure.STAFF, Measure.COUNT, Measure.TARGET, Measure.OTHER):
            return c.item if c.item != ALL else label
        if measure == Measure.OPERATING:
            return MEASURE_NAMES[measure]
        items = [
            self.member(axis, getattr(c, axis))
            for axis in ("subject", "economic", "gov_economic")
            if getattr(c, axis) != ALL
        ]
        if c.project != ALL:
            items.append(f"“{c.project}”项目")
        if c.item != ALL:
            items.append(c.item)
        if measure in (Measure.THREE_PUBLIC, Measure.CONFERENCE_TRAINING):
            fund = c.fund if c.fund not in (ALL, Fund.FISCAL) else ""
            return (FUND_NAMES[fund] + "安排的" if fund else "") + "".join(items)
        if not items:
            return self._plain(c, measure, scope)
        if measure == Measure.REVENUE:
            scope = scope or "收入"
        if c.project != ALL and len(items) == 1:
            return items[0] + (f"{scope}" if scope and scope != KIND_NAMES["project"] else "")
        return f"{scope}中的{'—'.join(items)}" if scope else "—".join(items)

    def _plain(self, c: Coordinates, measure: str, scope: str) -> str:
        if measure == Measure.REVENUE:
            if c.carry == "carried_in":
                return scope
            fund = FUND_NAMES.get(c.fund, "") if c.fund != ALL else ""
            year = "本年" if c.carry == "current" else ""
            return f"{year}{fund}收入".replace("收入收入", "收入") if fund else f"{year}收入总计"
        if c.carry == "carried_out":
            return scope
        if c.kind == ALL and c.nature == ALL:
            return f"{scope}支出合计" if scope else "支出总计"
        return scope

    def _purchase(self, c: Coordinates, measure: str) -> str:
        words = []
        if c.fund != ALL:
            words.append(FUND_NAMES.get(c.fund, c.fund) + "安排的")
        if c.subject != ALL:
            words.append(self.member("subject", c.subject) + "科目下")
        if c.project != ALL:
            words.append(f"“{c.project}”项目的")
        if c.item != ALL:
            words.append(f"{c.item}的")
        if measure == Measure.SERVICE_PURCHASE:
            return "".join(words) + MEASURE_NAMES[measure]
        kind = PROCUREMENT_KINDS.get(c.procurement_kind, "")
        mode = PROCUREMENT_MODES.get(c.procurement_mode, "")
        return (
            "".join(words)
            + (f"政府{mode}" if mode else "政府采购" if not kind else "")
            + (f"{kind}" if mode and kind else f"{kind}采购" if kind else "")
        )

    def noun(self, stage: str = "") -> str:
        """预算 or 决算: what the disclosure's figures are; of a final account by their stage."""
        if self.disclosure.kind is not Kind.FINAL_ACCOUNT:
            return "预算"
        return {"initial": "年初预算", "adjusted": "全年预算"}.get(stage, "决算")

    def label(self, fact: Fact) -> str:
        """The whole label of a figure: whose, which year, what, which aspect."""
        return self.phrase(
            fact.coordinates,
            fact.measure,
            fact.aspect,
            fact.year,
            fact.label,
            base=fact.base,
            stage=fact.stage,
        )

    def phrase(
        self,
        coordinates: Coordinates,
        measure: str,
        aspect: str = Aspect.AMOUNT,
        year: int | None = None,
        label: str = "",
        base: str = "",
        stage: str = "",
    ) -> str:
        """The whole label of a figure at these coordinates."""
        what = self.what(coordinates, measure, label)
        money = measure not in (Measure.STAFF, Measure.COUNT, Measure.TARGET, Measure.OTHER)
        noun = self.noun(stage) if money and aspect in (Aspect.AMOUNT, Aspect.PRIOR) else ""
        suffix = {
            Aspect.CHANGE: "比上年增减额",
            Aspect.CHANGE_RATE: "比上年增减幅度",
            Aspect.SHARE: f"占{base or '总额'}的比例",
            Aspect.COMPLETION: f"完成{base or '预算'}的比例",
        }.get(Aspect(aspect), noun)
        year = self.disclosure.year if year is None else year
        if aspect == Aspect.PRIOR and year == self.disclosure.year:
            year -= 1  # a column 上年预算数 of this year's table
        return f"{self.unit(coordinates.unit)}{year}年{what}{suffix}"


def _revenue_only(c: Coordinates) -> bool:
    return c.subject == ALL and c.item == ALL


def _repeated_names(disclosure: Disclosure) -> frozenset[str]:
    seen: set[str] = set()
    repeated: set[str] = set()
    for subject in disclosure.subjects:
        if subject.axis == "subject":
            (repeated if subject.name in seen else seen).add(subject.name)
    return frozenset(repeated)
