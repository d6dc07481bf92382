"""The page of a disclosure, and what can be downloaded from it: its data and its source files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from disclosure.export.csv_files import write_facts_csv
from disclosure.library import Library
from disclosure.model import Bundle, Disclosure, Fact, Finding, Outcome, PublishedTable, SourceFile
from disclosure.store.history import History
from disclosure.store.sources import Sources
from qa_service.api.problems import NOT_FOUND, ApiError
from qa_service.api.site import Site, page
from qa_service.web.overview import overview
from qa_service.web.reading import sections_of
from qa_service.web.tables import Place, place_of_fact, table_html
from qa_service.web.templating import render

_BUNDLE = TypeAdapter(Bundle)
#: Never shown by a browser as part of this site, whatever is in it.
_DOWNLOAD = {"Content-Security-Policy": "default-src 'none'; sandbox"}
_OUTCOMES = {
    Outcome.MISMATCH: "不一致",
    Outcome.ROUNDING: "四舍五入造成的尾差",
    Outcome.NOT_CHECKED: "未能核对",
    Outcome.PASS: "一致",
}


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A source file as the page offers it; ``size`` is None where it is not kept."""

    name: str
    path: str
    size: int | None
    pages: int


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with its HTML."""

    table: PublishedTable
    html: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The figure that a link points to, in words."""

    name: str
    printed: str
    where: str


@dataclass(frozen=True, slots=True)
class Documents:
    """The routes of disclosures."""

    site: Site

    def routes(self) -> list[Route]:
        """The page and its downloads."""
        return [
            Route("/d/{disclosure_id}", page(self.document)),
            Route("/d/{disclosure_id}/data.csv", page(self.csv)),
            Route("/d/{disclosure_id}/data.json", page(self.json)),
            Route("/d/{disclosure_id}/source/{number:int}", page(self.source)),
        ]

    def document(self, request: Request) -> Response:
        """The disclosure for reading, the figure of ``?fact=`` highlighted."""
        self.site.within_limit(request)
        library, disclosure = self._held(request)
        wanted = request.query_params.get("fact", "")
        fact = _fact(library, disclosure, wanted) if wanted else None
        tables = library.tables(disclosure.id)
        places = _places(tables, fact)
        versions = [
            p
            for p in History(self.site.settings.data_dir).all()
            if p.disclosure_id == disclosure.id
        ]
        findings = library.findings(disclosure.id)
        text = render(
            "document.html",
            disclosure=disclosure,
            sections=sections_of(library.passages(disclosure.id), fact),
            tables=[ShownTable(t, table_html(t, places.get(t.id))) for t in tables],
            charts=overview(library, disclosure),
            findings=_by_outcome(findings),
            checked=len(findings),
            versions=versions,
            sources=self._sources(disclosure),
            marked=_marked(fact, tables) if fact is not None else None,
            missing=bool(wanted) and fact is None,
        )
        return HTMLResponse(text)

    def csv(self, request: Request) -> Response:
        """All figures as CSV, in the columns of ``budget-qa export``."""
        self.site.within_limit(request)
        library, disclosure = self._held(request)
        stream = io.StringIO(newline="")
        write_facts_csv(library, [disclosure.id], stream)
        # Excel takes a file without the mark for GBK.
        data = stream.getvalue().encode("utf-8-sig")
        return _download(data, "text/csv; charset=utf-8", f"{disclosure.title}.csv")

    def json(self, request: Request) -> Response:
        """Everything that was read: tables, figures, passages and findings."""
        self.site.within_limit(request)
        library, disclosure = self._held(request)
        bundle = Bundle(
            disclosure,
            tuple(library.tables(disclosure.id)),
            tuple(library.facts(disclosure.id)),
            tuple(library.passages(disclosure.id)),
            tuple(library.findings(disclosure.id)),
        )
        return _download(_BUNDLE.dump_json(bundle), "application/json", f"{disclosure.title}.json")

    def source(self, request: Request) -> Response:
        """A source file, byte for byte, only ever to be saved."""
        self.site.within_limit(request)
        _, disclosure = self._held(request)
        number = int(request.path_params["number"])
        if not 1 <= number <= len(disclosure.files):
            raise ApiError(NOT_FOUND, "这份资料没有这个来源文件。")
        file = disclosure.files[number - 1]
        path = Sources(self.site.settings.data_dir).find(file.sha256)
        if path is None:
            raise ApiError(
                NOT_FOUND,
                "没有保存这个来源文件：资料是在开始保存来源文件之前导入的。"
                "请管理员用budget-qa ingest重新导入一次该文件。",
            )
        return FileResponse(
            path,
            media_type="application/octet-stream",
            filename=_file_name(file),
            headers=_DOWNLOAD,
        )

    def _held(self, request: Request) -> tuple[Library, Disclosure]:
        library = self.site.library()
        wanted = request.path_params["disclosure_id"]
        for disclosure in library.disclosures():
            if disclosure.id == wanted:
                return library, disclosure
        raise ApiError(NOT_FOUND, "没有收录这份资料，或者它已被移除。请从首页的目录查找。")

    def _sources(self, disclosure: Disclosure) -> list[SourceLink]:
        kept = Sources(self.site.settings.data_dir)
        links = []
        for number, file in enumerate(disclosure.files, start=1):
            path = kept.find(file.sha256)
            links.append(
                SourceLink(
                    _file_name(file),
                    f"/d/{quote(disclosure.id, safe='')}/source/{number}",
                    path.stat().st_size if path else None,
                    file.pages,
                )
            )
        return links


def _fact(library: Library, disclosure: Disclosure, fact_id: str) -> Fact | None:
    """The fact; of a derived one, the first that it was derived from."""
    facts = {fact.id: fact for fact in library.facts(disclosure.id)}
    fact = facts.get(fact_id)
    if fact is not None and fact.table_id is None and fact.passage_id is None:
        return next((facts[i] for i in fact.inputs if i in facts), fact)
    return fact


def _places(tables: Sequence[PublishedTable], fact: Fact | None) -> dict[str, Place]:
    if fact is None:
        return {}
    return {
        table.id: place
        for table in tables
        if table.id == fact.table_id and (place := place_of_fact(table, fact)) is not None
    }


def _marked(fact: Fact, tables: Sequence[PublishedTable]) -> Marked:
    table = next((table for table in tables if table.id == fact.table_id), None)
    name = " / ".join(filter(None, (fact.label, *fact.header[-1:])))
    printed = (
        fact.printed
        if not fact.unit or fact.unit in fact.printed
        else (f"{fact.printed}{fact.unit}")
    )
    return Marked(name, printed, table.name if table else "正文")


def _by_outcome(findings: Sequence[Finding]) -> list[tuple[str, str, list[Finding]]]:
    """(outcome, its name, its findings), what does not agree first."""
    groups = [
        (outcome.value, name, [f for f in findings if f.outcome is outcome])
        for outcome, name in _OUTCOMES.items()
    ]
    return [group for group in groups if group[2]]


def _file_name(file: SourceFile) -> str:
    """A file's own name, without the folder or archive that it came in."""
    return PurePosixPath(file.name.rpartition("!")[2]).name or file.sha256


def _download(data: bytes, media_type: str, name: str) -> Response:
    disposition = f"attachment; filename*=utf-8''{quote(name, safe='')}"
    headers = _DOWNLOAD | {"Content-Disposition": disposition}
    return Response(data, media_type=media_type, headers=headers)
