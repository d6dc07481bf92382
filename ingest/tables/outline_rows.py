"""Rows of a 收支 table: labels in an outline, read as funds of revenue or subjects of spending."""

from __future__ import annotations

import re
from collections.abc import Sequence

from disclosure.model import Measure
from ingest.tables.cells import is_blank, is_total
from ingest.tables.codes import Entry
from ingest.tables.folding import fold
from ingest.tables.outline import Label, Outline, read_label
from ingest.tables.roles import Column
from ingest.tables.row_key import RowContext, RowKey
from ingest.tables.subjects import national
from ingest.tables.terms import narrows, read_terms

#: Labels that only open a list.
_FRAMES = frozenset({"本年收入", "本年支出", "收入", "支出"})
_CLASS_STYLE = "一、"
#: 湖南 calls an economic class of projects 按项目管理的商品和服务支出.
_MANAGED = re.compile(r"^按项目管理的")


class OutlineReader:
    """Reads the label column of a block; remembers which rows are open and the last subject."""

    def __init__(self, column: Column, context: RowContext) -> None:
        self._column = column
        self._context = context
        self._axis = column.axis or context.axis
        self._outline: Outline[RowKey] = Outline()
        self._current = ""

    def reset(self) -> None:
        """Forget what the rows above opened."""
        self._outline.reset()
        self._current = ""

    def read(self, key: RowKey) -> None:
        """Set the label, path and coordinates of one row."""
        printed = key.line.cells[self._column.index]
        if is_blank(printed):
            return
        label = read_label(printed)
        key.label = "".join(printed.split())
        at_margin = is_total(label.text) or "carry" in read_terms(label.text)
        if at_margin and not label.style:
            self._outline.reset()
        above = self._outline.place(label.style, key)
        key.path = tuple(row.label for row in above)
        key.total = key.total or is_total(label.text)
        for row in above:
            row.total = row.total or not label.of_which
        if self._context.projects and not key.total:
            key.sets["project"] = key.label
        elif self._context.measure is Measure.REVENUE:
            self._read_revenue(key, label, above)
        else:
            self._read_expenditure(key, label, above)

    def _read_revenue(self, key: RowKey, label: Label, above: Sequence[RowKey]) -> None:
        """A fund within the fund above it; words that name no fund are an item of that fund."""
        terms = _of_axes(label.text, ("fund", "carry", "item"))
        inherited = dict(above[-1].sets) if above else {}
        inherited.pop("item", None)
        outer = inherited.get("fund")
        if label.of_which and "fund" in terms and outer and not narrows(outer, terms["fund"]):
            terms.pop("fund")
        if not terms and not is_total(label.text) and fold(label.text) not in _FRAMES:
            terms = {"item": label.text}
        key.sets = {**inherited, **key.sets, **terms}

    def _read_expenditure(self, key: RowKey, label: Label, above: Sequence[RowKey]) -> None:
        """A subject, resolved by its place in the list; else a kind, 三公 item or carry-over."""
        if is_total(label.text) or fold(label.text) in _FRAMES:
            key.sets.update(_of_axes(label.text, ("carry", "kind", "nature")))
            return
        outer = above[-1].sets if above else {}
        inherited: dict[str, str] = {k: outer[k] for k in ("kind", "carry") if k in outer}
        current = "" if label.style == _CLASS_STYLE else self._current
        axis, code = self._axis, ""
        if "kind" in inherited and self._axis != "gov_economic":
            code = _economic_class(label.text)  # 基本支出 > 工资福利支出
            axis = "economic" if code else axis
        if not code:
            code = self._context.names.resolve(axis, label.text, current)
            self._current = code or self._current
        if code:
            key.entries = (Entry(axis, code, label.text),)
            key.sets = {**inherited, **key.sets, axis: code}
            key.sets.pop("carry", None)
            return
        terms: dict[str, str] = dict(read_terms(label.text))
        if not terms:
            unlisted = self._axis == "subject" and label.text.endswith(("支出", "补助"))
            terms = {self._axis if unlisted else "item": label.text}
        key.sets = {**inherited, **key.sets, **terms}


def _economic_class(label: str) -> str:
    """The code of an economic class that a row of 基本支出 or 项目支出 names, or ''."""
    wanted = _MANAGED.sub("", fold(label)).replace("和家庭补助", "和家庭的补助")
    return next((code for code in national("economic").by_name(wanted) if len(code) == 3), "")


def _of_axes(text: str, axes: Sequence[str]) -> dict[str, str]:
    return {k: v for k, v in read_terms(text).items() if k in axes}
