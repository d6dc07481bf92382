"""The domain model: disclosures, facts at complete coordinates, passages, tables and findings.

Plain frozen dataclasses; behaviour lives beside them (``money``, ``lexicon``, ``store``).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum

from disclosure.document import Locator

#: The explicit member of every axis that means "not narrowed on this axis".
ALL = "ALL"


class Kind(StrEnum):
    """What a disclosure publishes: a budget (部门预算) or a final account (部门决算)."""

    BUDGET = "budget"
    FINAL_ACCOUNT = "final_account"


class Level(StrEnum):
    """Department as a whole (部门, all units) or one unit of it (单位, 本级)."""

    DEPARTMENT = "department"
    UNIT = "unit"


class Measure(StrEnum):
    """What a fact counts, a closed vocabulary. Axes narrow it; ``Aspect`` says how it is given."""

    REVENUE = "revenue"  # 收入
    EXPENDITURE = "expenditure"  # 支出
    THREE_PUBLIC = "three_public"  # “三公”经费 and its parts, over all fiscal funds
    CONFERENCE_TRAINING = "conference_training"  # 会议费、培训费 printed beside 三公
    OPERATING = "operating"  # 机关运行经费
    PROCUREMENT = "procurement"  # 政府采购
    SERVICE_PURCHASE = "service_purchase"  # 政府购买服务
    STAFF = "staff"  # 编制、在职、离退休 and posts, in persons
    COUNT = "count"  # any other counted noun: 科室, 单位, 项目, 车辆, 设备
    TARGET = "target"  # a performance target (绩效指标值)
    OTHER = "other"  # a figure whose subject is its label only


class Aspect(StrEnum):
    """How a figure relates to its measure."""

    AMOUNT = "amount"
    PRIOR = "prior"  # last year's figure (上年数)
    CHANGE = "change"  # 同比增减额, signed
    CHANGE_RATE = "change_rate"  # 同比增减率, in %, signed
    SHARE = "share"  # 占比, in %
    COMPLETION = "completion"  # 完成预算的 %, final accounts


class Fund(StrEnum):
    """Fund source (资金来源). ``FISCAL`` contains the three budgets; ``UNIT`` its five sources."""

    FISCAL = "fiscal"  # 财政拨款
    GENERAL = "general"  # 一般公共预算
    GOVERNMENT_FUND = "government_fund"  # 政府性基金预算
    STATE_CAPITAL = "state_capital"  # 国有资本经营预算
    SPECIAL_ACCOUNT = "special_account"  # 财政专户管理资金
    UNIT = "unit_funds"  # 单位资金
    OPERATIONS = "operations"  # 事业收入
    BUSINESS = "business"  # 事业单位经营收入
    SUPERIOR = "superior"  # 上级补助收入
    SUBORDINATE = "subordinate"  # 附属单位上缴收入
    OTHER = "other_funds"  # 其他收入


#: Each fund's container. Sums over funds never take a container beside its members.
FUND_PARENT: dict[str, str] = {
    Fund.GENERAL: Fund.FISCAL,
    Fund.GOVERNMENT_FUND: Fund.FISCAL,
    Fund.STATE_CAPITAL: Fund.FISCAL,
    Fund.OPERATIONS: Fund.UNIT,
    Fund.BUSINESS: Fund.UNIT,
    Fund.SUPERIOR: Fund.UNIT,
    Fund.SUBORDINATE: Fund.UNIT,
    Fund.OTHER: Fund.UNIT,
}


#: The two 三公 members without a code of their own, with their disjoint parts.
THREE_PUBLIC_PARTS: dict[str, tuple[str, ...]] = {
    "三公": ("30212", "公务用车", "30217"),
    "公务用车": ("31013", "30231"),
}


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Where a figure stands on every axis. ``ALL`` is an explicit member of each.

    ``unit``: unit code, or name where none is published; ALL is the disclosure's whole department.
    ``subject``: functional classification code (3, 5 or 7 digits), or name where no code is known.
    ``economic``: economic classification of departments (301…), or name; the 三公 items use their
    economic codes (30212, 30217, 30231 …) and ``三公`` / ``公务用车`` for the two that have none.
    ``gov_economic``: economic classification of government (501…).
    ``project``: project name as published. ``item``: an open label for what no axis expresses
    (a revenue sub-row such as 上级补助, a counted noun such as 行政编制), else ALL.
    ``fund``: a ``Fund``. ``kind``: basic | project | business | remitted | subsidy.
    ``nature``: personnel | public. ``carry``: current | carried_in | carried_out.
    ``procurement_kind``: goods | works | services. ``procurement_mode``: centralised | dispersed.
    """

    unit: str = ALL
    subject: str = ALL
    economic: str = ALL
    gov_economic: str = ALL
    project: str = ALL
    item: str = ALL
    fund: str = ALL
    kind: str = ALL
    nature: str = ALL
    carry: str = ALL
    procurement_kind: str = ALL
    procurement_mode: str = ALL

    def narrowed(self) -> dict[str, str]:
        """The axes that are not ALL."""
        return {axis: v for axis in AXES if (v := getattr(self, axis)) != ALL}


