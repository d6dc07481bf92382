"""The document's own words: definitions, reasons, purposes, targets, tables, funds, search."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from disclosure.model import Measure, Passage, PassageKind
from disclosure.naming import FUND_NAMES
from disclosure.text import bigrams, fold
from qa_service.tools.amounts import change_of
from qa_service.tools.cells import CellFinder
from qa_service.tools.results import (
    ContentsFound,
    FundFound,
    Member,
    TablesFound,
    TargetsFound,
    Texts,
)
from qa_service.understanding.plan import (
    Contents,
    Define,
    Explain,
    FindTable,
    FundOf,
    Search,
    Targets,
)

#: How alike (0 to 100) a topic and a passage's own label must be for the passage to be about it.
_SAME_TOPIC = 75
#: Share of the question's bigrams that a duty must hold to be the one asked about.
_SPEAKS_OF = 0.25
_TITLED = 90
_TAILS = ("预算", "总预算", "情况", "安排", "支出", "收入", "经费", "费用", "费")
_KINDS: dict[str, tuple[PassageKind, ...]] = {
    "reason": (PassageKind.REASON,),
    "purpose": (PassageKind.PURPOSE,),
    "goal": (PassageKind.GOAL,),
    "duty": (PassageKind.DUTY,),
    "structure": (PassageKind.STRUCTURE,),
}


#: Characters of a term whose mention tells something of it.
_TERM = 4


def define(finder: CellFinder, plan: Define) -> Texts:
    """The glossary entries of the terms, of each the first disclosure that has it; else the
    passage that mentions it."""
    found: dict[str, Passage] = {}
    for term in plan.terms:
        for disclosure_id in plan.disclosure_ids:
            entries = [
                passage
                for passage in finder.library.passages(disclosure_id)
                if passage.kind is PassageKind.TERM
            ]
            best = _about(entries, (term,)) or [p for p in entries if _defines(p.text, term)]
            if best:
                found.setdefault(best[0].id, best[0])
                break
        else:
            if (mentioned := _mention(finder, plan, term)) is not None:
                found.setdefault(mentioned.id, mentioned)
    return Texts(plan, tuple(found.values()))


def _mention(finder: CellFinder, plan: Define, term: str) -> Passage | None:
    """The passage that tells in passing what a term means which no glossary entry explains."""
    if len(term) < _TERM:
        return None
    told = re.compile(f"{re.escape(fold(term))}[^。；]{{0,24}}(?:指|主要是|主要用于|主要为)")
    passages = (p for i in plan.disclosure_ids for p in finder.library.passages(i))
    return next((p for p in passages if told.search(fold(p.text))), None)


def _defines(text: str, term: str) -> bool:
    """Whether an entry tells what a term inside it means (公务接待费反映…), not only lists it."""
    return (
        re.search(f"{re.escape(fold(term))}[^，。；、]{{0,3}}(?:反映|指|是|包括|：|:)", fold(text))
        is not None
    )


def explain(finder: CellFinder, plan: Explain) -> Texts:
    """Passages of the kind asked for that are about the topic."""
    passages = finder.library.passages(plan.disclosure_id)
    chosen = [p for p in passages if p.kind in _KINDS.get(plan.aspect, ())]
    change = None
    if plan.aspect == "reason" and plan.selectors:
        change = change_of(finder, plan.selectors[0])
        if change.amount is None and change.rate is None:
            change = None
    if plan.aspect in ("duty", "structure"):
        found = _speaking_of(chosen, plan)
        if plan.aspect == "structure" and any("单位" in topic for topic in plan.topics):
            units = [fold(unit.name) for unit in finder.disclosure(plan.disclosure_id).units]
            naming = [p for p in chosen if any(name in fold(p.text) for name in units)]
            found = [p for p in chosen if p in found or p in naming]
        return Texts(plan, tuple(found))
    if not plan.topics:
        return Texts(plan, tuple(chosen[:3]), change)
    topics = (*plan.topics, *_member_names(finder, plan))
    about = _about(chosen, topics) or _within_section(chosen, topics)
    if not about and plan.aspect == "purpose":
        # What a project is for is often told by its annual goal only.
        about = _about([p for p in passages if p.kind is PassageKind.GOAL], topics)[:1]
    wanted = _codes(plan)
    if wanted and len(about) > 1:
        about = _of_subjects(finder, plan, about, wanted) or about
    return Texts(plan, tuple(about[:2]), change)


def _member_names(finder: CellFinder, plan: Explain) -> list[str]:
    """Official names of the members that the plan fixes."""
    names = finder.names(plan.disclosure_id)
    return [
        names.published(axis, where.axes[axis])
        for selector in plan.selectors
        for where in selector.readings
        for axis in ("subject", "economic", "project")
        if axis in where.axes
    ]


def _codes(plan: Explain) -> set[str]:
    """The functional subjects that the plan fixes: two 机构运行 differ by their code only."""
    return {w.axes["subject"] for s in plan.selectors for w in s.readings if "subject" in w.axes}


def _of_subjects(
    finder: CellFinder, plan: Explain, passages: Sequence[Passage], codes: set[str]
) -> list[Passage]:
    """The passages whose own figures stand under one of the codes."""
    ids = {
        fact.passage_id
        for fact in finder.library.facts(plan.disclosure_id)
        if fact.coordinates.subject in codes
    }
    return [passage for passage in passages if passage.id in ids]


def _within_section(passages: Sequence[Passage], topics: Sequence[str]) -> list[Passage]:
    """A whole's reason is often given for its part only: passages of the whole's own section."""
    wanted = [fold(topic) for topic in topics]
    return [p for p in passages if p.section and any(w in fold(p.section[-1]) for w in wanted)]


def _speaking_of(passages: Sequence[Passage], plan: Explain) -> list[Passage]:
    """Duties or structure that speak of the question's words; all of them where none does."""
    named = [p for p in passages if any(fold(t) in fold(p.text) for t in plan.topics)]
    if named:
        return named
    asked = set(bigrams(plan.words))
    if not asked:
        return list(passages)
    scored = [
        (len(asked & set(bigrams(p.text))) / len(asked), i, p) for i, p in enumerate(passages)
    ]
    best = max((score for score, _, _ in scored), default=0.0)
    if best < _SPEAKS_OF:
        return list(passages)
    return [p for score, _, p in sorted(scored, key=lambda s: (-s[0], s[1])) if score > best * 0.8][
        :3
    ]


