"""What is loaded: the list of disclosures, suggested questions, and what evidence is read from: the
printed row of a figure, the paragraph of a sentence."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from disclosure.library import Library
from disclosure.model import Disclosure, Kind, Level
from qa_service.api.paging import LINK_HEADER, Limit, Offset, page_links
from qa_service.api.problems import NOT_FOUND, ApiError, Problem
from qa_service.service import AnswerService
from qa_service.web.tables import place_of_fact

_Id = Annotated[str, Path(max_length=200)]


class UnitOut(BaseModel):
    """An organisation unit of a department."""

    code: str
    name: str
    head_office: bool = Field(description="本级")


class RegionOut(BaseModel):
    """Where a department belongs; empty where unknown."""

    province: str
    city: str
    district: str


class DisclosureOut(BaseModel):
    """One department's (or unit's) budget or final account of one year."""

    id: str
    title: str
    department: str
    code: str
    region: RegionOut
    year: int
    kind: Kind
    level: Level
    units: list[UnitOut]
    version: int
    remarks: list[str] = Field(description="What is peculiar to this disclosure, in words")

    @classmethod
    def of(cls, disclosure: Disclosure) -> Self:
        """The disclosure as the API lists it."""
        region = disclosure.region
        return cls(
            id=disclosure.id,
            title=disclosure.title,
            department=disclosure.department,
            code=disclosure.code,
            region=RegionOut(province=region.province, city=region.city, district=region.district),
            year=disclosure.year,
            kind=disclosure.kind,
            level=disclosure.level,
            units=[
                UnitOut(code=unit.code, name=unit.name, head_office=unit.head_office)
                for unit in disclosure.units
            ],
            version=disclosure.version,
            remarks=list(disclosure.remarks),
        )


class DisclosurePage(BaseModel):
    """One page of the list of disclosures."""

    items: list[DisclosureOut]
    total: int = Field(description="How many there are in all")
    limit: int
    offset: int


class Starters(BaseModel):
    """Answerable questions about what is loaded."""

    questions: list[str]


class PrintedRow(BaseModel):
    """The row of a table that prints a figure, under the table's headers."""

    table: str
    unit: str = Field(description="Unit of measure that the table declares")
    headers: list[list[str]] = Field(description="Header path of each column, outermost first")
    cells: list[str]
    column: int | None = Field(description="Index of the cell that prints the figure, from 0")


class Paragraph(BaseModel):
    """A paragraph of a disclosure's narrative, as printed."""

    section: list[str] = Field(description="Headings that it stands under, outermost first")
    text: str


def catalogue_router(service: AnswerService) -> APIRouter:
    """The routes that tell what is loaded."""
    router = APIRouter(prefix="/api", tags=["资料"], responses={503: {"model": Problem}})

    @router.get(
        "/disclosures", summary="已载入的公开资料", responses={200: {"headers": LINK_HEADER}}
    )
    def list_disclosures(
        request: Request, response: Response, limit: Limit = 50, offset: Offset = 0
    ) -> DisclosurePage:
        library = service.library()
        held = library.disclosures() if library else ()
        response.headers["Link"] = page_links(request, total=len(held), limit=limit, offset=offset)
        return DisclosurePage(
            items=[DisclosureOut.of(one) for one in held[offset : offset + limit]],
            total=len(held),
            limit=limit,
            offset=offset,
        )

    @router.get("/starters", summary="可以这样问")
    def list_starters() -> Starters:
        return Starters(questions=service.starters() if service.ready() else [])

    @router.get(
        "/disclosures/{disclosure_id}/facts/{fact_id}/row",
        summary="一个数所在的表格行",
        responses={404: {"model": Problem}},
    )
    def read_printed_row(disclosure_id: _Id, fact_id: _Id) -> PrintedRow:
        library = service.library()
        row = printed_row(library, disclosure_id, fact_id) if library else None
        if row is None:
            raise ApiError(NOT_FOUND, "没有找到这个数所在的表格行；资料可能已经更新，请重新提问。")
        return row

    @router.get(
        "/disclosures/{disclosure_id}/passages/{passage_id}",
        summary="一句话所在的段落",
        responses={404: {"model": Problem}},
    )
    def read_paragraph(disclosure_id: _Id, passage_id: _Id) -> Paragraph:
        library = service.library()
        if library is not None and any(d.id == disclosure_id for d in library.disclosures()):
            for passage in library.passages(disclosure_id):
                if passage.id == passage_id:
                    return Paragraph(section=list(passage.section), text=passage.text)
        raise ApiError(NOT_FOUND, "没有找到这个段落；资料可能已经更新，请重新提问。")

    return router


def printed_row(library: Library, disclosure_id: str, fact_id: str) -> PrintedRow | None:
    """The row that prints a fact; None where it is gone, or stands in no table."""
    if all(held.id != disclosure_id for held in library.disclosures()):
        return None
    fact = next((fact for fact in library.facts(disclosure_id) if fact.id == fact_id), None)
    if fact is None or fact.table_id is None:
        return None
    tables = library.tables(disclosure_id)
    table = next((table for table in tables if table.id == fact.table_id), None)
    place = place_of_fact(table, fact) if table is not None else None
    if table is None or place is None:
        return None
    return PrintedRow(
        table=table.name,
        unit=table.unit,
        headers=[list(path) for path in table.columns],
        cells=list(table.rows[place.row]),
        column=place.column,
    )
