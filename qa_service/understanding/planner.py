"""The embedded planner: from a question and a conversation to checked, typed plans.

Deterministic and without any language model. Every part of a question gets a plan, a question
back, or a refusal; a part that its words do not explain is never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from disclosure.library import Library
from disclosure.model import Disclosure
from qa_service.tools.cells import CellFinder
from qa_service.understanding.clause import Clause
from qa_service.understanding.fuzzy import FuzzyNames
from qa_service.understanding.groups import group_of
from qa_service.understanding.operations import plan_of
from qa_service.understanding.parts import parts_of
from qa_service.understanding.plan import (
    Ask,
    Group,
    Listing,
    Memory,
    Part,
    Plan,
    Rank,
    Refuse,
    TopicMemory,
    Where,
)
from qa_service.understanding.question import Question
from qa_service.understanding.recall import recalled
from qa_service.understanding.refusals import refusal_of
from qa_service.understanding.scope import Scope, ScopeIndex
from qa_service.understanding.segment import Token, Word, segment
from qa_service.understanding.topics import topics_of
from qa_service.understanding.vocabulary import Vocabulary, general_words, national_words

#: More departments than this are not offered as options.
_MAX_OPTIONS = 6


class Planner:
    """Plans questions over one release. Stateless but for caches; safe for several threads."""

    def __init__(self, library: Library, finder: CellFinder, own_department: str = "") -> None:
        self._library = library
        self._finder = finder
        self._own = own_department
        disclosures = library.disclosures()
        self._disclosures = {d.id: d for d in disclosures}
        self._scopes = ScopeIndex(disclosures)
        self._vocabulary = lru_cache(maxsize=64)(self._build_vocabulary)
        self._fuzzy = lru_cache(maxsize=64)(self._build_fuzzy)

    def plan(
        self, question: Question, memory: Memory, allowed: Sequence[str]
    ) -> tuple[list[Part], Memory]:
        """Plans for every part of the question, and what the conversation then remembers.

        ``allowed`` are the disclosures that filters leave.
        """
        parts: list[Part] = []
        first = True
        for words in parts_of(question.text, general_words()):
            part, memory = self._plan_part(words, memory, allowed, same_turn=not first)
            if part is None:
                continue
            first = False
            if all(part.plan != known.plan for known in parts):
                parts.append(part)
        if not parts:
            parts.append(Part(words=question.text, plan=_greeting(question), confidence=1.0))
        return parts, memory.model_copy(update={"turns": memory.turns + 1})

    def _plan_part(
        self, words: str, memory: Memory, allowed: Sequence[str], *, same_turn: bool
    ) -> tuple[Part | None, Memory]:
        rough = segment(words, (general_words(), self._scopes.words, national_words()))
        scope = self._scopes.read(rough)
        refusal = refusal_of(rough, scope, self._disclosures)
        if refusal is None and scope.unknown:
            refusal = Refuse(status="not_disclosed", reason="department", detail=scope.unknown)
        if refusal is not None:
            return Part(words=words, plan=refusal, confidence=0.95), memory
        if (across := self._across_departments(words, rough, scope, allowed)) is not None:
            return across
        chosen = self._choose(words, scope, rough, memory, allowed)
        if isinstance(chosen, Refuse | Ask):
            return Part(words=words, plan=chosen, confidence=0.9), memory
        clauses = [self._read(words, scope, disclosure) for disclosure in chosen]
        clause = recalled(clauses[0], memory, same_turn=same_turn)
        clause = replace(clause, siblings=tuple(clauses[1:]))
        if not same_turn and _says_nothing(clause):
            return None, memory
        plan = self._follow_up(clause, memory) or plan_of(clause)
        part = self._part(words, clause, plan)
        return part, self._remember(clause, part, memory)

    # -- whose figures -------------------------------------------------------------------------

    def _choose(
        self,
        words: str,
        scope: Scope,
        tokens: Sequence[Token],
        memory: Memory,
        allowed: Sequence[str],
    ) -> list[Disclosure] | Refuse | Ask:
        """The disclosures that the question is about, one for each department named."""
        final = any(token.cue("execution") for token in tokens)
        years = list(scope.years)
        candidates = [i for i in scope.disclosure_ids if i in allowed]
        if not scope.named:
            remembered = [i for i in memory.disclosure_ids if i in allowed]
            candidates = remembered or list(allowed)
            if remembered and years:
                candidates = self._siblings_of(remembered, allowed)
            elif not remembered and len(self._scopes.groups(candidates)) > 1 and self._own:
                own = [i for i in candidates if self._disclosures[i].department == self._own]
                candidates = own or candidates
        if not candidates:
            return Refuse(status="not_disclosed", reason="nothing_held")
        groups = self._scopes.groups(candidates)
        if len(groups) > 1 and not self._named_apart(scope, tokens):
            return self._ask_department(words, scope, [g.ids[0] for g in groups])
        chosen: list[Disclosure] = []
        for group in groups:
            ids = self._scopes.choose(group.ids, (), final=final, head_office=scope.head_office)
            found = self._of_years(ids, years)
            if isinstance(found, Refuse):
                return found
            if len(found) > 1 and not years:
                held = sorted({self._disclosures[i].year for i in found})
                if len(held) > 1:
                    return Ask(
                        about="year",
                        detail=group.name,
                        options=tuple(f"{year}年{words}" for year in reversed(held)),
                    )
            chosen += [self._disclosures[i] for i in found[: 1 if not years else len(found)]]
        return chosen

    def _of_years(self, ids: Sequence[str], years: Sequence[int]) -> list[str] | Refuse:
        """Those of the years named; the year after a named one, whose changes tell of it."""
        if not years:
            return list(ids)
        by_year = {self._disclosures[i].year: i for i in ids}
        found = [by_year[year] for year in dict.fromkeys(years) if year in by_year]
        if found:
            return found
        following = [by_year[year + 1] for year in years if year + 1 in by_year]
        if following:
            return following
        held = self._disclosures[ids[0]]
        return Refuse(
            status="not_disclosed",
            reason="year",
            detail=f"{years[0]}年",
            disclosure_id=held.id,
        )

    def _siblings_of(self, ids: Sequence[str], allowed: Sequence[str]) -> list[str]:
        names = {(self._disclosures[i].department, self._disclosures[i].region) for i in ids}
        return [
            i
            for i in allowed
            if (self._disclosures[i].department, self._disclosures[i].region) in names
        ]

    def _named_apart(self, scope: Scope, tokens: Sequence[Token]) -> bool:
        """Whether several departments were named one by one, not left open by one name."""
        mentions = [t for t in tokens if t.word and t.word.scopes]
        return scope.named and len(mentions) >= 2

    def _ask_department(self, words: str, scope: Scope, ids: Sequence[str]) -> Ask:
        options = []
        for disclosure_id in ids[:_MAX_OPTIONS]:
            disclosure = self._disclosures[disclosure_id]
            options.append(f"{disclosure.department}：{words}")
        return Ask(about="department", detail=f"{len(ids)}", options=tuple(options))

    def _across_departments(
        self, words: str, tokens: Sequence[Token], scope: Scope, allowed: Sequence[str]
    ) -> tuple[Part, Memory] | None:
        """深圳哪个局的公务接待费最多: a group over departments, each counted once."""
        asked = any(cue.value == "department" for t in tokens if t.word for cue in t.word.cues)
        if not asked or any(t.word and t.word.scopes for t in tokens):
            return None
        ids = [
            i
            for i in (scope.disclosure_ids or allowed)
            if i in allowed and (not scope.years or self._disclosures[i].year in scope.years)
        ]
        if len(self._scopes.groups(ids)) < 2:
            return None
        years = sorted({self._disclosures[i].year for i in ids})
        if len(years) > 1 and not scope.years:
            ids = [i for i in ids if self._disclosures[i].year == years[-1]]
        clause = self._read(words, replace(scope, disclosure_ids=tuple(ids)), None, ids)
        plan = plan_of(clause)
        part = self._part(words, clause, plan)
        return part, Memory(plan=None if isinstance(part.plan, Refuse | Ask) else part.plan)

    # -- reading a clause ----------------------------------------------------------------------

    def _read(
        self,
        words: str,
        scope: Scope,
        disclosure: Disclosure | None,
        ids: Sequence[str] = (),
    ) -> Clause:
        """The clause linked against one disclosure, or against general words for many."""
        if disclosure is None:
            tokens = segment(words, (general_words(), self._scopes.words, national_words()))
            holder = self._disclosures[ids[0]]
            topics = topics_of(tokens, words, lambda _where: True)
            return Clause(words, tuple(tokens), holder, scope, tuple(topics), (), ())
        vocabulary = self._vocabulary(disclosure.id)
        lexica = (general_words(), vocabulary.words, self._scopes.words, national_words())
        tokens = segment(words, lexica)
        tokens, unknown = self._link_unknown(tokens, disclosure)

        def exists(where: Where) -> bool:
            return self._finder.exists(disclosure.id, where)

        topics = topics_of(tokens, words, exists)
        units = self._units(scope, tokens, disclosure)
        return Clause(words, tuple(tokens), disclosure, scope, tuple(topics), units, unknown)

    def _units(
        self, scope: Scope, tokens: Sequence[Token], disclosure: Disclosure
    ) -> tuple[str, ...]:
        """Unit keys of this disclosure that the clause names."""
        keys = {unit.key for unit in disclosure.units}
        units = [key for i, key in scope.units if i == disclosure.id and key in keys]
        for token in tokens:
            for binding in token.word.scopes if token.word else ():
                if (
                    binding.disclosure_id == disclosure.id
                    and binding.unit
                    and (
                        all(s.unit for s in token.word.scopes if s.disclosure_id == disclosure.id)  # type: ignore[union-attr]
                    )
                ):
                    units.append(binding.unit)
        if scope.head_office:
            units += [unit.key for unit in disclosure.units if unit.head_office]
        return tuple(dict.fromkeys(units))

    def _link_unknown(
        self, tokens: Sequence[Token], disclosure: Disclosure
    ) -> tuple[list[Token], tuple[str, ...]]:
        """Unknown words become open names that they are parts of; what is left stays unknown."""
        linked: list[Token] = []
        unknown: list[str] = []
        for token in tokens:
            if not token.unknown:
                linked.append(token)
                continue
            guesses = self._fuzzy(disclosure.id).guesses(token.text)
            best = [g for g in guesses if g.explained == guesses[0].explained]
            if best and (len(best) == 1 or best[0].covered > 1.3 * best[1].covered):
                linked.append(replace(token, word=Word(bindings=(best[0].binding,))))
            elif 1 < len(best) <= 3:
                linked.append(replace(token, word=Word(bindings=tuple(g.binding for g in best))))
            else:
                linked.append(token)
                unknown.append(token.text)
        return linked, tuple(unknown)

    # -- plans ---------------------------------------------------------------------------------

    def _follow_up(self, clause: Clause, memory: Memory) -> Plan | None:
        """哪些 after a count, 最多的是哪个 after a list: the group of the turn before."""
        before = memory.plan
        group: Group | None = getattr(before, "group", None)
        if group is None or not clause.inherited:
            return None
        if clause.has("list", "which") and not clause.has("rank"):
            return Listing(group=group, condition=getattr(before, "condition", None))
        if clause.has("rank") and group_of(clause) is None:
            cue = clause.cue("rank")
            return Rank(group=group, descending=cue is None or cue.value != "asc")
        return None

    def _part(self, words: str, clause: Clause, plan: Plan | None) -> Part:
        unexplained = tuple(w for w in clause.unknown if len(w) > 1)
        if plan is None:
            detail = "、".join(unexplained) or words
            refuse = Refuse(
                status="not_disclosed",
                reason="unrecognised",
                detail=detail,
                disclosure_id=clause.disclosure.id,
            )
            return Part(words=words, plan=refuse, confidence=0.5, unexplained=unexplained)
        size = max(1, sum(c.isalnum() for c in words))
        lost = sum(len(w) for w in clause.unknown)
        return Part(
            words=words,
            plan=plan,
            confidence=round(max(0.0, 1 - lost / size), 3),
            unexplained=unexplained,
        )

    def _remember(self, clause: Clause, part: Part, memory: Memory) -> Memory:
        if isinstance(part.plan, Refuse | Ask):
            return memory
        topics = tuple(TopicMemory(name=t.name, readings=t.readings) for t in clause.topics[:6])
        return Memory(
            disclosure_ids=(clause.disclosure.id, *(s.disclosure.id for s in clause.siblings)),
            units=clause.units,
            topics=topics or memory.topics,
            plan=part.plan,
            turns=memory.turns,
        )

    # -- caches --------------------------------------------------------------------------------

    def _build_vocabulary(self, disclosure_id: str) -> Vocabulary:
        return Vocabulary(
            self._disclosures[disclosure_id],
            self._library.facts(disclosure_id),
            self._library.tables(disclosure_id),
        )

    def _build_fuzzy(self, disclosure_id: str) -> FuzzyNames:
        return FuzzyNames(self._vocabulary(disclosure_id).names)


def _says_nothing(clause: Clause) -> bool:
    """Padding only: nothing is named, nothing is asked."""
    return (
        not clause.topics
        and not clause.unknown
        and not clause.scope.named
        and not any(
            token.word and not token.word.harmless and not token.cue("greeting")
            for token in clause.tokens
        )
    )


def _greeting(question: Question) -> Refuse:
    return Refuse(status="out_of_scope", reason="greeting", detail=question.text)
