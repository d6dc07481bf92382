"""How people say the subjects of the national classification, and everyday words for sums of them.

The forms stand in ``spoken_economic.yaml`` and ``spoken_functional.yaml`` (code → forms) and
``sums.yaml`` (word → codes), names of standard tables in ``tables.yaml`` (kind → forms). They are
for questions only; labels of documents use official names.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from disclosure.lexicon import read_data

_FILES = {
    "subject": "spoken_functional.yaml",
    "economic": "spoken_economic.yaml",
    "gov_economic": "spoken_economic.yaml",
}


@cache
def _forms(name: str) -> Mapping[str, tuple[str, ...]]:
    entries = read_data(name)
    assert isinstance(entries, dict)
    return {code: tuple(forms) for code, forms in entries.items()}


def spoken_forms(axis: str, code: str) -> tuple[str, ...]:
    """Everyday forms of a subject (axis ``subject``, ``economic`` or ``gov_economic``); () if none.

    ``spoken_forms("economic", "30211")`` → 出差, 差旅 …
    """
    return _forms(_FILES[axis]).get(code, ()) if axis in _FILES else ()


@cache
def sums() -> Mapping[str, tuple[str, ...]]:
    """Everyday words for several items together, with the economic codes that they add up.

    ``sums()["水电费"]`` → 30205 and 30206. The answer adds what the document publishes of them.
    """
    entries = read_data("sums.yaml")
    assert isinstance(entries, dict)
    return {word: tuple(codes) for word, codes in entries.items()}


def table_names(kind: str) -> tuple[str, ...]:
    """What a standard table (a ``TableKind`` value) is called, whatever documents title it."""
    return _forms("tables.yaml").get(kind, ())
