"""The report that people and programs read."""

from __future__ import annotations

import json

from rich.console import Console

from eval.cases import Case, Expectation, Part
from eval.report import as_json, print_report
from eval.runner import Record
from eval.verdicts import judge
from tests.eval.answers import answer, figure


def records() -> list[Record]:
    expect = Expectation.model_validate(
        {"status": "answered", "figures": [{"value": "12.94", "unit": "万元"}]}
    )
    case = Case(id="lookup-01", turns=("三公经费？",), question="去年呢？", expect=expect)
    given = [answer(figure("12.94"), text="12.94万元"), answer(figure("9"), text="9万元")]
    return [
        Record("main", "lookup", Part.DEV, case, a, judge(expect, a), 3.0, confidence)
        for a, confidence in zip(given, (0.9, 0.2), strict=True)
    ]


def test_terminal_report_shows_themes_and_failures() -> None:
    console = Console(width=80)
    with console.capture() as capture:
        print_report(records(), console)
    text = capture.get()
    for shown in ("main.dev", "lookup", "50.0%", "wrong_figure", "去年呢？", "12.94万元", "置信度"):
        assert shown in text


def test_json_report_holds_every_case_and_its_answer() -> None:
    data = json.loads(json.dumps(as_json(records(), ["跳过"]), ensure_ascii=False))
    assert data["total"]["cases"] == 2
    assert data["total"]["wrong_figure_rate"] == 0.5
    assert data["groups"]["main.dev"]["right"] == 1
    assert [case["verdict"] for case in data["cases"]] == ["right", "wrong_figure"]
    assert data["cases"][0]["answer"]["figures"][0]["value"] == "12.94"
    assert data["skipped"] == ["跳过"]
