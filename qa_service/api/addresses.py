"""Addresses of pages, as links that leave the site carry them: QR codes, feeds, shared answers."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request

from qa_service.settings import Settings


def absolute(request: Request, settings: Settings, path: str) -> str:
    """The full address of a path: under the configured one, else under the one asked at."""
    return (settings.public_url or str(request.base_url)).rstrip("/") + path


def document_path(disclosure_id: str, fact: str = "", anchor: str = "") -> str:
    """The page of a disclosure, at a fact or at the element of an id."""
    path = f"/d/{quote(disclosure_id, safe='')}"
    if fact:
        return f"{path}?fact={quote(fact, safe='')}"
    return f"{path}#{quote(anchor, safe='')}" if anchor else path
