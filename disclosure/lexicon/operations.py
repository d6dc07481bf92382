"""Cue phrases of question operations: what is asked, thresholds, groups, and harmless words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from disclosure.lexicon import read_data
from disclosure.text import fold


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue with its argument (``desc``, ``month``, ``>=`` …), '' where it has none."""

    name: str
    value: str = ""


@cache
def cues() -> Mapping[str, tuple[Cue, ...]]:
    """Each folded form with the cues that it may be."""
    entries = read_data("operations.yaml")
    assert isinstance(entries, list)
    found: dict[str, list[Cue]] = {}
    for entry in entries:
        cue = Cue(entry["cue"], entry.get("value", ""))
        for form in entry["forms"]:
            known = found.setdefault(fold(form), [])
            if cue not in known:
                known.append(cue)
    harmless = Cue("harmless")
    talk = _talk()
    for word in (*_light_words(), *talk.harmless):
        found.setdefault(word, [harmless])
    for word in talk.reckoning:
        if len(word) > 1:
            found.setdefault(word, [Cue("reckoning")])
    return {form: tuple(known) for form, known in found.items()}


def _light_words() -> list[str]:
    """Adverbs, pronouns, prepositions and conjunctions (from jieba's dictionary, by frequency)."""
    return files(__package__).joinpath("light_words.txt").read_text("utf-8").split()


@dataclass(frozen=True, slots=True)
class _Talk:
    harmless: tuple[str, ...]
    reckoning: tuple[str, ...]


def _talk() -> _Talk:
    """Words of talk, and of reckoning that name no operation: each verb with each of its tails, and
    the phrases listed."""
    entries = read_data("talk.yaml")
    assert isinstance(entries, dict)

    def joined(prefix: str) -> list[str]:
        verbs, tails = entries.pop(f"{prefix}verbs"), entries.pop(f"{prefix}tails")
        return [fold(verb + tail) for verb, tail in product(verbs, tails)]

    reckoning = [*joined("reckoning_"), *map(fold, entries.pop("reckoning"))]
    asked = [*joined(""), *(fold(word) for words in entries.values() for word in words)]
    return _Talk(tuple(asked), tuple(reckoning))
