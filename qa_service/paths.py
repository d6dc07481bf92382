"""Paths of this site's pages, as answers, lists and feeds link to them."""

from __future__ import annotations

from urllib.parse import quote


def document_path(disclosure_id: str, fact: str = "", anchor: str = "") -> str:
    """The page of a disclosure, at a figure or at the element of an id."""
    path = f"/d/{quote(disclosure_id, safe='')}"
    if fact:
        return f"{path}?fact={quote(fact, safe='')}"
    return f"{path}#{quote(anchor, safe='')}" if anchor else path


def answer_path(answer_id: str) -> str:
    """The page of a shared answer."""
    return f"/a/{quote(answer_id, safe='')}"
