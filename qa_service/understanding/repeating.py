"""公用经费呢 after 人员经费占多少: the operation of the turn before, of something else."""

from __future__ import annotations

import re

from qa_service.understanding.clause import Clause
from qa_service.understanding.plan import Average, Change, Plan, Prior, Share

_AND_THIS = re.compile("呢[?？]?$")
#: Words that only point or join, besides those of the thing asked about.
_NEUTRAL = ("harmless", "and", "current", "head_office", "whole", "greeting")


def same_again(clause: Clause, before: Plan | None) -> Plan | None:
    """The last plan with the topics or units that the clause names instead of its own; None where
    the clause says what to do by itself."""
    if before is None or not _AND_THIS.search(clause.text) or _operates(clause):
        return None
    if (not clause.topics and not clause.units) or clause.siblings:
        return None
    selectors = clause.selectors()
    match before:
        case Share():
            return before.model_copy(update={"parts": selectors, "together": False})
        case Change():
            return before.model_copy(update={"selectors": selectors, "direction": None})
        case Prior():
            return before.model_copy(update={"selectors": selectors})
        case Average() if before.per in ("month", "quarter"):
            return before.model_copy(update={"selector": selectors[0]})
        case _:
            return None


def _operates(clause: Clause) -> bool:
    return any(cue.name not in _NEUTRAL for t in clause.tokens if t.word for cue in t.word.cues)
