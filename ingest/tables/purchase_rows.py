"""Rows of tables of purchases: kinds (货物, 工程, 服务) and modes that head the rows below,
and what a 小计 among them adds up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from disclosure.model import Measure
from ingest.tables.cells import is_total
from ingest.tables.folding import fold
from ingest.tables.row_key import RowContext, RowKey
from ingest.tables.terms import read_terms

_MEASURES = (Measure.PROCUREMENT, Measure.SERVICE_PURCHASE)
_SUM = re.compile(r"^[*]|(?:合计|小计|总计|共计)数?:?$")
_WHOLE = re.compile(
    "(?:总|金额|本年|全部|全年|年度|预算|采购|购买|服务|政府|部门|单位|支出|项目|资金|经费)*"
)
_OF_PURCHASES = ("fund", "carry", "procurement_kind", "procurement_mode")


def summed(total: str, context: RowContext) -> Mapping[str, str]:
    """What a total is of: 人员经费合计; of purchases, any words narrow it (货物类小计)."""
    if context.measure not in _MEASURES:
        terms = read_terms(total)
        return {k: v for k, v in terms.items() if k in ("nature", "kind", "carry")}
    words = _SUM.sub("", fold(total))
    terms = {k: v for k, v in read_terms(words).items() if k in _OF_PURCHASES}
    whole = _WHOLE.fullmatch(words) or context.units.knows(words)
    return terms if terms or whole else {"item": "".join(total.split())}


class PurchaseKinds:
    """The kinds and modes in force, by column, each with the row that heads them, if one does.

    ``outside`` tells that kinds hold units (无锡) and not units kinds.
    """

    def __init__(self) -> None:
        self.outside = False
        self._open: dict[int, tuple[str, RowKey | None]] = {}

    def clear(self) -> None:
        """A total at the margin closes all of them."""
        self._open = {}

    def change_unit(self) -> None:
        """Another unit opens: within the kinds that hold units, after all others."""
        self._open = {i: known for i, known in self._open.items() if self.outside and known[1]}

    def open(self, column: int, text: str, key: RowKey | None) -> None:
        """A kind or mode is printed; ``key`` is the row where it heads the rows below."""
        known = self._open.get(column)
        if known and known[0] == text and key is None:
            return  # printed again on each of its rows
        self._open = {**{i: k for i, k in self._open.items() if i < column}, column: (text, key)}

    def narrow(self, key: RowKey) -> str:
        """Give a row what is in force; the outermost kind's words, '' if none is."""
        for text, head in self._open.values():
            key.sets.update({k: v for k, v in read_terms(text).items() if k not in key.sets})
            if head and head is not key:
                head.total = True
        return next((text for text, _ in self._open.values()), "")

    def of_all_units(self, key: RowKey, unit: str) -> bool:
        """Whether a row that heads a kind stands outside the unit that was open above it."""
        self.outside = self.outside or not unit
        return self.outside and not key.is_unit


def heads_purchases(texts: Sequence[str], key: RowKey) -> bool:
    """Whether a row names a kind or mode of purchases and nothing that is bought."""
    filled = [text for text in texts if text and not is_total(text)]
    kinds = [any(a.startswith("procurement") for a in read_terms(text)) for text in filled]
    return bool(kinds) and all(kinds) and not key.entries and "project" not in key.sets
