"""Addresses of pages, as links that leave the site carry them: QR codes, feeds, shared answers."""

from __future__ import annotations

from starlette.requests import Request

from qa_service.settings import Settings


def absolute(request: Request, settings: Settings, path: str) -> str:
    """The full address of a path: under the configured one, else under the one asked at."""
    return (settings.public_url or str(request.base_url)).rstrip("/") + path
