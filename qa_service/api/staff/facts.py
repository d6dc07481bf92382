"""Routes of the fact explorer, and of tables shown whole."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import StreamingResponse

from disclosure.browsing import FactFilter, SortKey
from disclosure.library import Library
from disclosure.model import Aspect, Measure, TableKind
from qa_service.api.problems import INVALID_REQUEST, NOT_FOUND, NOT_READY, ApiError
from qa_service.api.staff.signed import Door, Here
from qa_service.api.staff.texts import Short
from qa_service.staff.evidence import TableWindow, find_table, whole_table
from qa_service.staff.explorer import (
    MOST_SUMMED,
    TABLE_KINDS,
    Explorers,
    FactKey,
    FactLines,
    kind_name,
)
from qa_service.staff.summing import Sum, SumError

_Key = Annotated[str, Path(max_length=200)]


class Held(BaseModel):
    """A disclosure to choose from."""

    id: str
    title: str
    department: str
    year: int
    kind: str


class KindName(BaseModel):
    """A kind of standard table with its name."""

    kind: TableKind
    name: str


class Choices(BaseModel):
    """What the filters of desk and explorer offer."""

    release: str
    disclosures: list[Held]
    table_kinds: list[KindName]


class TableName(BaseModel):
    """A table of a disclosure to choose from."""

    id: str
    name: str
    kind: TableKind
    rows: int


class SumIn(BaseModel):
    """Facts to add, and the unit of money to add them in."""

    model_config = ConfigDict(extra="forbid")

    facts: list[FactKey] = Field(min_length=1, max_length=MOST_SUMMED)
    unit: Short | None = None


def fact_filter(
    disclosure_id: Short = "",
    department: Short = "",
    year: Annotated[int | None, Query(ge=1949, le=2199)] = None,
    table_id: Short = "",
    table_kind: TableKind | None = None,
    measure: Measure | None = None,
    aspect: Aspect | None = None,
    unit: Short = "",
    words: Short = "",
) -> FactFilter:
    """Which facts are looked for."""
    return FactFilter(
        disclosure_id=disclosure_id,
        department=department,
        year=year,
        table_id=table_id,
        table_kind=table_kind or "",
        measure=measure or "",
        aspect=aspect or "",
        unit_of_measure=unit,
        words=tuple(words.split()),
    )


Wanted = Annotated[FactFilter, Depends(fact_filter)]


def facts_router(door: Door) -> APIRouter:
    """The routes of the explorer."""
    router = APIRouter(prefix="/api/staff", dependencies=[Depends(door.signed)])
    explorers = Explorers()

    def library() -> Library:
        held = door.console().service.library()
        if held is None:
            raise ApiError(NOT_READY)
        return held

    @router.get("/choices")
    def choices() -> Choices:
        held = door.console().service.library()
        return Choices(
            release=held.release_id if held else "",
            disclosures=[
                Held(
                    id=d.id,
                    title=d.title,
                    department=d.department,
                    year=d.year,
                    kind=kind_name(d),
                )
                for d in (held.disclosures() if held else ())
            ],
            table_kinds=[KindName(kind=kind, name=name) for kind, name in TABLE_KINDS.items()],
        )

    @router.get("/disclosures/{disclosure_id}/tables")
    def tables(disclosure_id: _Key) -> list[TableName]:
        return [
            TableName(id=table.id, name=table.name, kind=table.kind, rows=len(table.rows))
            for table in library().tables(disclosure_id)
        ]

    @router.get("/disclosures/{disclosure_id}/tables/{table_id}")
    def table(disclosure_id: _Key, table_id: _Key) -> TableWindow:
        found = find_table(library(), disclosure_id, table_id)
        if found is None:
            raise ApiError(NOT_FOUND, "现有资料中没有这张表，可能已经更新，请刷新后重试。")
        return whole_table(found)

    @router.get("/facts")
    def facts(
        wanted: Wanted,
        sort: SortKey = "document",
        descending: bool = False,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> FactLines:
        return explorers.over(library()).page(wanted, sort, descending, limit, offset)

    @router.post("/facts/sum")
    def add(body: SumIn) -> Sum:
        try:
            return explorers.over(library()).sum(body.facts, body.unit)
        except SumError as error:
            raise ApiError(INVALID_REQUEST, str(error)) from error

    @router.get("/facts/export.csv")
    def export(
        wanted: Wanted, signed: Here, sort: SortKey = "document", descending: bool = False
    ) -> StreamingResponse:
        door.console().audit.note(signed.account.name, "facts.export", "公开数据")
        return StreamingResponse(
            explorers.over(library()).csv(wanted, sort, descending),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="facts.csv"'},
        )

    return router
