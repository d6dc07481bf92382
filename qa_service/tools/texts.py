"""The document's own words: definitions, reasons, purposes, targets, tables, funds, search."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from disclosure.model import Fact, Measure, Passage, PassageKind
from disclosure.naming import FUND_NAMES
from disclosure.text import fold
from qa_service.tools.amounts import change_of
from qa_service.tools.cells import CellFinder
from qa_service.tools.results import (
    FundFound,
    Member,
    TablesFound,
    TargetsFound,
    Texts,
)
from qa_service.understanding.plan import (
    Define,
    Explain,
    FindTable,
    FundOf,
    Search,
    Targets,
)

#: How alike (0 to 100) a topic and a passage's own label must be for the passage to be about it.
_SAME_TOPIC = 75
_KINDS: dict[str, tuple[PassageKind, ...]] = {
    "reason": (PassageKind.REASON,),
    "purpose": (PassageKind.PURPOSE,),
    "goal": (PassageKind.GOAL,),
    "duty": (PassageKind.DUTY,),
    "structure": (PassageKind.STRUCTURE,),
}


def define(finder: CellFinder, plan: Define) -> Texts:
    """The glossary entry of a term; the first disclosure that has it."""
    for disclosure_id in plan.disclosure_ids:
        terms = [
            passage
            for passage in finder.library.passages(disclosure_id)
            if passage.kind is PassageKind.TERM
        ]
        best = _about(terms, plan.term)
        if best:
            return Texts(plan, tuple(best[:1]))
    return Texts(plan, ())


def explain(finder: CellFinder, plan: Explain) -> Texts:
    """Passages of the kind asked for that are about the topic."""
    passages = finder.library.passages(plan.disclosure_id)
    kinds = _KINDS.get(plan.aspect, ())
    chosen = [p for p in passages if p.kind in kinds]
    change = None
    if plan.aspect == "reason" and plan.selectors:
        change = change_of(finder, plan.selectors[0])
        if change.amount is None and change.rate is None:
            change = None
    if plan.aspect in ("duty", "structure"):
        found = tuple(chosen) if not plan.topic else tuple(_about_text(chosen, plan.topic))
        return Texts(plan, found or tuple(chosen))
    about = _about(chosen, plan.topic) if plan.topic else chosen
    return Texts(plan, tuple(about[:3]), change)


def targets(finder: CellFinder, plan: Targets) -> TargetsFound:
    """Goal and indicators of a project, or of a class of indicators over all projects."""
    facts = [
        fact
        for fact in finder.library.facts(plan.disclosure_id)
        if fact.measure is Measure.TARGET
        and plan.project in (None, fact.coordinates.project)
        and plan.indicator_class in (None, fact.indicator_class)
        and plan.indicator in (None, fact.indicator)
    ]
    return TargetsFound(plan, tuple(facts))


def find_table(finder: CellFinder, plan: FindTable) -> TablesFound:
    """The tables that hold the figure asked for, or whose title speaks of the topic."""
    tables = finder.library.tables(plan.disclosure_id)
    by_id = {table.id: table for table in tables}
    if plan.table_ids:
        return TablesFound(plan, tuple(by_id[i] for i in plan.table_ids if i in by_id))
    cells = [cell for s in plan.selectors if (cell := finder.resolve(s).cell) is not None]
    ids: dict[str, None] = {}
    for cell in cells:
        for fact in cell.facts:
            if fact.table_id:
                ids.setdefault(fact.table_id)
    found = [by_id[table_id] for table_id in ids if table_id in by_id]
    titled = [
        table
        for table in tables
        if table not in found and fuzz.partial_ratio(fold(plan.topic), fold(table.title)) >= 90
    ]
    return TablesFound(
        plan, (*found, *titled) if not plan.selectors else tuple(found), tuple(cells)
    )


def fund_of(finder: CellFinder, plan: FundOf) -> FundFound:
    """The fund sources with a non-zero figure at the selector's coordinates."""
    whole = finder.resolve(plan.selector).cell
    funds: dict[str, Member] = {}
    for where in plan.selector.readings:
        for fund, name in FUND_NAMES.items():
            narrowed = plan.selector.model_copy(
                update={"readings": (where.narrowed({"fund": fund}),)}
            )
            cell = finder.resolve(narrowed).cell
            if cell is not None and cell.value != 0 and fund not in funds:
                funds[fund] = Member(fund, name, cell)
    leaves = [m for key, m in funds.items() if key not in ("fiscal", "unit_funds")]
    return FundFound(plan, whole, tuple(leaves or funds.values()))


def search(finder: CellFinder, plan: Search) -> Texts:
    """Passages nearest to the words."""
    hits = finder.library.search(plan.words, plan.disclosure_ids, limit=24 if plan.must else 4)
    must = [fold(word) for word in plan.must]
    found = [h.passage for h in hits if all(word in fold(h.passage.text) for word in must)]
    return Texts(plan, tuple(found[:3]))


def goal_of(facts: Sequence[Fact]) -> Fact | None:
    """The annual goal among a project's targets."""
    return next((f for f in facts if f.indicator_class == "年度绩效目标"), None)


def _about(passages: Sequence[Passage], topic: str) -> list[Passage]:
    """Passages whose own label is the topic, most alike first."""
    wanted = fold(topic)
    scored = [
        (fuzz.ratio(wanted, fold(p.subject_label)), index, p)
        for index, p in enumerate(passages)
        if p.subject_label
    ]
    exact = [p for p in passages if fold(p.subject_label) == wanted]
    near = [
        p for score, _, p in sorted(scored, key=lambda s: (-s[0], s[1])) if score >= _SAME_TOPIC
    ]
    return exact + [p for p in near if p not in exact]


def _about_text(passages: Sequence[Passage], topic: str) -> list[Passage]:
    wanted = fold(topic)
    return [p for p in passages if wanted in fold(p.text)]
