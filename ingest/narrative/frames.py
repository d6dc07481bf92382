"""What is current while a paragraph is read: one frame a sentence, enumeration or bracket."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.narrative.readings import Reading, Scope


@dataclass(slots=True)
class Frame:
    """What is current at one level of nesting: a sentence, an enumeration, a bracket.

    ``listed``: the part named last stands after a 、; ``of_first``: the last change turned out to
    be that of the paragraph's first amount.
    """

    scope: Scope
    current: Reading | None
    whole: Reading | None = None
    enumerated: bool = False
    bracketed: bool = False
    muted: bool = False
    listed: bool = False
    of_first: bool = False
    base: str = ""
