"""Suggested questions: only such as the data can answer."""

from __future__ import annotations

from disclosure.model import Aspect, Disclosure, PassageKind
from qa_service.tools.cells import CellFinder
from qa_service.understanding.plan import Selector, Where

#: What people ask first, with the place where its figure would stand.
_STARTERS: tuple[tuple[str, Where], ...] = (
    ("支出总预算", Where(measure="expenditure")),
    ("三公经费", Where(axes={"economic": "三公"})),
    ("项目支出", Where(axes={"kind": "project"})),
    ("公务接待费", Where(axes={"economic": "30217"})),
    ("政府采购预算", Where(measure="procurement")),
    ("机关运行经费", Where(measure="operating")),
)
_MAX = 4
_MAX_STARTERS = 6


def starters(finder: CellFinder, disclosures: list[Disclosure]) -> list[str]:
    """A few answerable questions: all about the only disclosure, or each about another one."""
    if len(disclosures) == 1:
        return starters_of(finder, disclosures[0], "")[:_MAX_STARTERS]
    questions: list[str] = []
    step = max(1, len(disclosures) // _MAX_STARTERS)
    for number, disclosure in enumerate(disclosures[::step][:_MAX_STARTERS]):
        own = starters_of(finder, disclosure, disclosure.department)
        if own:
            questions.append(own[number % len(own)])
    return questions


def starters_of(finder: CellFinder, disclosure: Disclosure, owner: str) -> list[str]:
    """What people ask first of one disclosure; ``owner`` is named where several are held."""
    questions: list[str] = []
    for name, where in _STARTERS:
        selector = Selector(disclosure_id=disclosure.id, name=name, readings=(where,))
        if finder.resolve(selector).cell is not None:
            questions.append(f"{owner}{name}是多少？")
        change = selector.model_copy(update={"aspect": Aspect.CHANGE})
        if name == "三公经费" and finder.resolve(change).cell is not None:
            questions.append(f"{owner}三公经费比上年增加了还是减少了？")
    return questions


def follow_ups(finder: CellFinder, selectors: tuple[Selector, ...], asked: str) -> list[str]:
    """Next questions about what was asked; each has its figure or passage in the data."""
    if not selectors:
        return []
    selector = selectors[0]
    disclosure = finder.disclosure(selector.disclosure_id)
    unit = next((w.axes["unit"] for w in selector.readings if "unit" in w.axes), None)
    names = finder.names(disclosure.id)
    owner = names.unit(unit) if unit else disclosure.department
    name = selector.name
    questions: list[str] = []
    change = finder.resolve(selector.model_copy(update={"aspect": Aspect.CHANGE})).cell
    if change is not None and unit is None:
        questions.append(f"{owner}{name}比上年增加了还是减少了？")
        reasons = [
            p
            for p in finder.library.passages(disclosure.id)
            if p.kind is PassageKind.REASON and p.subject_label == name
        ]
        if reasons and change.value != 0:
            word = "增加" if change.value > 0 else "减少"
            questions.append(f"{owner}{name}为什么{word}？")
    if unit is None and len(disclosure.units) > 1 and _by_unit(finder, selector):
        questions.append(f"{owner}各单位的{name}分别是多少？")
    if finder.resolve(selector).cell is not None:
        questions.append(f"{owner}{name}在哪张表？")
    return [q for q in questions if q.rstrip("？") not in asked][:_MAX]


def _by_unit(finder: CellFinder, selector: Selector) -> bool:
    unit = finder.disclosure(selector.disclosure_id).units[0]
    readings = tuple(where.narrowed({"unit": unit.key}) for where in selector.readings)
    return finder.resolve(selector.model_copy(update={"readings": readings})).cell is not None
