"""One changed figure: the rule that should find it does, and what did not change is not flagged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from disclosure.model import Bundle
from disclosure.money import format_number
from ingest.reconcile import RULES, reconcile
from tests.ingest.reconcile.support import bundle_of, mismatches, plant, touches
from tests.ingest.reconcile.texts import TEXTS

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "planted.yaml").read_text("utf-8")
)
#: Rules whose error needs a second disclosure, or is that nothing could be read: tested elsewhere.
ELSEWHERE = {"上年数=上年公开", "决算的年初预算=当年预算公开", "报表各列已识别"}


@pytest.fixture(scope="module")
def texts(shipped_text: str) -> dict[str, str]:
    return {**TEXTS, "shipped": shipped_text}


@pytest.mark.parametrize("name", CASES)
def test_as_published_nothing_is_flagged(name: str, texts: dict[str, str]) -> None:
    findings = reconcile(bundle_of(texts[name]))
    assert [f.message for f in mismatches(findings)] == []


@pytest.mark.parametrize(
    ("name", "case"),
    [
        pytest.param(name, case, id=f"{name}-{case['rule']}-{case['to']}")
        for name, cases in CASES.items()
        for case in cases
    ],
)
def test_a_planted_error_is_found_by_its_rule_and_alone(
    name: str, case: dict[str, Any], texts: dict[str, str]
) -> None:
    planted = plant(texts[name], case["line"], case["from"], case["to"], case.get("nth", 1))
    bundle = bundle_of(planted.text)
    found = mismatches(reconcile(bundle))
    assert case["rule"] in {f.rule for f in found}, [f"{f.rule}: {f.message}" for f in found]
    assert [f.message for f in found if not touches(bundle, f, planted.line)] == []


@pytest.mark.parametrize("name", CASES)
def test_every_message_says_how_much_more_or_less_is_stated(
    name: str, texts: dict[str, str]
) -> None:
    for case in CASES[name]:
        planted = plant(texts[name], case["line"], case["from"], case["to"], case.get("nth", 1))
        for found in mismatches(reconcile(bundle_of(planted.text))):
            if found.expected is None or found.actual is None:
                continue
            side = "多" if found.actual > found.expected else "少"
            assert f"，{side}" in found.message
            for figure in (found.actual, found.expected):
                assert format_number(figure) in found.message


def test_every_rule_has_a_planted_error() -> None:
    planted = {case["rule"] for cases in CASES.values() for case in cases}
    assert {rule.name for rule in RULES} - planted == ELSEWHERE


def test_messages_name_table_row_column_values_and_difference(shipped_text: str) -> None:
    planted = plant(
        shipped_text, "2060101||行政运行|416.59|416.59|0.00", "416.59|0.00", "416.59|1.00"
    )
    (found,) = [
        f
        for f in mismatches(reconcile(bundle_of(planted.text)))
        if f.rule == "合计=基本支出+项目支出"
    ]
    for words in (
        "表3《部门支出总体情况表》",
        "“行政运行”行",
        "“合计”列为416.59万元",
        "项目支出1.00万元",
    ):
        assert words in found.message
    assert "少1" in found.message
    assert (str(found.actual), str(found.expected), found.unit) == ("416.59", "417.59", "万元")


def test_findings_name_cells_of_the_disclosure(shipped_text: str) -> None:
    bundle: Bundle = bundle_of(shipped_text)
    known = {fact.id for fact in bundle.facts}
    findings = reconcile(bundle)
    assert all(set(f.fact_ids) <= known for f in findings)
    assert all(f.disclosure_id == bundle.disclosure.id for f in findings)
    checked = [f for f in findings if f.outcome.value in ("pass", "rounding", "mismatch")]
    assert len(checked) > 500
    assert all(f.fact_ids for f in checked)
