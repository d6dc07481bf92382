"""Reading labels by the declared terms: which coordinates the words of a label fix.

One label may hold several terms (一般公共预算基本支出 fixes fund and kind). What a label says about
the year, and codes and names of subjects, are read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from disclosure.model import FUND_PARENT
from ingest.tables.folding import fold
from ingest.tables.term_rules import AXES_OF_TERMS

_COMPILED = tuple(
    tuple((re.compile(term.pattern), term) for term in axis) for axis in AXES_OF_TERMS
)
#: 增、减 and 增（减） for 增减.
_INCREASE = re.compile(r"增(?:[、/]减|[(]减[)])")
_EXCLUDED = re.compile(r"[(（]?不含[^)）]*[)）]?|扣除[^)）]*(?:投资|项目)后?")


@lru_cache(maxsize=4096)
def read_terms(label: str) -> Mapping[str, str]:
    """The coordinates, measure, aspect and stage that a label's words fix.

    ``read_terms('本年一般公共预算基本支出')`` is ``{'fund': 'general', 'kind': 'basic'}``.
    """
    text = _INCREASE.sub("增减", _EXCLUDED.sub("", fold(label)))
    found: dict[str, str] = {}
    for axis in _COMPILED:
        for pattern, term in axis:
            if pattern.search(text):
                found.update({k: v for k, v in term.sets.items() if k not in found})
                break
    if found.get("carry") == "carried_in" and "非财政拨款" in text:
        found.pop("fund", None)
    return found


def narrows(outer: str, inner: str) -> bool:
    """Whether fund ``inner`` lies within fund ``outer`` (general within fiscal)."""
    return FUND_PARENT.get(inner) == outer
