"""The built files of the chat: small, complete, and of nothing but this service."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from qa_service.web import STATIC

ROOT = Path(__file__).parents[3]
WIDGET = STATIC / "widget"
ELEMENT = WIDGET / "budget-qa-chat.js"
CHARTS = WIDGET / "budget-qa-charts.js"

#: Names of XML vocabularies, which no browser ever loads.
_NAMESPACE = re.compile(r"https?://www\.w3\.org/(?:2000/svg|1999/xhtml|1999/xlink|2000/xmlns)/?")


def test_element_is_small_without_charts() -> None:
    assert len(gzip.compress(ELEMENT.read_bytes(), 9)) <= 30 * 1024


def test_charts_are_loaded_apart_and_only_when_needed() -> None:
    element = ELEMENT.read_text(encoding="utf-8")
    assert re.search(r"import\([`\"']\./budget-qa-charts\.js[`\"']\)", element)
    assert "zrender" not in element
    assert "echarts" not in element


def test_element_makes_no_html_script_or_inline_style_of_text() -> None:
    element = ELEMENT.read_text(encoding="utf-8")
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
                "new Function", 'setAttribute("style"', "cssText"):  # fmt: skip
        assert way not in element


@pytest.mark.parametrize("file", [ELEMENT, CHARTS], ids=lambda path: path.name)
def test_file_names_no_other_host(file: Path) -> None:
    text = _NAMESPACE.sub("", file.read_text(encoding="utf-8"))
    assert re.findall(r"https?://[\w.-]+", text) == []


def test_licences_of_what_is_built_in_come_along() -> None:
    text = (WIDGET / "LICENSES.txt").read_text(encoding="utf-8")
    locked = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    for name in ("echarts", "zrender", "tslib"):
        assert f"{name} {locked['packages'][f'node_modules/{name}']['version']}" in text
    assert "Apache License" in text


def test_lock_file_names_no_registry() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    for name, package in packages["packages"].items():
        assert "resolved" not in package
        assert not name or package.get("integrity", "").startswith("sha512-")
