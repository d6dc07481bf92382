"""Names that a model may use for a question: those most alike to its words come first."""

from __future__ import annotations

from collections.abc import Sequence

from disclosure.lexicon import lexicon
from disclosure.model import Disclosure
from disclosure.text import fold
from qa_service.understanding.reading import Reader

_MAX_NAMES = 80
_MAX_HELD = 30


def names_for(question: str, disclosures: Sequence[Disclosure], reader: Reader) -> list[str]:
    """Units, then general terms, then names of the disclosures that share characters with the
    question."""
    names: dict[str, None] = {}
    for disclosure in disclosures[:2]:
        names |= dict.fromkeys(unit.name for unit in disclosure.units[:_MAX_HELD])
    names |= dict.fromkeys(concept.name for concept in lexicon().concepts)
    said = set(fold(question))
    own = [n for d in disclosures[:2] for n in reader.vocabulary(d.id).official_names()]
    alike = sorted(dict.fromkeys(own), key=lambda name: -len(said & set(fold(name))) / len(name))
    names |= dict.fromkeys(alike[: max(0, _MAX_NAMES - len(names))])
    return list(names)


def held_in_words(held: Sequence[Disclosure], near: Sequence[Disclosure]) -> list[str]:
    """What is held, the disclosures that the question names first."""
    ids = {d.id for d in near}
    ordered = [*near, *(d for d in held if d.id not in ids)]
    lines = [f"{d.department} {d.year}年" for d in ordered[:_MAX_HELD]]
    more = len(ordered) - _MAX_HELD
    return [*lines, "以及其他部门"] if more > 0 else lines
