"""What must be said with a figure that a reconciliation mismatch touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from disclosure.library import Library
from disclosure.model import Fact
from qa_service.answering.answer import Citation, Figure

#: More mismatches than this of one answer are counted, not quoted.
_QUOTED = 2


def caution(library: Library, figures: Sequence[Figure], citations: Sequence[Citation]) -> str:
    """The sentence to add to an answer; '' where no figure, nor what it was computed from, is
    touched by a mismatch."""
    messages = list(dict.fromkeys(_messages(library, figures, citations)))
    if not messages:
        return ""
    quoted = "；".join(messages[:_QUOTED])
    more = f"；另有{len(messages) - _QUOTED}处" if len(messages) > _QUOTED else ""
    return f"注意：公开文件中的这个数与其他处对不上（{quoted}{more}），请以原文为准。"


def _messages(
    library: Library, figures: Sequence[Figure], citations: Iterable[Citation]
) -> Iterator[str]:
    used = {n for figure in figures for n in figure.citations}
    used |= {n for f in figures for given in f.derivation.inputs for n in given.citations}
    cited = [c for c in citations if c.id in used and c.fact_id]
    for disclosure_id in dict.fromkeys(c.disclosure_id for c in cited):
        found = library.mismatches(disclosure_id)
        if not found:
            continue
        facts = {fact.id: fact for fact in library.facts(disclosure_id)}
        places = {_place(facts[c.fact_id]) for c in cited if c.fact_id in facts}
        for finding in found:
            if any(i in facts and _place(facts[i]) in places for i in finding.fact_ids):
                yield finding.message


def _place(fact: Fact) -> tuple[object, ...]:
    """What a figure is of: the same in the cell and in the sentence that state it."""
    return (fact.measure, fact.aspect, fact.coordinates, fact.year, fact.stage)
