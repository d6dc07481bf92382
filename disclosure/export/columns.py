"""The columns of the exported files: names, types, fiscal meaning, and how a record fills them.

``column_type`` is a term of the Fiscal Data Package's budget taxonomy (1.0rc1), where it has one;
the taxonomy lets a term be made more special by a suffix. Codes go without their names where the
name is in the column beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Generic, Literal, TypeVar

from disclosure.library import Library
from disclosure.model import ALL, Disclosure, Fact, Measure, Passage, PublishedTable
from disclosure.money import MONEY_UNITS, YUAN, Amount

R = TypeVar("R")

#: What a cell may hold. A tuple is written as a JSON array in CSV, as a list in Parquet.
Cell = str | int | float | bool | Decimal | tuple[str, ...] | None

Type = Literal["string", "integer", "number", "decimal", "money", "boolean", "array"]


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column. ``decimal`` is an exact number with the digits that were printed; ``money`` an
    exact amount in yuan; ``number`` a measure of the program's own (a confidence)."""

    name: str
    type: Type
    title: str
    read: Callable[[R], Cell]
    column_type: str = ""
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactRecord:
    """A fact beside what gives its codes their names."""

    fact: Fact
    context: Context

    @property
    def amount(self) -> Decimal | None:
        """The value in yuan, exactly; None for what is no money."""
        fact = self.fact
        if fact.value is None or fact.unit not in MONEY_UNITS:
            return None
        return Amount(fact.value, fact.unit).to(YUAN).value


@dataclass(frozen=True)
class Context:
    """A disclosure with the names of its units, subjects and tables."""

    disclosure: Disclosure
    tables: Sequence[PublishedTable]

    @cached_property
    def units(self) -> Mapping[str, str]:
        return {unit.key: unit.name for unit in self.disclosure.units}

    @cached_property
    def subjects(self) -> Mapping[tuple[str, str], str]:
        return {(s.axis, s.key): s.name for s in self.disclosure.subjects}

    @cached_property
    def table_names(self) -> Mapping[str, str]:
        return {table.id: table.name for table in self.tables}


def fact_records(library: Library, disclosure_ids: Sequence[str]) -> Iterator[FactRecord]:
    """The facts of some disclosures, one disclosure in memory at a time."""
    held = {d.id: d for d in library.disclosures()}
    for disclosure_id in disclosure_ids:
        context = Context(held[disclosure_id], library.tables(disclosure_id))
        for fact in library.facts(disclosure_id):
            yield FactRecord(fact, context)


def _axis(axis: str, title: str, column_type: str = "", name: str = "") -> Column[FactRecord]:
    return Column(
        name or axis,
        "string",
        f"{title}；{ALL}为不限",
        lambda r: str(getattr(r.fact.coordinates, axis)),
        column_type,
        required=True,
    )


def _subject_name(axis: str, title: str, column_type: str) -> Column[FactRecord]:
    return Column(
        f"{axis}_name",
        "string",
        title,
        lambda r: r.context.subjects.get((axis, getattr(r.fact.coordinates, axis)), ""),
        column_type,
    )


def _text(name: str, title: str, column_type: str = "") -> Column[FactRecord]:
    return Column(name, "string", title, lambda r: str(getattr(r.fact, name) or ""), column_type)


def _place(name: str, title: str) -> Column[FactRecord]:
    return Column(f"source_{name}", "integer", title, lambda r: getattr(r.fact.locator, name))


def _direction(record: FactRecord) -> str:
    measure = record.fact.measure
    return measure.value if measure in (Measure.REVENUE, Measure.EXPENDITURE) else ""


