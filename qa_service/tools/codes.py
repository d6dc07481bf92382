"""Codes of subjects and units, with a row that prints them."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.model import ALL, Subject
from qa_service.tools.cells import Cell, CellFinder
from qa_service.tools.results import Coded, CodesFound
from qa_service.understanding.plan import Codes, Selector

#: Axis of a subject → how its code is called.
_KINDS = {
    "subject": "功能分类科目编码",
    "economic": "部门预算支出经济分类科目编码",
    "gov_economic": "政府预算支出经济分类科目编码",
}


def codes(finder: CellFinder, plan: Codes) -> CodesFound:
    """The published codes of what the selectors name; empty where it has none."""
    of = _unit_codes if plan.of_units else _subject_codes
    found = (coded for selector in plan.selectors for coded in of(finder, selector))
    return CodesFound(plan, tuple({(c.kind, c.code): c for c in found}.values()))


def _unit_codes(finder: CellFinder, selector: Selector) -> Iterator[Coded]:
    keys = {where.axes.get("unit", ALL) for where in selector.readings}
    for unit in finder.disclosure(selector.disclosure_id).units:
        if unit.key in keys and unit.code:
            yield Coded(unit.name, "单位代码", unit.code, finder.resolve(selector).cell)


def _subject_codes(finder: CellFinder, selector: Selector) -> Iterator[Coded]:
    named = {(axis, key) for where in selector.readings for axis, key in where.axes.items()}
    for subject in finder.disclosure(selector.disclosure_id).subjects:
        kind = _KINDS[subject.axis]
        same = subject.name == selector.name or (subject.axis, subject.key) in named
        if subject.code and same:
            row = _row_of(finder, selector, subject)
            yield Coded(subject.name, kind, subject.code, row)


def _row_of(finder: CellFinder, selector: Selector, subject: Subject) -> Cell | None:
    for where in selector.readings:
        at = where.model_copy(update={"axes": {subject.axis: subject.key}})
        cell = finder.resolve(selector.model_copy(update={"readings": (at,)})).cell
        if cell is not None:
            return cell
    return None