AXES: tuple[str, ...] = tuple(f.name for f in fields(Coordinates))


@dataclass(frozen=True, slots=True)
class Fact:
    """One published (or derived) figure at complete coordinates, with the place that prints it.

    ``value`` is None for a target that is only text (优, 年底前). ``unit``: 元, 万元, 亿元, %, or a
    counted noun's classifier (名, 个, 辆, 项). ``printed`` is the source's own form. ``places`` is
    its number of decimals. ``base`` names what a change, rate or share refers to, in the document's
    words (上年预算数, 支出总预算). ``origin``: cell | sentence | derived; a derived fact carries
    ``formula`` and the ids it was computed from. ``label`` is how the source names the row or the
    phrase; ``header`` the column header path. ``row_path`` holds the labels of the containing rows,
    outermost first. ``total`` marks a row whose parts are printed in the same table (合计, 小计, a
    department over its units, a class over its items).
    """

    id: str
    disclosure_id: str
    measure: Measure
    aspect: Aspect
    coordinates: Coordinates
    value: Decimal | None
    unit: str
    year: int
    label: str
    locator: Locator
    printed: str = ""
    places: int = 0
    origin: str = "cell"
    header: tuple[str, ...] = ()
    row_path: tuple[str, ...] = ()
    total: bool = False
    table_id: str | None = None
    passage_id: str | None = None
    ordinal: int = 1
    stage: str = "initial"  # initial | adjusted | final
    as_of: str = ""
    base: str = ""
    comparator: str = ""  # ≥ ≤ = > <, of a target
    text_value: str = ""
    indicator_class: str = ""  # 数量指标, 质量指标 …, of a target
    indicator: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    confidence: float = 1.0

    def column_of(self, cells: tuple[str, ...]) -> int | None:
        """Which cell of its row prints the fact, from 0: the located one if it holds what was
        printed, else the only one that does."""
        column = (self.locator.column or 0) - 1
        if 0 <= column < len(cells) and self.printed in cells[column]:
            return column
        holding = [index for index, cell in enumerate(cells) if cell.strip() == self.printed]
        return holding[0] if len(holding) == 1 else None


