"""Counted nouns of disclosures (staff, posts, bodies, assets): other names of a published label.

The entries stand in ``nouns.yaml``: labels as documents print them, and forms that people say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from disclosure.lexicon import read_data
from disclosure.text import fold

_IDLE = re.compile(r"^(?:机关|实有|现有|年末|本级|全局|部门|核定|共有|单位|我局|本局|共)+")


@dataclass(frozen=True, slots=True)
class Noun:
    """One thing that is counted: its published labels and its spoken forms, folded."""

    labels: tuple[str, ...]
    spoken: tuple[str, ...]


@cache
def nouns() -> tuple[Noun, ...]:
    """Every noun of the file."""
    entries = read_data("nouns.yaml")
    assert isinstance(entries, list)
    return tuple(
        Noun(tuple(map(fold, entry["labels"])), tuple(map(fold, entry["spoken"])))
        for entry in entries
    )


@cache
def _by_label() -> Mapping[str, Noun]:
    return {label: noun for noun in nouns() for label in noun.labels}


def noun_labels(word: str) -> tuple[str, ...]:
    """The labels under which documents count what a word names (车辆 → 车辆, 公务用车 …)."""
    text = fold(word)
    return next((n.labels for n in nouns() if text in n.labels or text in n.spoken), ())


def noun_forms(label: str) -> tuple[str, ...]:
    """Other names of a published label, official then spoken (科室 → 处室, 内设机构 …, 几个科).

    Words in front that narrow nothing are passed over (实有在职人员, 共有车辆); a label that says
    more than its noun (新设事业单位, 购置特种车辆) has none, for they would say too little.
    """
    text = fold(label)
    noun = _by_label().get(text) or _by_label().get(_IDLE.sub("", text))
    if noun is None:
        return ()
    return tuple(form for form in (*noun.labels, *noun.spoken) if form != text)
