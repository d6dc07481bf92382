"""A disclosure's narrative for reading: its passages under their headings, one figure marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from disclosure.model import Fact, Passage

#: Headings deeper than this are set alike.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage as it is set. ``label`` is what it explains, where its text does not begin so."""

    id: str
    label: str
    html: Markup


@dataclass(slots=True)
class Section:
    """A heading with what stands directly under it. ``level`` from 1."""

    id: str
    title: str
    level: int
    paragraphs: list[Paragraph] = field(default_factory=list)


def sections_of(passages: Sequence[Passage], marked: Fact | None = None) -> list[Section]:
    """The passages under their headings, in document order."""
    sections: list[Section] = []
    path: tuple[str, ...] = ()
    for passage in passages:
        if passage.section != path or not sections:
            sections += _opened(path, passage.section, len(sections))
            path = passage.section
        here = marked if marked is not None and marked.passage_id == passage.id else None
        sections[-1].paragraphs.append(_paragraph(passage, here))
    return sections


def _opened(before: tuple[str, ...], path: tuple[str, ...], count: int) -> list[Section]:
    """The headings that ``path`` opens after ``before``."""
    if not path:
        return [Section(f"s{count + 1}", "正文", 1)]
    shared = 0
    while shared < min(len(before), len(path)) and before[shared] == path[shared]:
        shared += 1
    # Back from a deeper heading to one above it: the heading is repeated, or nothing would tell.
    shared = min(shared, len(path) - 1)
    return [
        Section(f"s{count + 1 + number}", title, min(shared + number + 1, _DEEPEST))
        for number, title in enumerate(path[shared:])
    ]


def _paragraph(passage: Passage, marked: Fact | None) -> Paragraph:
    label = passage.subject_label
    shown = label if label and label not in passage.text[: len(label) + 8] else ""
    return Paragraph(passage.id, shown, passage_html(passage.text, marked))


def passage_html(text: str, marked: Fact | None = None) -> Markup:
    """The text with its line breaks; the marked figure has the id ``fact``."""
    if marked is None:
        return _lines(text)
    start, end = marked.locator.start, marked.locator.end
    if start is None or end is None or text[start:end].strip() != marked.printed.strip():
        start = text.find(marked.printed) if marked.printed else -1
        end = start + len(marked.printed)
    if start < 0 or start >= end:
        return Markup('<mark id="fact" tabindex="-1">{}</mark>').format(_lines(text))
    mark = Markup('<mark id="fact" tabindex="-1">{}</mark>').format(text[start:end])
    return _lines(text[:start]) + mark + _lines(text[end:])


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