class PassageKind(StrEnum):
    """What a passage is, for the questions that want one of a kind."""

    PARAGRAPH = "paragraph"
    DUTY = "duty"
    STRUCTURE = "structure"
    REASON = "reason"
    PURPOSE = "purpose"
    TERM = "term"
    GOAL = "goal"
    NOTE = "note"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk of narrative that stands alone. ``subject_label`` is what it explains or defines
    (the term of a definition, the project of a goal, the subject of a purpose)."""

    id: str
    disclosure_id: str
    kind: PassageKind
    section: tuple[str, ...]
    text: str
    locator: Locator
    subject_label: str = ""

    def embedded_text(self) -> str:
        """What is embedded and indexed: the section path gives a chunk its context."""
        return " ".join((*self.section[-2:], self.subject_label, self.text)).strip()


class TableKind(StrEnum):
    """Standard tables, recognised by what they contain."""

    REVENUE_EXPENDITURE = "revenue_expenditure"  # 收支总表
    REVENUE = "revenue"  # 收入总表
    EXPENDITURE = "expenditure"  # 支出总表
    FISCAL = "fiscal"  # 财政拨款收支总表
    GENERAL_EXPENDITURE = "general_expenditure"  # 一般公共预算支出表
    BASIC_EXPENDITURE = "basic_expenditure"  # 一般公共预算基本支出表
    THREE_PUBLIC = "three_public"  # “三公”经费支出表
    GOVERNMENT_FUND = "government_fund"  # 政府性基金预算支出表
    STATE_CAPITAL = "state_capital"  # 国有资本经营预算支出表
    PROJECTS = "projects"  # 项目支出表
    PROCUREMENT = "procurement"  # 政府采购预算表
    SERVICE_PURCHASE = "service_purchase"  # 政府购买服务预算表
    PERFORMANCE = "performance"  # 绩效目标表
    ECONOMIC = "economic"  # 按经济分类的支出表 (all funds or gov/department economic)
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One whole table, its page-broken parts joined.

    ``columns``: header path of each column, outermost first. ``rows``: the body as printed, every
    row as wide as ``columns``; ``row_locators`` beside it. ``label``: 表1, 预算公开01表 or ''.
    ``note``: lines under the table. ``empty``: the table prints no non-zero figure.
    ``confidence`` 0 to 1: how surely columns were mapped; below 0.5 no facts are made of it.
    """

    id: str
    disclosure_id: str
    ordinal: int
    label: str
    title: str
    kind: TableKind
    unit: str
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    row_locators: tuple[Locator, ...]
    note: str = ""
    empty: bool = False
    confidence: float = 1.0
    weakness: str = ""

    @property
    def name(self) -> str:
        """How an answer names the table: ``表3《部门支出总体情况表》``."""
        return (
            f"{self.label}《{self.title}》"
            if self.title
            else (self.label or f"第{self.ordinal}张表")
        )

    def row_of(self, place: Locator) -> int | None:
        """The index of the row at a place; None where the table has none there."""
        keys = (locator.row_key for locator in self.row_locators)
        return next((index for index, key in enumerate(keys) if key == place.row_key), None)


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """An organisation unit inside a disclosure. ``head_office`` marks 本级 (the bureau itself)."""

    key: str
    code: str
    name: str
    head_office: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A classification member that a disclosure publishes. ``axis``: subject | economic |
    gov_economic. ``parent`` is the containing member's key, or ''. ``key`` is the code, or the
    name where the document gives no code and the national list none either."""

    axis: str
    key: str
    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """Where a department belongs: 吉林省 / 长春市 / ''. Empty where unknown."""

    province: str = ""
    city: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a disclosure was read from."""

    name: str
    media_type: str
    sha256: str
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One department's (or unit's) budget or final account of one fiscal year, from its files."""

    id: str
    department: str
    code: str
    region: Region
    year: int
    kind: Kind
    level: Level
    title: str
    units: tuple[OrgUnit, ...]
    subjects: tuple[Subject, ...]
    files: tuple[SourceFile, ...]
    version: int = 1
    supersedes: str = ""
    remarks: tuple[str, ...] = ()


class Outcome(StrEnum):
    """Result of one reconciliation check; a check that was not run never counts as passed."""

    PASS = "pass"
    ROUNDING = "rounding"
    MISMATCH = "mismatch"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reconciliation result (勾稽关系): a named rule on the cells concerned."""

    disclosure_id: str
    rule: str
    outcome: Outcome
    message: str
    expected: Decimal | None = None
    actual: Decimal | None = None
    unit: str = ""
    fact_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that ingest learned from the files of one disclosure; what a store keeps."""

    disclosure: Disclosure
    tables: tuple[PublishedTable, ...] = ()
    facts: tuple[Fact, ...] = ()
    passages: tuple[Passage, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
