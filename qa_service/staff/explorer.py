"""The fact explorer: facts of the release as rows, with sums of a selection and a file of all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from disclosure.browsing import FactBrowser, FactFilter, SortKey
from disclosure.library import Library
from disclosure.model import Aspect, Disclosure, Fact, Kind, TableKind
from disclosure.money import decimal_string
from disclosure.naming import Names
from qa_service.staff.spreadsheet import csv_lines
from qa_service.staff.summing import Sum, SumError, sum_of
from qa_service.tools.national import national_names

#: How many rows a file holds at most, and how many facts a sum takes.
MOST_ROWS = 50_000
MOST_SUMMED = 500
_CHUNK = 1_000
_ASPECTS = {
    Aspect.AMOUNT: "金额",
    Aspect.PRIOR: "上年数",
    Aspect.CHANGE: "增减额",
    Aspect.CHANGE_RATE: "增减率",
    Aspect.SHARE: "占比",
    Aspect.COMPLETION: "完成率",
}
#: What the kinds of standard tables are called.
TABLE_KINDS: dict[TableKind, str] = {
    TableKind.REVENUE_EXPENDITURE: "收支总表",
    TableKind.REVENUE: "收入总表",
    TableKind.EXPENDITURE: "支出总表",
    TableKind.FISCAL: "财政拨款收支总表",
    TableKind.GENERAL_EXPENDITURE: "一般公共预算支出表",
    TableKind.BASIC_EXPENDITURE: "一般公共预算基本支出表",
    TableKind.THREE_PUBLIC: "“三公”经费支出表",
    TableKind.GOVERNMENT_FUND: "政府性基金预算支出表",
    TableKind.STATE_CAPITAL: "国有资本经营预算支出表",
    TableKind.PROJECTS: "项目支出表",
    TableKind.PROCUREMENT: "政府采购预算表",
    TableKind.SERVICE_PURCHASE: "政府购买服务预算表",
    TableKind.PERFORMANCE: "绩效目标表",
    TableKind.ECONOMIC: "按经济分类的支出表",
    TableKind.OTHER: "其他表",
}
_ORIGINS = {"cell": "表格", "sentence": "正文", "derived": "推算"}
_HEADER = (
    "部门", "年度", "类别", "公开文件", "表", "行", "列", "口径", "数值", "单位", "性质", "来源",
    "原文", "文件", "页", "行号", "编号",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact as a row of the explorer."""

    id: str
    disclosure_id: str
    disclosure: str
    department: str
    year: int
    kind: str
    table: str
    table_id: str
    row: str
    column: str
    name: str
    value: str
    unit: str
    aspect: str
    origin: str
    total: bool
    printed: str


@dataclass(frozen=True, slots=True)
class FactLines:
    """One page of rows."""

    items: list[FactLine]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class FactKey:
    """Names one fact of the release."""

    disclosure_id: str
    id: str


class Explorer:
    """Looks through the facts of one release."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._disclosures = {d.id: d for d in library.disclosures()}
        self._names = lru_cache(maxsize=256)(self._names_of)
        self._tables = lru_cache(maxsize=256)(self._tables_of)

    def page(
        self, wanted: FactFilter, sort: SortKey, descending: bool, limit: int, offset: int
    ) -> FactLines:
        """One page of what matches."""
        if not isinstance(self._library, FactBrowser):
            return FactLines([], 0, False)
        page = self._library.browse(
            wanted, sort=sort, descending=descending, limit=limit, offset=offset
        )
        return FactLines([self._line(fact) for fact in page.facts], page.total, page.more)

    def sum(self, keys: Sequence[FactKey], unit: str | None) -> Sum:
        """The sum of selected facts. Raises ``SumError``."""
        facts = self._facts(dict.fromkeys(keys))
        return sum_of([(fact, self._names(fact.disclosure_id).label(fact)) for fact in facts], unit)

    def csv(self, wanted: FactFilter, sort: SortKey, descending: bool) -> Iterator[str]:
        """All that matches as a file, up to ``MOST_ROWS``."""
        return csv_lines(_HEADER, self._rows(wanted, sort, descending))

    def _rows(self, wanted: FactFilter, sort: SortKey, descending: bool) -> Iterator[list[str]]:
        if not isinstance(self._library, FactBrowser):
            return
        for offset in range(0, MOST_ROWS, _CHUNK):
            page = self._library.browse(
                wanted, sort=sort, descending=descending, limit=_CHUNK, offset=offset
            )
            for fact in page.facts:
                yield self._cells(fact)
            if len(page.facts) < _CHUNK:
                return

    def _cells(self, fact: Fact) -> list[str]:
        line, at = self._line(fact), fact.locator
        place = ["" if n is None else str(n) for n in (at.page, at.line)]
        return [
            line.department, str(line.year), line.kind, line.disclosure, line.table, line.row,
            line.column, line.name, line.value, line.unit, line.aspect, line.origin, line.printed,
            at.file, *place, line.id,
        ]  # fmt: skip

    def _line(self, fact: Fact) -> FactLine:
        disclosure = self._disclosures[fact.disclosure_id]
        assert fact.value is not None  # only facts with a value are browsed
        return FactLine(
            id=fact.id,
            disclosure_id=disclosure.id,
            disclosure=disclosure.title,
            department=disclosure.department,
            year=fact.year,
            kind=kind_name(disclosure),
            table=self._tables(disclosure.id).get(fact.table_id or "", ""),
            table_id=fact.table_id or "",
            row=fact.label,
            column=" / ".join(fact.header),
            name=self._names(disclosure.id).label(fact),
            value=decimal_string(fact.value),
            unit=fact.unit,
            aspect=_ASPECTS[fact.aspect],
            origin=_ORIGINS.get(fact.origin, fact.origin),
            total=fact.total,
            printed=fact.printed,
        )

    def _facts(self, keys: Collection[FactKey]) -> list[Fact]:
        """The facts of these keys, each disclosure gone through once."""
        wanted: dict[str, dict[str, Fact | None]] = {}
        for key in keys:
            wanted.setdefault(key.disclosure_id, {})[key.id] = None
        for disclosure_id, found in wanted.items():
            for fact in self._library.facts(disclosure_id):
                if fact.id in found:
                    found[fact.id] = fact
        facts = [wanted[key.disclosure_id][key.id] for key in keys]
        if None in facts:
            raise SumError("所选的数在现有资料中已经没有，请刷新后重新选择。")
        return [fact for fact in facts if fact is not None]

    def _names_of(self, disclosure_id: str) -> Names:
        return Names(self._disclosures[disclosure_id], national_names())

    def _tables_of(self, disclosure_id: str) -> dict[str, str]:
        return {table.id: table.name for table in self._library.tables(disclosure_id)}


class Explorers:
    """Gives the explorer of a release, made once. Safe to call from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: tuple[Library, Explorer] | None = None

    def over(self, library: Library) -> Explorer:
        """The explorer of this release."""
        with self._lock:
            if self._newest is None or self._newest[0] is not library:
                self._newest = (library, Explorer(library))
            return self._newest[1]


def kind_name(disclosure: Disclosure) -> str:
    """预算 or 决算."""
    return "决算" if disclosure.kind is Kind.FINAL_ACCOUNT else "预算"
