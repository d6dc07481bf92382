"""Annual goals of projects as passages, from the performance tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from disclosure.model import ALL, Fact, Passage, PassageKind, PublishedTable
from ingest.narrative.passages import Passages
from ingest.tables.target_facts import GOAL_CLASS


def goal_passages(
    disclosure_id: str, facts: Iterable[Fact], tables: Sequence[PublishedTable]
) -> tuple[Passage, ...]:
    """One GOAL passage for each annual goal that a table prints, labelled with its project."""
    names = {table.id: table.name for table in tables}
    passages = Passages(disclosure_id)
    for fact in facts:
        if fact.indicator_class != GOAL_CLASS or not fact.text_value:
            continue
        project = fact.coordinates.project
        label = project if project != ALL else fact.label
        section = (names.get(fact.table_id or "", "项目绩效目标表"),)
        passages.add(PassageKind.GOAL, section, fact.text_value, fact.locator, label)
    return tuple(passages.found)
