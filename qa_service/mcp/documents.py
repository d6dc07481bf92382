"""Disclosures as MCP resources: their addresses, and their text as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from disclosure.library import Library
from disclosure.model import (
    Disclosure,
    Finding,
    Kind,
    Outcome,
    Passage,
    PassageKind,
    PublishedTable,
)
from qa_service.answering.links import Links
from qa_service.answering.markdown import escaped

#: Scheme and root of the documents' addresses.
ROOT = "budget-qa://disclosures/"
TABLE_TEMPLATE = ROOT + "{disclosure_id}/tables/{table_id}"
PASSAGE_TEMPLATE = ROOT + "{disclosure_id}/passages/{passage_id}"
DISCLOSURE_TEMPLATE = ROOT + "{disclosure_id}"

#: Rows of one table within a whole document; longer tables are read by their own address.
_MAX_ROWS = 300
_ADDRESS = re.compile(
    re.escape(ROOT) + r"(?P<id>[^/]+)(?:/(?P<kind>tables|passages)/(?P<part>[^/]+))?"
)
_KINDS = {Kind.BUDGET: "部门预算", Kind.FINAL_ACCOUNT: "部门决算"}


def read(library: Library, address: str, links: Links) -> str | None:
    """The Markdown at an address; None where there is nothing of it."""
    match = _ADDRESS.fullmatch(address)
    held = {d.id: d for d in library.disclosures()}
    disclosure = held.get(match["id"]) if match else None
    if match is None or disclosure is None:
        return None
    tables, passages = library.tables(disclosure.id), library.passages(disclosure.id)
    if match["kind"] == "tables":
        table = next((t for t in tables if t.id == match["part"]), None)
        return None if table is None else "\n".join(_table(table, links, heading="#", most=None))
    if match["kind"] == "passages":
        passage = next((p for p in passages if p.id == match["part"]), None)
        return None if passage is None else _passage(passage, disclosure, links)
    return "\n".join(
        _document(disclosure, library.findings(disclosure.id), tables, passages, links)
    )


def place(disclosure: Disclosure) -> str:
    """Where a department belongs, each name once (北京市 is province and city)."""
    region = disclosure.region
    return "".join(dict.fromkeys((region.province, region.city, region.district)))


def _document(
    disclosure: Disclosure,
    findings: Sequence[Finding],
    tables: Sequence[PublishedTable],
    passages: Sequence[Passage],
    links: Links,
) -> Iterator[str]:
    yield f"# {escaped(disclosure.title)}\n"
    yield from _identity(disclosure, links)
    mismatches = [f for f in findings if f.outcome is Outcome.MISMATCH]
    if mismatches:
        yield "\n## 核对不符之处\n\n下列数前后不符，不得当作确定的数陈述：\n"
        yield from (f"- {escaped(finding.message)}" for finding in mismatches)
    yield "\n## 表格目录\n"
    for table in tables:
        address = TABLE_TEMPLATE.format(disclosure_id=disclosure.id, table_id=table.id)
        yield f"- {escaped(table.name)}（{len(table.rows)}行）：{address}"
    yield from _sections(passages)
    for table in tables:
        yield ""
        yield from _table(table, links, heading="##", most=_MAX_ROWS)


def _identity(disclosure: Disclosure, links: Links) -> Iterator[str]:
    lines = {
        "编号": disclosure.id,
        "部门": disclosure.department,
        "部门代码": disclosure.code,
        "地区": place(disclosure),
        "年度": str(disclosure.year),
        "种类": _KINDS[disclosure.kind],
        "单位": "、".join(f"{u.name}（{u.code}）" if u.code else u.name for u in disclosure.units),
        "来源文件": "、".join(file.name for file in disclosure.files),
        "说明": "；".join(disclosure.remarks),
    }
    yield from (f"- {name}：{escaped(text)}" for name, text in lines.items() if text)
    yield f"- 网页：{links.disclosure(disclosure.id)}"


def _sections(passages: Sequence[Passage]) -> Iterator[str]:
    """The narrative, a heading for each section."""
    narrative = [p for p in passages if p.kind is not PassageKind.TABLE]
    for section, inside in groupby(narrative, key=lambda passage: passage.section):
        yield f"\n## {escaped(' / '.join(section) or '正文')}\n"
        yield from (f"{escaped(passage.text)}\n" for passage in inside)


def _table(table: PublishedTable, links: Links, *, heading: str, most: int | None) -> Iterator[str]:
    yield f"{heading} {escaped(table.name)}\n"
    link = links.disclosure(table.disclosure_id, table.id)
    yield f"单位：{escaped(table.unit) or '未注明'}　[原表]({link})\n"
    if table.columns:
        yield _row([" / ".join(path) for path in table.columns])
        yield "|" + " --- |" * len(table.columns)
    rows = table.rows[:most]
    yield from (_row(row) for row in rows)
    if len(rows) < len(table.rows):
        address = TABLE_TEMPLATE.format(disclosure_id=table.disclosure_id, table_id=table.id)
        yield f"\n（只列出前{len(rows)}行，共{len(table.rows)}行；全表见{address}）"
    if table.note:
        yield f"\n注：{escaped(table.note)}"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def _passage(passage: Passage, disclosure: Disclosure, links: Links) -> str:
    section = escaped(" / ".join(passage.section) or disclosure.title)
    link = links.disclosure(disclosure.id, passage.id)
    return f"# {section}\n\n{escaped(passage.text)}\n\n[原文]({link})"
