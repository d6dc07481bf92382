"""National classification names by axis, for members that a disclosure does not print itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from disclosure.lexicon.classification import economic, functional, gov_economic


@cache
def national_names() -> Mapping[str, Mapping[str, str]]:
    """Axis → code → name in force."""
    axes = {"subject": functional(), "economic": economic(), "gov_economic": gov_economic()}
    return {
        axis: {code: classification.by_code(code) or code for code in classification}
        for axis, classification in axes.items()
    }
