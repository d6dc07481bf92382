"""The names that a release offers, each once, with a question that its data can answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from disclosure.lexicon import lexicon
from disclosure.lexicon.names import aliases, is_generic
from disclosure.library import Library
from disclosure.model import ALL, Disclosure, Kind, Level, Measure, Region
from disclosure.text import fold

_YEAR = re.compile(r"\d{4}\s*(?:年度|年)")
_AXES = {"subject": "功能分类科目", "economic": "经济分类科目", "gov_economic": "政府经济分类科目"}
#: (disclosure id, measure, axis, member) of what is published on one axis.
Headlines = frozenset[tuple[str, str, str, str]]
#: Longer names are shown, but are no name to type: sentences that stand above a table.
_LONGEST_TITLE = 40


class EntryKind(StrEnum):
    """What a name names, in the order in which equal matches are offered."""

    DEPARTMENT = "department"
    UNIT = "unit"
    TERM = "term"
    SUBJECT = "subject"
    PROJECT = "project"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name on offer. ``others`` are further names of the same; ``disclosure_ids`` who has it."""

    text: str
    kind: EntryKind
    hint: str
    question: str
    code: str = ""
    others: tuple[str, ...] = ()
    disclosure_ids: tuple[str, ...] = ()


@dataclass(slots=True)
class _Named:
    """A name while its disclosures are gathered."""

    code: str
    detail: str = ""
    ids: list[str] = field(default_factory=list)


def entries_of(library: Library) -> list[Entry]:
    """Every name that the release offers."""
    held = {d.id: d for d in library.disclosures()}
    names = library.names()
    return [
        *_departments(held.values(), names.headlines),
        *_units(held.values(), names.headlines),
        *_terms(held, names.headlines),
        *_subjects(held, names.headlines),
        *_projects(held, names.projects),
        *_tables(held, names.tables),
    ]


def owner_of(disclosure: Disclosure) -> str:
    """How a question names whose disclosure it means."""
    return f"{disclosure.department}{disclosure.year}年"


def place_of(region: Region) -> str:
    """A region in one word: 广东省深圳市; of a municipality 上海市普陀区."""
    city = region.city if region.city != region.province else ""
    return f"{region.province}{city}{region.district}"


def _departments(held: Iterable[Disclosure], headlines: Headlines) -> Iterable[Entry]:
    groups: dict[tuple[Region, str], list[Disclosure]] = {}
    for disclosure in held:
        groups.setdefault((disclosure.region, disclosure.department), []).append(disclosure)
    for (region, department), ones in groups.items():
        ones.sort(key=lambda d: (d.year, d.level is Level.DEPARTMENT), reverse=True)
        years = sorted({d.year for d in ones})
        span = f"{years[0]}年" if len(years) == 1 else f"{years[0]}至{years[-1]}年"
        yield Entry(
            text=department,
            kind=EntryKind.DEPARTMENT,
            hint=" · ".join(filter(None, (place_of(region), span))),
            question=_total_question(ones[0], headlines),
            code=ones[0].code,
            others=_other_names(department, region),
            disclosure_ids=tuple(d.id for d in ones),
        )


def _total_question(disclosure: Disclosure, headlines: Headlines) -> str:
    if (disclosure.id, Measure.EXPENDITURE, ALL, ALL) in headlines:
        what = "支出决算" if disclosure.kind is Kind.FINAL_ACCOUNT else "支出总预算"
        return f"{owner_of(disclosure)}{what}是多少？"
    return f"{owner_of(disclosure)}公开了哪些表？"


def _units(held: Iterable[Disclosure], headlines: Headlines) -> Iterable[Entry]:
    seen: set[tuple[str, str]] = set()
    for disclosure in sorted(held, key=lambda d: -d.year):
        for unit in disclosure.units:
            key = (disclosure.department, unit.name)
            if unit.name == disclosure.department or key in seen or is_generic(unit.name):
                continue
            seen.add(key)
            known = (disclosure.id, Measure.EXPENDITURE, "unit", unit.key) in headlines
            yield Entry(
                text=unit.name,
                kind=EntryKind.UNIT,
                hint=" · ".join(filter(None, (disclosure.department, unit.code))),
                question=f"{disclosure.year}年{unit.name}支出预算是多少？"
                if known
                else f"{disclosure.department}有哪些下属单位？",
                code=unit.code,
                others=_other_names(unit.name, disclosure.region),
                disclosure_ids=(disclosure.id,),
            )


