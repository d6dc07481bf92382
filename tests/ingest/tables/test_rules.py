"""Every declared rule finds its example and leaves its counter-example."""

from __future__ import annotations

import re

import pytest

from disclosure.text import fold
from ingest.tables.roles import RULES, RoleRule, is_key
from ingest.tables.term_rules import AXES_OF_TERMS, Term
from ingest.tables.terms import read_terms

TERMS = [term for axis in AXES_OF_TERMS for term in axis]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_term_finds_its_example_and_not_its_counter_example(term: Term) -> None:
    assert re.search(term.pattern, fold(term.example))
    assert not re.search(term.pattern, fold(term.counter))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
def test_role_finds_its_example_and_not_its_counter_example(rule: RoleRule) -> None:
    def first(header: str) -> object:
        return next((r.role for r in RULES if re.search(r.pattern, fold(header))), None)

    assert first(rule.example) is rule.role
    assert first(rule.counter) is not rule.role


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("本年一般公共预算基本支出", {"fund": "general", "kind": "basic"}),
        ("人员经费", {"nature": "personnel", "kind": "basic"}),
        ("1.一般公共预算拨款结余、结转", {"fund": "general", "carry": "carried_in"}),
        ("使用非财政拨款结余", {"carry": "carried_in", "item": "使用非财政拨款结余"}),
        ("事业收入（不含教育收费）", {"fund": "operations"}),
        ("对附属单位补助支出", {"kind": "subsidy"}),
        ("“三公”经费财政拨款预算总额", {"fund": "fiscal", "economic": "三公"}),
        ("分散采购", {"procurement_mode": "dispersed"}),
        ("行政运行", {}),
    ],
)
def test_one_label_may_fix_several_axes(label: str, expected: dict[str, str]) -> None:
    assert dict(read_terms(label)) == expected


def test_columns_of_names_are_told_from_columns_of_figures() -> None:
    assert is_key(("部门（单位）代码",))
    assert is_key(("功能分类科目", "编码"))
    assert not is_key(("本年收入", "小计"))
    assert not is_key(("政府采购项目类型", "货物类"))
