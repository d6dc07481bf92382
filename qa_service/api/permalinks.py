"""The page of a shared answer: as it was given, its evidence, and what would be answered today."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass

import segno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from qa_service.answering.answer import Answer, Citation, Filters
from qa_service.api.addresses import absolute
from qa_service.api.answers import read_again, rows_of
from qa_service.api.problems import NOT_FOUND, ApiError
from qa_service.api.site import Site, page
from qa_service.paths import answer_path
from qa_service.records.answers import KeptAnswer
from qa_service.understanding.plan import Memory
from qa_service.web.tables import row_html
from qa_service.web.templating import render

_ID = re.compile(r"[0-9A-Za-z_-]{1,32}")
_GONE = "没有这个答案，或者它没有被分享。未分享的答案在一段时间后会删除。"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A citation with its row drawn as a table, '' where only its quote is known."""

    citation: Citation
    row: Markup


@dataclass(frozen=True, slots=True)
class Permalinks:
    """The route of shared answers."""

    site: Site

    def routes(self) -> list[Route]:
        """The page."""
        return [Route("/a/{answer_id}", page(self.answer))]

    def answer(self, request: Request) -> Response:
        """The answer as it was given."""
        self.site.within_limit(request)
        kept = self._kept(request.path_params["answer_id"])
        answer = Answer.model_validate_json(kept.answer)
        rows = rows_of(kept)
        address = absolute(request, self.site.settings, answer_path(kept.id))
        text = render(
            "answer.html",
            kept=kept,
            answer=answer,
            evidence=[
                Evidence(
                    citation,
                    row_html(
                        f"{row.table}{f'（单位：{row.unit}）' if row.unit else ''}",
                        [tuple(path) for path in row.headers],
                        row.cells,
                        row.column,
                    )
                    if (row := rows.get(citation.id))
                    else Markup(),
                )
                for citation in answer.citations
            ],
            today=read_again(self.site.service, kept),
            address=address,
            code=qr_code(address),
            call=_call(absolute(request, self.site.settings, "/api/ask"), kept),
            record=absolute(request, self.site.settings, f"/api/answers/{kept.id}"),
            follows=_follows(kept),
            filters=Filters.model_validate_json(kept.filters) if kept.filters else None,
        )
        return HTMLResponse(text)

    def _kept(self, answer_id: str) -> KeptAnswer:
        answers = self.site.answers
        kept = answers.get(answer_id) if answers and _ID.fullmatch(answer_id) else None
        if kept is None or not kept.shared:
            raise ApiError(NOT_FOUND, _GONE)
        return kept


def qr_code(text: str) -> Markup:
    """A QR code as an image within the page: black on white in the dark as well."""
    code = segno.make(text, error="m", micro=False)
    return Markup(
        code.svg_inline(
            scale=4, border=3, light="#fff", omitsize=True, svgclass="qr", title="本页地址的二维码"
        )
    )


def _call(address: str, kept: KeptAnswer) -> str:
    """The command that asks the question again."""
    body: dict[str, object] = {"question": kept.question}
    if kept.filters:
        body["filters"] = json.loads(kept.filters)
    sent = json.dumps(body, ensure_ascii=False)
    return (
        f"curl -s {shlex.quote(address)} \\\n"
        f"  -H 'Content-Type: application/json' \\\n"
        f"  -d {shlex.quote(sent)}"
    )


def _follows(kept: KeptAnswer) -> bool:
    """Whether the question leaned on earlier ones."""
    try:
        return Memory.model_validate_json(kept.memory).turns > 0
    except ValueError:
        return False
