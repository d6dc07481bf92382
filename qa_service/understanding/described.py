"""Things asked about by other words than their names: a project by the words of its goal (发消费券
的专项), a number by the sentence that tells it (新增多少条航线)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from disclosure.model import ALL, Disclosure, Fact, Measure, Passage, PassageKind
from disclosure.text import fold

#: Share of the words' characters that a thing's text must hold, two together, and with those that
#: stand alone in it.
_HELD, _HELD_LOOSELY = 0.6, 0.85
#: The same where the question asks which one it is: the answer names it and quotes its goal.
_ASKED_WHICH, _ASKED_WHICH_LOOSELY = 0.5, 0.8
#: Characters that must be held; how many more than by the next thing, if not all are.
_TELLING, _AHEAD = 3, 2
#: Verbs before what is described: 发|消费券.
_VERBS = re.compile("^(?:打算|准备|计划|负责|专门)?[给发搞租编做办买用建盖修要]+(?=.{3})")
#: Share of the words that the sentence which tells a number must hold, and how far the second
#: may be behind to be quoted too.
_TOLD, _BESIDE = 0.8, 0.25
_SENTENCE = re.compile("[^。；;\n]+")
_NUMBERED = re.compile(r"^[\d一二三四五六七八九十]+[.、．]|^[（(][\d一二三四五六七八九十]+[)）]")
_QUOTED = (PassageKind.TERM,)


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something with a figure: its name, and all that is said of it."""

    name: str
    own: str
    text: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class _Held:
    """How many characters of the words a thing holds: two together, in any way, by its name."""

    thing: _Thing
    together: int
    loosely: int
    by_name: int


class Descriptions:
    """The projects, items and subjects of one disclosure and its sentences, searchable by any
    words said of them."""

    def __init__(
        self, disclosure: Disclosure, facts: Iterable[Fact], passages: Iterable[Passage]
    ) -> None:
        said: dict[str, list[str]] = defaultdict(list)
        owners: dict[str, str] = {}
        for subject in disclosure.subjects:
            if subject.axis == "subject":
                said[subject.name].append("")
        for fact in facts:
            project, item = fact.coordinates.project, fact.coordinates.item
            if project != ALL:
                said[project].append(f"{fact.indicator}{fact.text_value}")
                if item != ALL and fact.measure is Measure.EXPENDITURE:
                    said[item].append("")
                    owners[item] = project
        labels = {_NUMBERED.sub("", name): name for name in said}
        self._passages = [p for p in passages if p.kind not in _QUOTED]
        for passage in self._passages:
            label = labels.get(_NUMBERED.sub("", passage.subject_label))
            if passage.kind in (PassageKind.GOAL, PassageKind.PURPOSE) and label is not None:
                said[label].append(passage.text)
        self._things = [
            _Thing(
                name,
                _key(name),
                _key("|".join(dict.fromkeys([name, *texts]))),
                owners.get(name, ""),
            )
            for name, texts in said.items()
        ]

    def named(self, words: str, *, which: bool = False, by_name: bool = False) -> str | None:
        """The thing that the words describe; None where no one thing is told by them.
        ``by_name``: only by the words of its name."""
        asked = _VERBS.sub("", _key(words))
        least, loosely = (_ASKED_WHICH, _ASKED_WHICH_LOOSELY) if which else (_HELD, _HELD_LOOSELY)
        held = [_held(asked, thing, by_name=by_name) for thing in self._things]
        fit = [
            h
            for h in held
            if h.together >= max(_TELLING, least * len(asked))
            and h.loosely >= min(loosely * len(asked), len(asked) - 1)
        ]
        if not fit:
            return None
        first = min(fit, key=lambda h: (-h.together, -h.by_name, len(h.thing.text)))
        ahead = 1 if first.together == len(asked) else _AHEAD
        for other in held:
            alike = other.together + ahead > first.together
            less = other.together == first.together and other.by_name + _AHEAD <= first.by_name
            inner = first.thing.own in other.thing.own or other.thing.name == first.thing.owner
            if other is not first and alike and not less and not inner:
                return None
        return first.thing.name

    def speaks(self, name: str, words: str) -> bool:
        """Whether what is said of a thing holds the words."""
        text = next((t.text for t in self._things if t.name == name), "")
        return _key(words) in text

    def only(self, word: str) -> str | None:
        """The one project or item that a short word is part of the name of."""
        names = [t.name for t in self._things if len(word) > 1 and _key(word) in t.own]
        return names[0] if len(names) == 1 else None

    def told(self, words: str, counter: str) -> tuple[str, ...]:
        """Passages with a sentence that speaks of the words and counts in that unit."""
        asked = _key(words)
        if len(asked) < _TELLING:
            return ()
        counted = re.compile(f"\\d[^，,。；;]{{0,4}}?{re.escape(counter)}")
        found: dict[str, float] = {}
        for passage in self._passages:
            for match in _SENTENCE.finditer(passage.text):
                share = len(_together(asked, _key(match[0]))) / len(asked)
                if share >= _TOLD - _BESIDE and counted.search(fold(match[0])):
                    found[passage.id] = max(share, found.get(passage.id, 0.0))
        best = max(found.values(), default=0.0)
        if best < _TOLD:
            return ()
        ranked = sorted(found, key=lambda i: -found[i])
        return tuple(i for i in ranked if found[i] >= best - _BESIDE)[:3]


def _key(text: str) -> str:
    return fold(text).lower()


def _held(asked: str, thing: _Thing, *, by_name: bool) -> _Held:
    text = thing.own if by_name else thing.text
    together = _together(asked, text)
    loosely = {i for i, char in enumerate(asked) if char in text} | together
    return _Held(thing, len(together), len(loosely), len(_together(asked, thing.own)))


def _together(asked: str, text: str) -> set[int]:
    """Places of the characters that stand in the text with a neighbour of theirs."""
    return {
        place
        for start in range(len(asked) - 1)
        if asked[start : start + 2] in text
        for place in (start, start + 1)
    }
