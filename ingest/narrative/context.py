"""What the narrative readers know of the disclosure they read, besides its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from disclosure.model import Kind, OrgUnit, Subject
from disclosure.text import fold
from ingest.narrative.vocabulary import Vocabulary


@dataclass(frozen=True)
class NarrativeContext:
    """Identity of the disclosure, and the members that its tables and structure section name.

    ``own_names`` are the names under which the disclosure speaks of itself (its department, with
    and without 部门 or 本级); ``notes`` gives, by folded text, the table that a note stands under.
    """

    disclosure_id: str
    year: int
    kind: Kind
    own_names: tuple[str, ...] = ()
    units: Sequence[OrgUnit] = ()
    subjects: Sequence[Subject] = ()
    projects: Sequence[str] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that labels of this disclosure consist of."""
        return Vocabulary(self.units, self.subjects, self.projects, self.own_names)

    def table_of(self, note: str) -> tuple[str, ...]:
        """The section path of a note: the table that it stands under; empty where unknown."""
        name = self.notes.get(fold(note))
        return (name,) if name else ()

    @property
    def stage(self) -> str:
        """The budget stage of a figure that names none."""
        return "final" if self.kind is Kind.FINAL_ACCOUNT else "initial"
