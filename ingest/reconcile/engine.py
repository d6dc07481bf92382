"""All rules over one disclosure."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import Bundle, Finding
from ingest.reconcile import (
    across_tables,
    across_years,
    changes,
    in_table,
    names,
    narrative,
    projects,
    stated_sums,
)
from ingest.reconcile.book import Book
from ingest.reconcile.rule import Check, Rule, not_checked

READABLE = Rule(
    "报表各列已识别",
    "表中各列的含义能够确定，表内表间关系才能核对；不能确定的表只保留原文",
    "100.00=60.00+40.00",
    "100.00=?",
)
_CHECKS = (
    in_table.check,
    across_tables.check,
    projects.check,
    narrative.check,
    stated_sums.check,
    changes.check,
    names.check,
)
#: Every rule, in the order of reports.
RULES: tuple[Rule, ...] = (
    *in_table.RULES,
    *across_tables.RULES,
    *projects.RULES,
    *narrative.RULES,
    *stated_sums.RULES,
    *changes.RULES,
    *names.RULES,
    *across_years.RULES,
    READABLE,
)
_FEW = 0.5


def reconcile(bundle: Bundle) -> tuple[Finding, ...]:
    """Every check of every rule on one disclosure. A rule that found nothing to check says so."""
    book = Book(bundle)
    made = [one for check in _CHECKS for one in check(book)]
    made += _unreadable(bundle)
    applied = {one.rule for one in made}
    elsewhere = {*across_years.RULES, READABLE}
    made += [
        not_checked(rule, "没有同时公开可以核对的数")
        for rule in RULES
        if rule not in applied and rule not in elsewhere
    ]
    order = {rule: n for n, rule in enumerate(RULES)}
    made.sort(key=lambda one: order[one.rule])
    return tuple(one.finding(bundle.disclosure.id) for one in made)


def _unreadable(bundle: Bundle) -> Iterator[Check]:
    """Tables that stayed raw cells."""
    for table in bundle.tables:
        if table.confidence < _FEW and not table.empty:
            reason = table.weakness or "列的含义不能确定"
            yield not_checked(READABLE, f"{table.name}：{reason}，表中各数没有核对")
