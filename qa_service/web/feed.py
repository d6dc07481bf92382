"""The Atom feed (RFC 4287) of new and corrected disclosures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from disclosure.model import Disclosure
from disclosure.store.history import Published
from qa_service.paths import document_path
from qa_service.typeahead.entries import place_of

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 100


def atom_feed(
    held: Sequence[Disclosure],
    history: Sequence[Published],
    unknown: float,
    address: Callable[[str], str],
) -> str:
    """The feed, latest first. ``unknown`` is when those are said to have been published whose time
    was not kept; ``address`` makes a path of this site a full address."""
    times = {(p.disclosure_id, p.version): p.at for p in history}
    dated = [(times.get((d.id, d.version), unknown), d) for d in held]
    dated.sort(key=lambda pair: (-pair[0], pair[1].title))
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})
    _add(feed, "id", address("/feed.atom"))
    _add(feed, "title", "预算问：新收录和更正的公开资料")
    _add(feed, "updated", _time(dated[0][0] if dated else unknown))
    _add(feed, "link", rel="self", href=address("/feed.atom"), type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=address("/"), type="text/html")
    _add(_add(feed, "author"), "name", "预算问")
    for at, disclosure in dated[:_MOST]:
        _entry(feed, disclosure, at, address)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode")


def _entry(
    feed: ET.Element, disclosure: Disclosure, at: float, address: Callable[[str], str]
) -> None:
    corrected = disclosure.version > 1
    link = address(document_path(disclosure.id))
    entry = _add(feed, "entry")
    _add(entry, "id", f"{link}#version-{disclosure.version}")
    word = f"更正（第{disclosure.version}版）" if corrected else "新收录"
    _add(entry, "title", f"{word}：{disclosure.title}")
    _add(entry, "updated", _time(at))
    _add(entry, "link", rel="alternate", href=link, type="text/html")
    place = place_of(disclosure.region)
    told = [place, disclosure.department, f"{disclosure.year}年", *disclosure.remarks]
    _add(entry, "summary", "；".join(filter(None, told)))


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = _printable(text) or None
    return element


def _printable(text: str) -> str:
    """XML has no control characters."""
    return "".join(char for char in text if char >= " " or char in "\n\t")


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
