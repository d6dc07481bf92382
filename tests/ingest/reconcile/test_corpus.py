"""Real disclosures: the errors that their authors made are found, and nothing else is flagged."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from disclosure.model import Bundle, Outcome
from ingest.assemble import assemble
from ingest.readers import read_document
from ingest.reconcile import reconcile

pytestmark = pytest.mark.corpus

#: File: the rules that real errors break, with words of one message of each.
ERRORS = {
    "pdf/sh-putuo-sfj-2026-unit-budget.pdf": {
        "合计=基本支出+项目支出": "“行政运行”行",
        "上级科目=下级科目之和": "“司法”行",
        "增减幅度=增减额÷上年数": "“购房补贴”",
        "文字说明前后一致": "“购房补贴”",
    },
    "pdf/sh-putuo-sfj-2026-dept-budget.pdf": {
        "增减幅度=增减额÷上年数": "“其他司法支出”",
        "文字说明前后一致": "“住房公积金”",
    },
    "cities/福州/公安局_2026年度福州市公安局巡特警支队单位预算.pdf": {
        "上级科目=下级科目之和": "“公安”行",
    },
    "pdf/sz-kcj-2026-budget.pdf": {"文字说明的金额=报表": "620"},
    "pdf/xian-sjj-2026-budget.pdf": {},
    "cities/西安/2026年西安市信访局部门预算.pdf": {},
    "pdf/gz-kjj-2026-budget.pdf": {},
    "cities/无锡/2026年无锡市教育局部门预算.pdf": {},
}


def read(corpus: Path, *names: str) -> Bundle:
    documents = [read_document(name, (corpus / name).read_bytes()) for name in names]
    (bundle,) = assemble(documents).bundles
    return bundle


@pytest.mark.parametrize("name", ERRORS)
def test_real_errors_are_found_and_nothing_else_is_flagged(name: str, corpus: Path) -> None:
    findings = reconcile(read(corpus, name))
    found = [f for f in findings if f.outcome is Outcome.MISMATCH]
    assert {f.rule for f in found} == set(ERRORS[name]), [f.message for f in found]
    for rule, words in ERRORS[name].items():
        assert any(f.rule == rule and words in f.message for f in found), rule
    assert sum(f.outcome is Outcome.PASS for f in findings) > 60


def test_tables_of_a_city_in_a_file_apart_agree_with_its_narrative(corpus: Path) -> None:
    bundle = read(corpus, "pdf/bj-tjj-2026-narrative.pdf", "pdf/bj-tjj-2026-tables.pdf")
    findings = reconcile(bundle)
    # 5,177.883268 is printed as 5,177.89 in the text.
    (found,) = [f for f in findings if f.outcome is Outcome.MISMATCH]
    assert "5,177.89万元" in found.message
    against_text = [f for f in findings if f.rule == "文字说明的金额=报表"]
    assert sum(f.outcome in (Outcome.PASS, Outcome.ROUNDING) for f in against_text) > 10


def test_a_disclosure_is_checked_in_a_moment(shipped_text: str) -> None:
    (bundle,) = assemble([read_document("a.txt", shipped_text.encode())]).bundles
    start = time.process_time()
    reconcile(bundle)
    assert time.process_time() - start < 1.0  # 0.2 s on an idle core
