"""``GET /api/suggest``: official names while somebody is typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.requests import HTTPConnection

from qa_service.api.problems import Problem
from qa_service.typeahead.current import CurrentNames
from qa_service.typeahead.entries import EntryKind


class Suggestion(BaseModel):
    """An official name that matches, with a question about it that can be answered."""

    text: str
    kind: EntryKind
    hint: str = Field(description="Its department, code or year, or how many disclosures have it")
    question: str


class Suggestions(BaseModel):
    """Matches, best first."""

    items: list[Suggestion]


def suggest_router(
    names: CurrentNames, within_limit: Callable[[HTTPConnection], None]
) -> APIRouter:
    """The route of the typeahead."""
    router = APIRouter(
        prefix="/api",
        tags=["问答"],
        dependencies=[Depends(within_limit)],
        responses={code: {"model": Problem} for code in (422, 429, 503)},
    )

    @router.get("/suggest", summary="边输入边提示官方名称")
    def suggest(
        q: Annotated[str, Query(max_length=200, description="已输入的文字")],
        limit: Annotated[int, Query(ge=1, le=20)] = 8,
        disclosure_id: Annotated[
            str, Query(max_length=200, description="只提示这份资料中的名称")
        ] = "",
    ) -> Suggestions:
        """部门、单位、术语、科目、项目和表的名称，可按名称、简称、代码或拼音首字母查找。"""
        return Suggestions(
            items=[
                Suggestion(
                    text=found.entry.text,
                    kind=found.entry.kind,
                    hint=found.entry.hint,
                    question=found.entry.question,
                )
                for found in names.index().find(q, limit, disclosure_id=disclosure_id)
            ]
        )

    return router
