"""General knowledge of budget language, kept as reviewed data files and read once.

``concepts.yaml`` holds terms with the coordinates they fix; the classification files hold the
national 政府收支分类科目. Nothing of any one disclosure is ever written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from disclosure.text import fold

#: The safe loader over libyaml where the installed PyYAML has it: nine times as fast at start.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Concept:
    """An official term and the coordinates it fixes (axis, ``measure`` or ``aspect`` → member)."""

    name: str
    sets: Mapping[str, str]
    formal: tuple[str, ...] = ()
    colloquial: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptSpan:
    """A concept found in a folded text. ``spoken`` tells that a colloquial form matched."""

    concept: Concept
    start: int
    end: int
    spoken: bool = False


class Lexicon:
    """Longest-match recogniser of concepts in folded text."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.concepts = tuple(concepts)
        self._forms: dict[str, tuple[Concept, bool]] = {}
        for spoken in (False, True):
            for concept in concepts:
                forms = concept.colloquial if spoken else (concept.name, *concept.formal)
                for form in forms:
                    self._forms.setdefault(fold(form), (concept, spoken))
        self._longest = max(map(len, self._forms))

    def match(self, text: str, *, colloquial: bool = False) -> list[ConceptSpan]:
        """Concepts in ``text`` (already folded), longest first from the left, not overlapping."""
        spans: list[ConceptSpan] = []
        start = 0
        while start < len(text):
            for size in range(min(self._longest, len(text) - start), 1, -1):
                found = self._forms.get(text[start : start + size])
                if found and (colloquial or not found[1]):
                    spans.append(ConceptSpan(found[0], start, start + size, found[1]))
                    start += size
                    break
            else:
                start += 1
        return spans

    def named(self, label: str) -> Concept | None:
        """The concept whose official name or spelling ``label`` is, whole; else None."""
        found = self._forms.get(fold(label))
        return found[0] if found and not found[1] else None


def read_data(name: str) -> object:
    """A YAML file of this package, parsed."""
    return yaml.load(files(__package__).joinpath(name).read_text("utf-8"), Loader=_LOADER)


@cache
def lexicon() -> Lexicon:
    """The lexicon of budget language."""
    entries = read_data("concepts.yaml")
    assert isinstance(entries, list)
    return Lexicon(
        [
            Concept(
                entry["name"],
                entry["sets"],
                tuple(entry.get("formal", ())),
                tuple(entry.get("colloquial", ())),
            )
            for entry in entries
        ]
    )