def targets(finder: CellFinder, plan: Targets) -> TargetsFound:
    """Goal and indicators of a project, or of a class of indicators over all projects."""
    facts = [
        fact
        for fact in finder.library.facts(plan.disclosure_id)
        if fact.measure is Measure.TARGET
        and plan.project in (None, fact.coordinates.project)
        and (not plan.indicator_class or plan.indicator_class in fact.indicator_class)
        and plan.indicator in (None, fact.indicator)
    ]
    return TargetsFound(plan, tuple(facts))


def find_table(finder: CellFinder, plan: FindTable) -> TablesFound:
    """The tables that hold the figure asked for, or whose title speaks of the topic."""
    tables = finder.library.tables(plan.disclosure_id)
    by_id = {table.id: table for table in tables}
    if plan.empty:
        return TablesFound(plan, tuple(table for table in tables if table.empty))
    if plan.table_ids:
        return TablesFound(plan, tuple(by_id[i] for i in plan.table_ids if i in by_id))
    topic = fold(plan.topic)
    titled = [t for t in tables if t.title and fuzz.partial_ratio(topic, fold(t.title)) >= _TITLED]
    cells = [cell for s in plan.selectors if (cell := finder.resolve(s).cell) is not None]
    stated = [f for cell in cells for f in cell.facts]
    within = [f for s in plan.selectors for w in s.readings for f in finder.facts_at(s, w)]
    ids = dict.fromkeys(f.table_id for f in (*stated, *within) if f.table_id)
    found = [by_id[table_id] for table_id in ids if table_id in by_id]
    named = [table for table in titled if len(topic) >= 4 and topic in fold(table.title)]
    return TablesFound(plan, tuple(dict.fromkeys((*named, *(found or titled)))), tuple(cells))


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
            alike = whole is None or (cell is not None and cell.measure == whole.measure)
            if cell is not None and alike and cell.value != 0 and fund not in funds:
                funds[fund] = Member(fund, name, cell)
    leaves = [m for key, m in funds.items() if key not in ("fiscal", "unit_funds")]
    return FundFound(plan, whole, tuple(leaves or funds.values()))


def contents(finder: CellFinder, plan: Contents) -> ContentsFound:
    """The tables that the document titles, its glossary terms, or its duties."""
    if plan.kind == "table":
        tables = [t for t in finder.library.tables(plan.disclosure_id) if t.label or t.empty]
        tables = tables or list(finder.library.tables(plan.disclosure_id))
        return ContentsFound(plan, tuple(t.name for t in tables), tuple(tables), ())
    kind = PassageKind.TERM if plan.kind == "term" else PassageKind.DUTY
    passages = [p for p in finder.library.passages(plan.disclosure_id) if p.kind is kind]
    names = tuple(p.subject_label or p.text for p in passages)
    return ContentsFound(plan, names, (), tuple(passages))


def coverage(words: str, text: str) -> float:
    """Share of the words' bigrams that a text holds (0 to 1)."""
    asked = set(bigrams(words))
    return len(asked & set(bigrams(text))) / len(asked) if asked else 0.0


def search(finder: CellFinder, plan: Search) -> Texts:
    """Passages nearest to the words, or those that the plan names."""
    if plan.passages:
        held = (p for i in plan.disclosure_ids for p in finder.library.passages(i))
        known = {p.id: p for p in held if p.id in plan.passages}
        return Texts(plan, tuple(known[i] for i in plan.passages if i in known))
    hits = finder.library.search(plan.words, plan.disclosure_ids, limit=24 if plan.must else 4)
    must = [fold(word) for word in plan.must]
    found = [h.passage for h in hits if all(word in fold(h.passage.text) for word in must)]
    if not any(h.relevance is not None for h in hits):  # a reranker has read them: its order stays
        found.sort(key=lambda p: -coverage(plan.words, p.text))
    return Texts(plan, tuple(found[:3]))


def _about(passages: Sequence[Passage], topics: Sequence[str]) -> list[Passage]:
    """Passages whose own label is one of the topics, most alike first."""
    wanted = [fold(topic) for topic in topics]
    scored = [
        (max(_alike(topic, fold(p.subject_label)) for topic in wanted), index, p)
        for index, p in enumerate(passages)
        if p.subject_label
    ]
    scored.sort(key=lambda s: (-s[0], s[1]))
    best = scored[0][0] if scored else 0.0
    return [p for score, _, p in scored if score >= max(_SAME_TOPIC, best - 1)]


def _alike(topic: str, label: str) -> float:
    """0 to 100; words that a label may carry or drop (预算, 支出, 费) count for nothing."""
    if _bare(topic) == _bare(label):
        return 100.0
    return fuzz.ratio(topic, label) - 5


def _bare(name: str) -> str:
    for tail in _TAILS:
        name = name.removesuffix(tail) if len(name) > len(tail) + 1 else name
    return name
