"""Reading single sentences in tests: what their figures are, as short comparable lines."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.document import Document, Locator, Paragraph
from disclosure.model import Fact, Kind
from ingest.narrative import Narrative, NarrativeContext, read_narrative
from ingest.sections import outline


def document(*lines: str) -> Document:
    """A document whose paragraphs are the given lines."""
    return Document(
        "样例.txt",
        "text/plain",
        "0" * 64,
        tuple(Paragraph(line, Locator("样例.txt", line=i)) for i, line in enumerate(lines, 1)),
    )


def narrative(*lines: str, context: NarrativeContext | None = None) -> Narrative:
    """The narrative of the given paragraphs, of a budget of 2026 unless ``context`` says else."""
    return read_narrative(outline(document(*lines)), context or budget())


def budget(year: int = 2026, names: Sequence[str] = ("临江市水务局",)) -> NarrativeContext:
    """The context of an invented department's budget."""
    return NarrativeContext("样例", year, Kind.BUDGET, tuple(names))


def figures(*lines: str, context: NarrativeContext | None = None) -> list[str]:
    """Every fact as 'measure aspect axis=member … value unit', in reading order."""
    return [line_of(fact) for fact in narrative(*lines, context=context).facts]


def line_of(fact: Fact) -> str:
    """A fact as one line: measure, aspect, narrowed axes, value with its unit."""
    axes = [f"{axis}={member}" for axis, member in fact.coordinates.narrowed().items()]
    return " ".join([fact.measure, fact.aspect, *axes, f"{fact.value}{fact.unit}"])