FACTS: tuple[Column[FactRecord], ...] = (
    Column("id", "string", "数的编号", lambda r: r.fact.id, "budget-line-id", required=True),
    Column(
        "disclosure_id",
        "string",
        "所属公开资料的编号",
        lambda r: r.fact.disclosure_id,
        required=True,
    ),
    Column(
        "department_code",
        "string",
        "部门代码",
        lambda r: r.context.disclosure.code,
        "administrative-classification:generic:level1:code",
    ),
    Column(
        "department",
        "string",
        "部门名称",
        lambda r: r.context.disclosure.department,
        "administrative-classification:generic:level1:label",
        required=True,
    ),
    _axis("unit", "单位代码", "administrative-classification:generic:level2:code", "org_unit"),
    Column(
        "org_unit_name",
        "string",
        "单位名称",
        lambda r: r.context.units.get(r.fact.coordinates.unit, ""),
        "administrative-classification:generic:level2:label",
    ),
    Column("year", "integer", "年度", lambda r: r.fact.year, "date:fiscal-year", required=True),
    Column(
        "stage",
        "string",
        "预算阶段",
        lambda r: r.fact.stage,
        "phase:id",
        required=True,
        values=("initial", "adjusted", "final"),
    ),
    Column("direction", "string", "收入或支出", _direction, "direction"),
    Column(
        "measure",
        "string",
        "数的种类",
        lambda r: r.fact.measure.value,
        "value-kind:code",
        required=True,
        values=tuple(m.value for m in Measure),
    ),
    Column(
        "aspect",
        "string",
        "金额、上年数、增减额、增减率、占比或完成率",
        lambda r: r.fact.aspect.value,
        required=True,
    ),
    _axis("subject", "功能分类科目代码", "functional-classification:generic:code"),
    _subject_name("subject", "功能分类科目名称", "functional-classification:generic:label"),
    _axis("economic", "部门预算支出经济分类科目代码", "economic-classification:generic:code"),
    _subject_name(
        "economic", "部门预算支出经济分类科目名称", "economic-classification:generic:label"
    ),
    _axis(
        "gov_economic",
        "政府预算支出经济分类科目代码",
        "economic-classification:generic:code:government",
    ),
    _subject_name(
        "gov_economic",
        "政府预算支出经济分类科目名称",
        "economic-classification:generic:label:government",
    ),
    # A project has no code of its own in these documents: its name tells it apart.
    _axis("project", "项目名称", "activity:generic:project:code"),
    _axis("item", "其他名目"),
    _axis("fund", "资金来源", "fin-source:generic:code"),
    _axis("kind", "基本支出、项目支出等", "expenditure-type:code"),
    _axis("nature", "人员经费或公用经费"),
    _axis("carry", "本年、结转"),
    _axis("procurement_kind", "货物、工程或服务"),
    _axis("procurement_mode", "集中采购或分散采购"),
    Column(
        "amount",
        "money",
        "金额，换算为元；不是钱的为空",
        lambda r: r.amount,
        "value",
    ),
    Column("value", "decimal", "数值，位数同原文；只有文字的为空", lambda r: r.fact.value),
    Column("unit", "string", "数值的计量单位", lambda r: r.fact.unit),
    Column("printed", "string", "原文写法", lambda r: r.fact.printed),
    Column("places", "integer", "原文小数位数", lambda r: r.fact.places, required=True),
    _text("label", "所在行或语句的名称"),
    Column("header", "array", "列标题，由外到内", lambda r: r.fact.header),
    Column("row_path", "array", "上级行的名称，由外到内", lambda r: r.fact.row_path),
    Column("total", "boolean", "同表列有其组成部分", lambda r: r.fact.total, required=True),
    Column(
        "origin",
        "string",
        "取自表格、语句，或由已公开的数推算",
        lambda r: r.fact.origin,
        required=True,
        values=("cell", "sentence", "derived"),
    ),
    _text("base", "增减、比率所比的数"),
    _text("as_of", "时点或期间"),
    _text("comparator", "指标值的比较符号"),
    _text("text_value", "文字形式的指标值"),
    _text("indicator_class", "绩效指标类别"),
    _text("indicator", "绩效指标名称"),
    _text("formula", "推算式"),
    Column("inputs", "array", "推算所用的数的编号", lambda r: r.fact.inputs),
    Column("ordinal", "integer", "相同行列中的序号", lambda r: r.fact.ordinal, required=True),
    Column("confidence", "number", "读取把握，0至1", lambda r: r.fact.confidence, required=True),
    Column(
        "table",
        "string",
        "所在表格",
        lambda r: r.context.table_names.get(r.fact.table_id or "", ""),
    ),
    _text("table_id", "所在表格的编号"),
    _text("passage_id", "所在段落的编号"),
    Column("source_file", "string", "来源文件", lambda r: r.fact.locator.file, required=True),
    _place("page", "页"),
    _place("line", "行（文本文件）"),
    _place("table", "文件中第几张表"),
    _place("row", "表中第几行"),
    _place("column", "表中第几列"),
    _place("start", "单元格或语句内的起点"),
    _place("end", "单元格或语句内的终点"),
)

DISCLOSURES: tuple[Column[Disclosure], ...] = (
    Column("id", "string", "编号", lambda d: d.id, required=True),
    Column(
        "department",
        "string",
        "部门或单位名称",
        lambda d: d.department,
        "administrative-classification:generic:level1:label",
        required=True,
    ),
    Column(
        "department_code",
        "string",
        "部门代码",
        lambda d: d.code,
        "administrative-classification:generic:level1:code",
    ),
    Column("province", "string", "省", lambda d: d.region.province, "geo:source:title:province"),
    Column("city", "string", "市", lambda d: d.region.city, "geo:source:title:city"),
    Column("district", "string", "区县", lambda d: d.region.district, "geo:source:title:district"),
    Column("year", "integer", "年度", lambda d: d.year, "date:fiscal-year", required=True),
    Column(
        "kind",
        "string",
        "预算或决算",
        lambda d: d.kind.value,
        required=True,
        values=("budget", "final_account"),
    ),
    Column(
        "level",
        "string",
        "部门整体或单位",
        lambda d: d.level.value,
        required=True,
        values=("department", "unit"),
    ),
    Column("title", "string", "标题", lambda d: d.title),
    Column("version", "integer", "版本", lambda d: d.version, required=True),
    Column("supersedes", "string", "所取代的版本", lambda d: d.supersedes),
    Column("files", "array", "来源文件", lambda d: tuple(f.name for f in d.files)),
    Column("sha256", "array", "来源文件的摘要", lambda d: tuple(f.sha256 for f in d.files)),
    Column("remarks", "array", "说明", lambda d: d.remarks),
)

PASSAGES: tuple[Column[Passage], ...] = (
    Column("id", "string", "编号", lambda p: p.id, required=True),
    Column(
        "disclosure_id", "string", "所属公开资料的编号", lambda p: p.disclosure_id, required=True
    ),
    Column("kind", "string", "段落的种类", lambda p: p.kind.value, required=True),
    Column("section", "array", "所在章节，由外到内", lambda p: p.section),
    Column("subject_label", "string", "所说明的对象", lambda p: p.subject_label),
    Column("text", "string", "原文", lambda p: p.text, required=True),
    Column("source_file", "string", "来源文件", lambda p: p.locator.file, required=True),
    Column("source_page", "integer", "页", lambda p: p.locator.page),
    Column("source_line", "integer", "行（文本文件）", lambda p: p.locator.line),
)
