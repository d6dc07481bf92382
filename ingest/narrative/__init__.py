"""Reading the narrative of a disclosure: its passages and the figures that its sentences state.

The outline comes from ``ingest.sections``. Each paragraph is scanned with the scope of its
headings; what cannot be attributed with confidence stays text only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.model import Fact, Passage
from ingest.narrative.context import NarrativeContext
from ingest.narrative.reader import NodeReader
from ingest.sections import Node

__all__ = ["Narrative", "NarrativeContext", "read_narrative"]


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the sentences of a disclosure say: its passages, and their figures as facts."""

    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]


def read_narrative(nodes: Sequence[Node], context: NarrativeContext) -> Narrative:
    """Passages and sentence facts of an outline, in reading order."""
    reader = NodeReader(context)
    for node in nodes:
        reader.read(node)
    return Narrative(tuple(reader.passages.found), tuple(reader.facts))
