"""Whose disclosure a document is, of which year and kind, read from its content alone.

A file's name is never believed. What is missing stays missing: a tables file without a title page
is completed by the narrative file that it belongs to (``ingest.assemble``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from disclosure.document import Document, Grid, Paragraph
from disclosure.lexicon.regions import find_region
from disclosure.model import Kind, Level, Region
from disclosure.money import parse_number
from disclosure.text import fold
from ingest.titles import NAME, NUMERAL_YEAR, NUMERALS, clean_name, is_body, read_title

_YEAR_SAID = re.compile(
    r"(?<!\d)(20[1-3]\d)(?:年度?|(?=部门|单位|预算|决算))(?:部门|单位|预算|决算|一般|财政|绩效|项目|[)）]|$)"
)
_CAPTION_OWNER = re.compile(
    r"(?:部门名称|单位名称|编制部门|编制单位|填报部门|填报单位|预算单位|公开部门|部门|单位)[:：]\s*"
    rf"(?P<code>\d{{3,6}})?(?P<name>{NAME}{{4,60}})"
)
#: The cell beside it names the body, as in 整体绩效目标 forms.
_OWNER_LABEL = re.compile(r"(?:市级|区级|省级)?(?:主管)?部门(?:名称)?|预算部门|主管部门及代码")
#: Titles and headings of the standard parts, each a sign that a file is (part of) a disclosure.
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "收支总表",
        re.compile(r"收支(?:预算|决算)?(?:总表|总体情况)|财务收支|收入支出(?:预算|决算)?总"),
    ),
    ("收入", re.compile(r"收入(?:预算|决算)?(?:总表|总体情况|情况说明|表$)")),
    ("支出", re.compile(r"支出(?:预算|决算)?(?:总表|总体情况|情况说明|表$)")),
    ("财政拨款", re.compile(r"财政拨款.*收支|财政拨款.*支出")),
    ("一般公共预算", re.compile(r"一般公共预算.*支出")),
    ("基本支出", re.compile(r"基本支出")),
    ("三公", re.compile(r"三公")),
    ("政府性基金", re.compile(r"政府性基金")),
    ("国有资本", re.compile(r"国有资本经营")),
    ("政府采购", re.compile(r"政府采购")),
    ("机关运行", re.compile(r"机关运行经费")),
    ("职责", re.compile(r"主要职[责能]|部门职责|单位职责|部门概况|单位概况|机构设置")),
    ("名词", re.compile(r"名词解释")),
    ("绩效", re.compile(r"绩效目标|整体绩效")),
)
#: What heads the names and codes of units.
_UNIT_HEAD = re.compile(r"^(?:预算)?(?:部门|单位)(?:[(]单位[)])?(?:代码|编码|名称)$")
_UNIT_CODE = re.compile(r"\d{3}(?:\d{3}){0,2}")
_FEW_SIGNS = 4
_FEW_FIGURES = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says of itself. Unknown parts are empty or None.

    ``unit`` is the body's own name for one unit of a department, '' for the whole department.
    ``signs`` names the standard parts found; ``figures`` counts money figures in tables and text;
    ``totals`` are the largest amounts of its tables and sentences in 万元, by which a tables file
    finds its narrative. ``names`` are all names under which a body appears.
    """

    file: str
    department: str = ""
    code: str = ""
    region: Region = field(default_factory=Region)
    year: int | None = None
    kind: Kind | None = None
    level: Level = Level.DEPARTMENT
    head_office: bool = False
    title: str = ""
    names: tuple[str, ...] = ()
    signs: frozenset[str] = frozenset()
    figures: int = 0
    narrative: bool = False
    tables: int = 0
    totals: frozenset[Decimal] = frozenset()

    @property
    def missing(self) -> tuple[str, ...]:
        """What an own disclosure would still need."""
        parts = (("部门名称", self.department), ("年度", self.year), ("预算或决算", self.kind))
        return tuple(name for name, value in parts if not value)

    @property
    def is_part(self) -> bool:
        """Whether the content is that of a disclosure or of one of its files."""
        return len(self.signs) >= _FEW_SIGNS and self.figures >= _FEW_FIGURES


def identify(document: Document) -> Identity:
    """Everything that a document's content says of its identity."""
    paragraphs = [b for b in document.blocks if isinstance(b, Paragraph)]
    grids = [b for b in document.blocks if isinstance(b, Grid)]
    found = read_title(document)
    owners = Counter(_owners(paragraphs, grids))
    name, code = (found.name, found.code) if found else ("", "")
    if not name and owners:
        (code, name), _ = owners.most_common(1)[0]
    if not name:
        code, name = _highest_unit(grids)
    code = code or next((c for (c, n), _ in owners.most_common() if c and _same(n, name)), "")
    department, head_office, summary = clean_name(name)
    unit = found is not None and found.what == "单位"
    level = Level.UNIT if (unit or head_office) and not summary else Level.DEPARTMENT
    signs = frozenset(_signs(paragraphs, grids))
    figures = _figures(paragraphs, grids)
    return Identity(
        document.file,
        department,
        code or _code_of(department, grids),
        find_region(department),
        (found.year if found else None) or _voted_year(paragraphs, grids),
        (found.kind if found else None) or _voted_kind(paragraphs),
        level,
        head_office,
        found.text if found else "",
        tuple(dict.fromkeys(n for (_, n), _ in owners.most_common(40))),
        signs,
        figures,
        _has_narrative(paragraphs),
        sum(1 for grid in grids if _numbers(grid) >= 3),
        frozenset(_totals(paragraphs, grids)),
    )


