"""What is looked at in a browser: the site's pages, the API's documentation, problem types."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from qa_service.api.documents import Documents
from qa_service.api.headers import content_security_policy
from qa_service.api.permalinks import Permalinks
from qa_service.api.problems import NOT_FOUND, PROBLEM_TYPES, ApiError
from qa_service.api.site import Site
from qa_service.web import STATIC

#: Swagger UI and ReDoc write style elements themselves, and ReDoc searches in a worker of its own.
_DOCS_POLICY = content_security_policy(
    style_src="'self' 'unsafe-inline'", worker_src="'self' blob:", img_src="'self' data: blob:"
)


def _docs_page(name: str) -> FileResponse:
    return FileResponse(
        STATIC / name,
        media_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": _DOCS_POLICY},
    )


async def _swagger(request: Request) -> Response:
    return _docs_page("docs.html")


async def _redoc(request: Request) -> Response:
    return _docs_page("redoc.html")


async def _problem_type(request: Request) -> Response:
    kind = PROBLEM_TYPES.get(request.path_params["code"])
    if kind is None:
        raise ApiError(NOT_FOUND)
    text = f"{kind.code}（HTTP {kind.status}）\n{kind.title}。{kind.remedy}\n"
    return Response(text, media_type="text/plain; charset=utf-8")


def page_routes(site: Site) -> list[Route | Mount]:
    """The routes of everything that is looked at in a browser."""
    return [
        *site.routes(),
        *Documents(site).routes(),
        *Permalinks(site).routes(),
        Route("/docs", _swagger),
        Route("/redoc", _redoc),
        Route("/problems/{code}", _problem_type),
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
    ]