def _other_names(name: str, region: Region) -> tuple[str, ...]:
    return tuple(form for form in aliases(name, region) if form != fold(name))


def _terms(held: Mapping[str, Disclosure], headlines: Headlines) -> Iterable[Entry]:
    """Terms of the field (“三公”经费, 机关运行经费) whose figure somebody publishes."""
    holders: dict[tuple[str, str, str], set[str]] = {}
    for disclosure_id, measure, axis, member in headlines:
        for counted in (measure, ""):  # a term may leave open what is counted
            holders.setdefault((counted, axis, member), set()).add(disclosure_id)
    for concept in lexicon().concepts:
        sets = dict(concept.sets)
        measure = sets.pop("measure", "")
        if len(sets) > 1 or "aspect" in sets:
            continue
        axis, member = next(iter(sets.items()), (ALL, ALL))
        if ids := sorted(holders.get((measure, axis, member), ())):
            yield Entry(
                text=concept.name,
                kind=EntryKind.TERM,
                hint=_count(ids) or owner_of(held[ids[0]]),
                question=f"{owner_of(held[ids[0]])}{concept.name}是多少？",
                others=(*concept.formal, *concept.colloquial),
                disclosure_ids=tuple(ids),
            )


def _subjects(held: Mapping[str, Disclosure], headlines: Headlines) -> Iterable[Entry]:
    named: dict[tuple[str, str, str], _Named] = {}
    for disclosure in held.values():
        for subject in disclosure.subjects:
            key = (subject.axis, subject.code or subject.key, subject.name)
            named.setdefault(key, _Named(subject.code)).ids.append(disclosure.id)
    for (axis, code, name), found in named.items():
        stating = (i for i in found.ids if (i, str(Measure.EXPENDITURE), axis, code) in headlines)
        first = held[next(stating, found.ids[0])]
        yield Entry(
            text=name,
            kind=EntryKind.SUBJECT,
            hint=" · ".join(filter(None, (_AXES.get(axis, "科目"), found.code, _count(found.ids)))),
            question=f"{owner_of(first)}{name}预算是多少？",
            code=found.code,
            disclosure_ids=tuple(found.ids),
        )


def _projects(
    held: Mapping[str, Disclosure], projects: Sequence[tuple[str, str]]
) -> Iterable[Entry]:
    named: dict[str, _Named] = {}
    for disclosure_id, name in projects:
        named.setdefault(name, _Named("")).ids.append(disclosure_id)
    for name, found in named.items():
        first = held[min(found.ids)]
        yield Entry(
            text=name,
            kind=EntryKind.PROJECT,
            hint=_count(found.ids) if len(found.ids) > 1 else owner_of(first),
            # A year within the name would be taken for the one asked about.
            question=f"{owner_of(first)}有哪些项目？"
            if _YEAR.search(name)
            else f"{owner_of(first)}{name}预算是多少？",
            disclosure_ids=tuple(found.ids),
        )


def _tables(
    held: Mapping[str, Disclosure], tables: Sequence[tuple[str, str, str]]
) -> Iterable[Entry]:
    named: dict[str, _Named] = {}
    for disclosure_id, label, title in tables:
        name = _YEAR.sub("", title).strip("　 ：:")
        if name and len(name) <= _LONGEST_TITLE:
            found = named.setdefault(name, _Named("", label))
            if disclosure_id not in found.ids:
                found.ids.append(disclosure_id)
    for name, found in named.items():
        first = held[found.ids[0]]
        hint = _count(found.ids) if len(found.ids) > 1 else owner_of(first)
        yield Entry(
            text=name,
            kind=EntryKind.TABLE,
            hint=" · ".join(filter(None, (found.detail if len(found.ids) == 1 else "", hint))),
            question=f"{owner_of(first)}{name}在哪里？",
            disclosure_ids=tuple(found.ids),
        )


def _count(ids: Sequence[str]) -> str:
    return f"{len(set(ids))}份资料" if len(set(ids)) > 1 else ""
