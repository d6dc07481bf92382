"""Which files belong to one disclosure: decided by what they say inside, never by their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from disclosure.document import Document
from disclosure.lexicon.regions import split_region
from disclosure.model import Level
from disclosure.text import fold
from ingest.foreign import refuse
from ingest.identity import Identity, identify

_FILE_YEAR = re.compile(r"20[12]\d(?=年|\D|$)")
_FILE_BODY = re.compile(
    r"(?:年度?)?(?P<body>[\u4e00-\u9fff]{2,30}"
    r"(?:局|委员会|办公室|厅|院|部(?!门)|中心|街道|署|支队|总队))(?=部门|单位|\d|_|$|[^\u4e00-\u9fff])"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A document, what it says of itself, and why it is refused (reason and remedy) if it is.

    That is all that grouping looks at: the document may be without its blocks.
    """

    document: Document
    identity: Identity
    refused: tuple[str, str] | None

    def without_blocks(self) -> Seen:
        """What can be had in memory of any number of files."""
        return replace(self, document=replace(self.document, blocks=()))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, why, and what to do about it (Chinese, shown to people)."""

    file: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Group:
    """The files of one disclosure, the one with the narrative first, under one identity."""

    identity: Identity
    documents: tuple[Document, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """Disclosures by their files, refused files, and remarks on the files."""

    groups: tuple[Group, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...]


def look_at(document: Document) -> Seen:
    """What grouping has to know of a document."""
    identity = identify(document)
    return Seen(document, identity, refuse(document, identity))


def group(documents: Sequence[Document]) -> Grouping:
    """Sort documents into disclosures; the order of the input makes no difference."""
    return group_seen([look_at(document) for document in documents])


def group_seen(files: Sequence[Seen]) -> Grouping:
    """As ``group``, of documents that were looked at."""
    refusals: list[Refusal] = []
    notes: list[str] = []
    parts: list[tuple[Identity, Document]] = []
    seen: dict[str, str] = {}
    for file in sorted(files, key=lambda f: (f.document.file, f.document.sha256)):
        document, identity = file.document, file.identity
        if document.sha256 in seen:
            notes.append(f"《{document.file}》与《{seen[document.sha256]}》内容完全相同，只取一份")
            continue
        seen[document.sha256] = document.file
        if file.refused is not None:
            refusals.append(Refusal(document.file, *file.refused))
            continue
        notes += _disagreements(identity)
        parts.append((identity, document))
    groups, lost = _join(parts)
    for identity, document in lost:
        missing = "、".join(identity.missing)
        refusals.append(
            Refusal(
                document.file,
                f"像是部门预算或决算，但内容里没有写明{missing}，也找不到与它配套的文件",
                "请与同一部门、同一年度的说明文件一起导入",
            )
        )
    whole, repeated = _distinct(groups)
    return Grouping(tuple(whole), tuple(refusals), (*notes, *repeated))


def _join(
    parts: Sequence[tuple[Identity, Document]],
) -> tuple[list[Group], list[tuple[Identity, Document]]]:
    """Put tables files to the narratives they belong to; the rest stand alone or are lost."""
    texts = [p for p in parts if p[0].narrative and p[0].tables < 3]
    sheets = [p for p in parts if not p[0].narrative]
    joined: dict[int, list[tuple[Identity, Document]]] = {}
    taken: set[int] = set()
    for sheet in sheets:
        home = _home(sheet[0], [text[0] for text in texts])
        if home is not None:
            joined.setdefault(home, []).append(sheet)
            taken.add(id(sheet))
    groups: list[Group] = []
    lost: list[tuple[Identity, Document]] = []
    for part in parts:
        if id(part) in taken:
            continue
        identity, document = part
        extra = joined.get(texts.index(part), []) if part in texts else []
        if identity.missing:
            lost += [part, *extra]
            continue
        groups.append(_grouped(identity, document, extra))
    return groups, lost


def _home(sheet: Identity, texts: Sequence[Identity]) -> int | None:
    """The one narrative that a tables file belongs to: same body and year, else same totals."""
    named = [
        i
        for i, text in enumerate(texts)
        if sheet.department and text.department == sheet.department and _agree(sheet, text)
    ]
    if len(named) == 1:
        return named[0]
    candidates = named or [
        i for i, text in enumerate(texts) if not sheet.department and _agree(sheet, text)
    ]
    shared = [(len(sheet.totals & texts[i].totals), i) for i in candidates]
    best = sorted((s for s in shared if s[0]), reverse=True)
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    return best[0][1]


def _agree(one: Identity, other: Identity) -> bool:
    same_year = one.year is None or other.year is None or one.year == other.year
    same_kind = one.kind is None or other.kind is None or one.kind is other.kind
    return same_year and same_kind


def _grouped(
    identity: Identity, document: Document, extra: Sequence[tuple[Identity, Document]]
) -> Group:
    notes: list[str] = []
    for other, _ in extra:
        identity = replace(
            identity,
            code=identity.code or other.code,
            year=identity.year or other.year,
            names=tuple(dict.fromkeys((*identity.names, *other.names))),
        )
        if identity.totals and other.totals and not identity.totals & other.totals:
            notes.append(
                f"《{other.file}》的合计数与说明文件《{identity.file}》没有一个相同，请核对是否配套"
            )
    return Group(identity, (document, *(doc for _, doc in extra)), tuple(notes))


def _distinct(groups: Sequence[Group]) -> tuple[list[Group], list[str]]:
    """One group a disclosure: of two files with the same identity the fuller one is taken."""
    best: dict[tuple[object, ...], Group] = {}
    notes: list[str] = []
    for candidate in groups:
        key = disclosure_key(candidate.identity)
        other = best.get(key)
        if other is None:
            best[key] = candidate
            continue
        first, second = sorted((other, candidate), key=_fullness, reverse=True)
        best[key] = first
        notes.append(
            f"《{second.documents[0].file}》与《{first.documents[0].file}》是同一份公开文件"
            f"（{first.identity.department}{first.identity.year}年），取内容较全的后者"
        )
    return list(best.values()), notes


def _fullness(one: Group) -> tuple[int, int, int]:
    return (int(one.identity.narrative), one.identity.figures, one.identity.tables)


def disclosure_key(identity: Identity) -> tuple[object, ...]:
    """What makes two files the same disclosure: body, region, year, kind and level."""
    unit = identity.level is Level.UNIT
    return (
        fold(identity.department),
        identity.region.province,
        identity.region.city,
        identity.region.district,
        identity.year,
        identity.kind,
        identity.level,
        fold(identity.department) if unit else "",
    )


def _disagreements(identity: Identity) -> list[str]:
    """Where a file's name says something else than its content."""
    name = PurePath(identity.file).stem
    notes: list[str] = []
    years = [int(year) for year in _FILE_YEAR.findall(name)]
    if identity.year is not None and years and identity.year not in years:
        notes.append(
            f"《{identity.file}》的文件名写{years[0]}年，内容是{identity.year}年，以内容为准"
        )
    bodies = [found["body"] for found in _FILE_BODY.finditer(name)]
    own = fold(identity.department)
    if own and bodies and not any(_related(fold(body), own) for body in bodies):
        notes.append(
            f"《{identity.file}》的文件名写“{bodies[0]}”，内容是“{identity.department}”，以内容为准"
        )
    return notes


def _related(named: str, own: str) -> bool:
    """Whether a file name's body is a short form of ``own``: 政府办公厅 of 人民政府办公厅."""
    if own.endswith(split_region(named)[1]) or own in named:
        return True
    rest = iter(own)
    return own[-2:] == named[-2:] and all(char in rest for char in named)
