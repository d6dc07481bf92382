"""The Atom feed of new and corrected disclosures."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from disclosure.store.history import Published
from qa_service.web.feed import atom_feed
from tests.support.scripted import ScriptedLibrary

_ATOM = {"a": "http://www.w3.org/2005/Atom"}


def _feed(*history: Published, version: int = 1) -> ET.Element:
    first, second = ScriptedLibrary(2).disclosures()
    held = [replace(first, title="甲<乙>&\x07"), replace(second, version=version)]
    text = atom_feed(held, history, 0.0, lambda path: f"https://ask.example.cn{path}")
    return ET.fromstring(text)


def _texts(root: ET.Element, path: str) -> list[str | None]:
    return [element.text for element in root.findall(path, _ATOM)]


def test_feed_has_what_atom_requires() -> None:
    root = _feed(Published("d1", 1, 1_800_000_000.0))
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for element in ("a:id", "a:title", "a:updated", "a:author/a:name"):
        assert len(_texts(root, element)) == 1
    assert _texts(root, "a:updated") == ["2027-01-15T08:00:00Z"]
    for entry in root.findall("a:entry", _ATOM):
        for element in ("a:id", "a:title", "a:updated", "a:summary"):
            assert all(_texts(entry, element))
    assert len(set(_texts(root, "a:entry/a:id"))) == 2


def test_latest_comes_first_and_a_correction_is_called_one() -> None:
    root = _feed(
        Published("d2", 1, 100.0), Published("d1", 1, 200.0), Published("d2", 2, 300.0), version=2
    )
    titles = _texts(root, "a:entry/a:title")
    assert titles[0] is not None
    assert titles[0].startswith("更正（第2版）：")
    assert titles[1] == "新收录：甲<乙>&"
    assert _texts(root, "a:entry/a:updated") == ["1970-01-01T00:05:00Z", "1970-01-01T00:03:20Z"]


def test_correction_is_another_entry() -> None:
    before, after = _feed(), _feed(version=2)
    changed = set(_texts(after, "a:entry/a:id")) - set(_texts(before, "a:entry/a:id"))
    assert changed == {"https://ask.example.cn/d/d2#version-2"}


def test_nothing_held_is_a_feed_without_entries() -> None:
    root = ET.fromstring(atom_feed([], [], 0.0, lambda path: f"https://x{path}"))
    assert root.findall("a:entry", _ATOM) == []
