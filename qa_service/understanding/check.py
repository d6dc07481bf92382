"""The plan check: constants come from the question, members from the data.

The figure guard sees that a figure is a published one; only this sees that it was asked for.
"""

from __future__ import annotations

from disclosure.model import ALL
from qa_service.answering.guard import numbers
from qa_service.tools.cells import CellFinder
from qa_service.tools.national import national_names
from qa_service.understanding.plan import Condition, Plan, Rank, Selector

#: Ranks that need no number in the question: the first, and a whole ranking.
_IMPLIED_RANKS = (1, 50)
_OPEN_AXES = ("unit", "subject", "economic", "gov_economic", "project")


def objections(plan: Plan, question: str, finder: CellFinder) -> list[str]:
    """What in the plan neither the question nor the data accounts for; empty when it may run."""
    said = set(numbers(question))
    found: list[str] = []
    for part in plan.models():
        if isinstance(part, Condition):
            ends = [part.value] if part.below is None else [part.value, part.below]
            found += [str(end) for end in ends if end not in said and end != 0]
        if isinstance(part, Rank):
            asked = [part.n, part.position or 1]
            found += [str(n) for n in asked if n not in _IMPLIED_RANKS and n not in said]
        if isinstance(part, Selector):
            found += _strange_members(part, finder)
    return found


def _strange_members(selector: Selector, finder: CellFinder) -> list[str]:
    """Members of open axes that neither the disclosure nor the national lists know."""
    national = national_names()
    return [
        f"{axis}={member}"
        for where in selector.readings
        for axis, member in where.axes.items()
        if axis in _OPEN_AXES
        and member != ALL
        and member not in national.get(axis, {})
        and not finder.knows(selector.disclosure_id, axis, member)
    ]
