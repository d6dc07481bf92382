"""Questions made of what is loaded, each with the passages that answer it: what embedding models
learn from and are measured by.

A passage is asked for by what it explains (its label, as printed and as people say it), by the
figures that it states, and by a clause of its own. The forms of questions are data, below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from disclosure.lexicon import lexicon
from disclosure.lexicon.spoken import spoken_forms
from disclosure.library import Library
from disclosure.model import ALL, Aspect, Fact, Measure, Passage, PassageKind
from disclosure.text import fold

#: How a passage of a kind is asked for, by what it is about.
_BY_KIND: dict[PassageKind, tuple[str, ...]] = {
    PassageKind.TERM: ("什么叫{}", "{}是什么意思", "{}指的是什么"),
    PassageKind.REASON: ("{}为什么变了", "{}变化的原因", "{}怎么会不一样"),
    PassageKind.PURPOSE: ("{}主要用于什么", "{}的钱花在哪", "{}是做什么的"),
    PassageKind.GOAL: ("{}要达到什么目标", "{}想做成什么事", "{}的绩效目标"),
    PassageKind.PARAGRAPH: ("{}的情况", "{}是怎么安排的"),
}
#: How a figure is asked for.
_BY_ASPECT: dict[Aspect, tuple[str, ...]] = {
    Aspect.AMOUNT: ("{}是多少", "{}花多少钱"),
    Aspect.CHANGE: ("{}比去年多了还是少了",),
    Aspect.CHANGE_RATE: ("{}同比变化百分之几",),
    Aspect.SHARE: ("{}占多大比例",),
}
_COUNTED = ("有多少{}",)
#: How many everyday forms of a subject are used.
_SPOKEN = 4
#: A clause that says something by itself.
_CLAUSE = re.compile(r"[，。；：、,;:（）()《》“”\"]|\d+\.")
_SHORTEST, _LONGEST, _CLAUSES = 6, 24, 3
_NUMBER = re.compile(r"\d[\d,.]*(?:万元|亿元|元|%|％)?")


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one disclosure, and the passages any of which answers it."""

    disclosure_id: str
    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Questions to learn from, and questions about other passages to measure by."""

    training: tuple[Question, ...]
    held_out: tuple[Question, ...]


def questions(library: Library) -> tuple[Question, ...]:
    """Every question of every disclosure held, in a stable order."""
    found: list[Question] = []
    for disclosure in library.disclosures():
        passages = {p.id: p for p in library.passages(disclosure.id)}
        asked: dict[str, dict[str, Passage]] = {}
        stated = (
            (text, passages[fact.passage_id])
            for fact in library.facts(disclosure.id)
            if fact.passage_id in passages
            for text in _about_fact(fact)
        )
        told = ((text, p) for p in passages.values() for text in _about_passage(p))
        for text, passage in (*told, *stated):
            asked.setdefault(text, {})[passage.id] = passage
        found += [Question(disclosure.id, t, tuple(p.values())) for t, p in asked.items()]
    return tuple(found)


def split(asked: Sequence[Question], held_out: float) -> Split:
    """Put about ``held_out`` of the passages, by their text, aside. Texts that many disclosures
    share stay on one side, so that nothing learnt is asked again."""
    aside = {
        text
        for text in {_key(p) for q in asked for p in q.passages}
        if int.from_bytes(sha256(text.encode("utf-8", "replace")).digest()[:4]) < held_out * 2**32
    }
    training = []
    for question in asked:
        kept = tuple(p for p in question.passages if _key(p) not in aside)
        if kept:
            training.append(Question(question.disclosure_id, question.text, kept))
    measured = [q for q in asked if all(_key(p) in aside for p in q.passages)]
    return Split(tuple(training), tuple(measured))


def pairs(asked: Iterable[Question]) -> tuple[tuple[str, str], ...]:
    """Each question with each text that answers it, as models see them, once each."""
    both = ((q.text, p.embedded_text()) for q in asked for p in q.passages)
    return tuple(dict.fromkeys(both))


def _about_passage(passage: Passage) -> Iterator[str]:
    if passage.subject_label:
        for name in (passage.subject_label, *_said(passage.subject_label)):
            for form in _BY_KIND.get(passage.kind, ()):
                yield form.format(name)
    yield from _clauses(passage.text)


def _about_fact(fact: Fact) -> Iterator[str]:
    names = dict.fromkeys((fact.label, *_said(fact.label), *_everyday(fact)))
    if fact.measure in (Measure.COUNT, Measure.STAFF):
        forms: tuple[str, ...] = _COUNTED
    else:
        forms = _BY_ASPECT.get(fact.aspect, ())
    for name in names:
        for form in forms:
            yield form.format(name)


def _said(label: str) -> tuple[str, ...]:
    """How people say an official term of the field."""
    concept = lexicon().named(label)
    return concept.colloquial[:_SPOKEN] if concept else ()


def _everyday(fact: Fact) -> tuple[str, ...]:
    for axis in ("economic", "subject"):
        member = getattr(fact.coordinates, axis)
        if member != ALL:
            return spoken_forms(axis, member)[:_SPOKEN]
    return ()


def _clauses(text: str) -> list[str]:
    """The longest clauses without their figures: what a reader remembers of a passage."""
    parts = dict.fromkeys(_NUMBER.sub("", part).strip() for part in _CLAUSE.split(text))
    whole = [part for part in parts if _SHORTEST <= len(part) <= _LONGEST]
    return sorted(whole, key=len, reverse=True)[:_CLAUSES]


def _key(passage: Passage) -> str:
    return fold(passage.text)