def _owners(paragraphs: Sequence[Paragraph], grids: Sequence[Grid]) -> Iterator[tuple[str, str]]:
    """(code, name) of the bodies that captions and head cells name as theirs."""
    texts = [p.text for p in paragraphs if len(p.text) < 120]
    for grid in grids:
        for row in grid.rows[:6]:
            texts += [cell for cell in row.cells if 4 < len(cell) < 80]
            cells = [fold(cell) for cell in row.cells if cell.strip()]
            for label, value in pairwise(cells):
                if _OWNER_LABEL.fullmatch(label) and is_body(_uncoded(value)):
                    yield _coded(value)
    for text in texts:
        for found in _CAPTION_OWNER.finditer(fold(text)):
            name = re.split(r"单位$|金额", found["name"])[0]
            if is_body(name):
                yield found["code"] or "", name


def _uncoded(value: str) -> str:
    return re.sub(r"^[\[(]?\d{3,6}[\])]?[-_]?", "", value)


def _coded(value: str) -> tuple[str, str]:
    found = re.match(r"^[\[(]?(\d{3,6})[\])]?[-_]?", value)
    return (found[1] if found else ""), _uncoded(value)


def _same(one: str, other: str) -> bool:
    return clean_name(one)[0] == clean_name(other)[0]


def _highest_unit(grids: Sequence[Grid]) -> tuple[str, str]:
    """Code and name of the body whose code contains those of all others that tables list beside
    their codes; that of the only body; else ('', '')."""
    found: dict[str, str] = {}
    for grid in grids:
        heads = [fold(cell) for row in grid.rows[:4] for cell in row.cells]
        if not any(_UNIT_HEAD.search(head) for head in heads):
            continue
        for row in grid.rows:
            cells = [fold(cell) for cell in row.cells if cell.strip()]
            for one, other in pairwise(cells):
                if _UNIT_CODE.fullmatch(one) and is_body(other):
                    found.setdefault(one, other)
    top = min(found, key=lambda code: (len(code), code), default="")
    if top and all(code.startswith(top) for code in found):
        return top, found[top]
    return "", ""


def _code_of(department: str, grids: Sequence[Grid]) -> str:
    """The shortest code printed beside the department's name."""
    codes = set()
    for grid in grids:
        for row in grid.rows:
            cells = [fold(cell) for cell in row.cells if cell.strip()]
            for one, other in pairwise(cells):
                if re.fullmatch(r"\d{3,6}", one) and department and _same(other, department):
                    codes.add(one)
    return min(codes, key=lambda code: (len(code), code), default="")


def _voted_year(paragraphs: Sequence[Paragraph], grids: Sequence[Grid]) -> int | None:
    """The year that titles, captions and headers speak of most."""
    votes: Counter[int] = Counter()
    texts = [p.text for p in paragraphs if len(p.text) < 100]
    texts += [
        cell for grid in grids for row in grid.rows[:3] for cell in row.cells if len(cell) < 60
    ]
    for text in texts:
        for year in _YEAR_SAID.findall(fold(text)):
            votes[int(year)] += 1
    if not votes:
        for paragraph in paragraphs[:10]:
            if found := NUMERAL_YEAR.search(paragraph.text):
                votes[int("".join(str(NUMERALS.index(c) % 10) for c in found[0]))] += 1
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def _voted_kind(paragraphs: Sequence[Paragraph]) -> Kind | None:
    short = [p.text for p in paragraphs if len(p.text) < 80]
    final = sum("决算" in text for text in short)
    budget = sum("预算" in text for text in short)
    if not final and not budget:
        return None
    return Kind.FINAL_ACCOUNT if final > budget else Kind.BUDGET


def _signs(paragraphs: Sequence[Paragraph], grids: Sequence[Grid]) -> Iterator[str]:
    texts = [fold(p.text) for p in paragraphs if len(p.text) < 60]
    texts += [fold(cell) for grid in grids for row in grid.rows[:2] for cell in row.cells[:3]]
    for name, pattern in _SIGNS:
        if any(pattern.search(text) for text in texts):
            yield name


def _numbers(grid: Grid) -> int:
    return sum(
        1
        for row in grid.rows
        for cell in row.cells
        if any(c.isdigit() for c in cell) and parse_number(cell) is not None
    )


def _figures(paragraphs: Sequence[Paragraph], grids: Sequence[Grid]) -> int:
    printed = sum(len(re.findall(r"\d(?:亿|万)?元", p.text)) for p in paragraphs)
    return printed + sum(map(_numbers, grids))


def _has_narrative(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether sentences state amounts, as the narrative of a disclosure does."""
    return sum(bool(re.search(r"\d\s*(?:亿|万)?元[，。；、]", p.text)) for p in paragraphs) >= 3


def _totals(paragraphs: Sequence[Paragraph], grids: Sequence[Grid]) -> Iterator[Decimal]:
    """Amounts that both halves of a split disclosure print: totals, rounded to 0.01."""
    for grid in grids[:12]:
        for row in grid.rows:
            if any(re.search(r"总计|合计", fold(cell)) for cell in row.cells):
                for cell in row.cells:
                    value = parse_number(cell)
                    if value is not None and abs(value) >= 10:
                        yield round(value, 2)
    for paragraph in paragraphs:
        if re.search(r"(?:收入|支出)(?:总)?预算", paragraph.text):
            for number in re.findall(r"([\d,]+(?:\.\d+)?)\s*万元", paragraph.text):
                value = parse_number(number)
                if value is not None and value >= 10:
                    yield round(value, 2)
