"""From documents to bundles: each disclosure's tables, facts and passages under one identity."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from disclosure.document import Document
from disclosure.lexicon.regions import split_region
from disclosure.model import (
    ALL,
    Aspect,
    Bundle,
    Disclosure,
    Fact,
    Kind,
    Level,
    PublishedTable,
    SourceFile,
)
from disclosure.text import fold
from ingest.grouping import Group, Refusal, disclosure_key, group
from ingest.identity import Identity
from ingest.narrative import NarrativeContext, read_narrative
from ingest.narrative.derived import derive_prior
from ingest.narrative.goals import goal_passages
from ingest.narrative.members import named_units, national_subjects
from ingest.sections import outline
from ingest.tables import Members, TableContext, read_tables, units_of
from ingest.titles import clean_name

_ID_LENGTH = 12
#: Confidence of a statement that a figure of the same disclosure contradicts.
_CONTRADICTED = 0.4


@dataclass(frozen=True, slots=True)
class Assembly:
    """What a set of documents came to. ``notes`` tell people what to know about their files."""

    bundles: tuple[Bundle, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...] = ()


def assemble(documents: Sequence[Document]) -> Assembly:
    """Group documents into disclosures by their content and read each; findings stay empty."""
    grouping = group(documents)
    return Assembly(
        tuple(build(one) for one in grouping.groups),
        grouping.refusals,
        (*grouping.notes, *(note for one in grouping.groups for note in one.notes)),
    )


def build(one: Group) -> Bundle:
    """The bundle of one disclosure's documents."""
    identity = one.identity
    assert identity.year is not None
    assert identity.kind is not None
    disclosure_id = disclosure_id_of(identity)
    members = units_of(one.documents, identity.department, identity.code)
    context = TableContext(
        disclosure_id,
        identity.department,
        identity.year,
        identity.code or members.department_code,
        kind=identity.kind,
    )
    typed = read_tables(one.documents, context)
    tables = tuple(table.table for table in typed)
    whole = _single_unit(members, identity)
    cells = [_as_whole(fact, whole) for table in typed for fact in table.facts]
    nodes = tuple(node for document in one.documents for node in outline(document))
    units = members.units if len(members.units) > 1 else named_units(nodes, identity.department)
    units = units or members.units
    narrative = read_narrative(
        nodes,
        NarrativeContext(
            disclosure_id,
            identity.year,
            identity.kind,
            own_names(identity),
            units,
            members.subjects,
            tuple(dict.fromkeys(f.coordinates.project for f in cells)),
            {fold(note): table.name for table in tables for note in table.note.splitlines()},
        ),
    )
    goals = goal_passages(disclosure_id, cells, tables)
    facts = _weighed([*cells, *narrative.facts])
    facts += derive_prior(facts)
    return Bundle(
        Disclosure(
            disclosure_id,
            identity.department,
            identity.code or members.department_code,
            identity.region,
            identity.year,
            identity.kind,
            identity.level,
            identity.title or _title(identity),
            units,
            (*members.subjects, *national_subjects(facts, members.subjects)),
            tuple(SourceFile(d.file, d.media_type, d.sha256, d.pages) for d in one.documents),
            remarks=_remarks(identity, one.documents, tables),
        ),
        tables,
        tuple(facts),
        (*narrative.passages, *goals),
    )


def disclosure_id_of(identity: Identity) -> str:
    """Short and stable: of the body, its region, the year, the kind and the level."""
    key = "\x1f".join(map(str, disclosure_key(identity)))
    return hashlib.sha256(key.encode()).hexdigest()[:_ID_LENGTH]


def compared_with(disclosure: Disclosure) -> tuple[str, ...]:
    """The ids of the disclosures whose figures a disclosure restates: budget and final account of
    the year before, and the budget of its own year where it is the final account."""
    restated = [(disclosure.year - 1, kind) for kind in Kind]
    if disclosure.kind is Kind.FINAL_ACCOUNT:
        restated.append((disclosure.year, Kind.BUDGET))
    return tuple(
        disclosure_id_of(
            Identity(
                "",
                department=disclosure.department,
                region=disclosure.region,
                year=year,
                kind=kind,
                level=disclosure.level,
            )
        )
        for year, kind in restated
    )


def own_names(identity: Identity) -> tuple[str, ...]:
    """The names under which a disclosure speaks of itself: 深圳市水务局, 市水务局, 水务局."""
    name = identity.department
    rest = split_region(name)[1]
    short = (
        [rest, *(level + rest for level in ("市", "区", "县", "省"))] if rest != fold(name) else []
    )
    names = [name, *short]
    names += [n for n in identity.names if clean_name(n)[0] == name]
    if identity.level is Level.UNIT:
        names += [
            n + suffix
            for n in (name, *short)
            for suffix in ("（本级）", "本级", "（机关）", "机关")
        ]
    names += [n + "部门" for n in (name, *short)]
    return tuple(dict.fromkeys(n for n in names if len(n) > 2))


def _title(identity: Identity) -> str:
    what = "单位" if identity.level is Level.UNIT else "部门"
    noun = "决算" if identity.kind is Kind.FINAL_ACCOUNT else "预算"
    return f"{identity.department}{identity.year}年{what}{noun}"


def _single_unit(members: Members, identity: Identity) -> str:
    """The key of the only unit where it is the whole disclosure; '' otherwise."""
    if len(members.units) != 1 or members.department_code:
        return ""
    only = members.units[0]
    same = clean_name(only.name)[0] == identity.department
    return only.key if same or identity.level is Level.UNIT else ""


def _as_whole(fact: Fact, whole: str) -> Fact:
    if not whole or fact.coordinates.unit != whole:
        return fact
    return replace(fact, coordinates=replace(fact.coordinates, unit=ALL))


def _weighed(facts: list[Fact]) -> list[Fact]:
    """Zeros said in words ('本部门没有…') count less where a figure at their place is printed."""
    printed = {
        (f.measure, f.coordinates, f.stage) for f in facts if f.aspect is Aspect.AMOUNT and f.value
    }
    return [
        replace(f, confidence=_CONTRADICTED)
        if f.printed == "无" and (f.measure, f.coordinates, f.stage) in printed
        else f
        for f in facts
    ]


def _remarks(
    identity: Identity, documents: Iterable[Document], tables: Sequence[PublishedTable]
) -> tuple[str, ...]:
    remarks: list[str] = []
    if identity.head_office:
        remarks.append("公开的是本级（机关）的数据，不含所属单位")
    for document in documents:
        pages = [gap.locator.page for gap in document.gaps if gap.locator.page is not None]
        if pages:
            shown = "、".join(map(str, pages[:8])) + ("等" if len(pages) > 8 else "")
            remarks.append(
                f"《{document.file}》第{shown}页没有读到文字（{document.gaps[0].reason}）"
            )
    if not tables:
        remarks.append("没有找到报表，只有文字说明")
    return tuple(remarks)


__all__ = [
    "Assembly",
    "Refusal",
    "assemble",
    "build",
    "compared_with",
    "disclosure_id_of",
    "own_names",
]
