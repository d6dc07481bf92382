"""The embedded planner: from a question and a conversation to checked, typed plans.

Deterministic and without any language model. Every part of a question gets a plan, a question
back, or a refusal; a part that its words do not explain is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from disclosure.lexicon import lexicon
from disclosure.lexicon.homophones import Corrector, common_words
from disclosure.library import Library
from disclosure.model import Disclosure
from disclosure.text import fold
from qa_service.answering.suggestions import starters
from qa_service.tools.cells import CellFinder
from qa_service.tools.texts import coverage
from qa_service.understanding.check import objections
from qa_service.understanding.clause import Clause
from qa_service.understanding.fuzzy import FuzzyNames, Indicators
from qa_service.understanding.grouping import rank
from qa_service.understanding.operations import plan_of
from qa_service.understanding.parts import SENTENCE, parts_of
from qa_service.understanding.plan import (
    Ask,
    Define,
    Explain,
    Group,
    Listing,
    Memory,
    Part,
    Plan,
    Rank,
    Refuse,
    Search,
    Targets,
    TopicMemory,
    Where,
)
from qa_service.understanding.question import Question
from qa_service.understanding.recall import POINTERS, recalled
from qa_service.understanding.refusals import refusal_of
from qa_service.understanding.scope import Scope, ScopeIndex
from qa_service.understanding.segment import Token, Word, segment
from qa_service.understanding.topics import Topic, topics_of
from qa_service.understanding.vocabulary import Vocabulary, general_words, national_words
from qa_service.understanding.wording import content_of

#: More departments than this are not offered as options.
_MAX_OPTIONS = 6
#: Characters of one name that must be said for the name to be taken without asking.
_SURE = 5
#: Characters of a word that names an indicator without its project.
_TELLING = 4
_TOGETHER = re.compile("和|与|、|及|跟")
_MONEY_CUES = ("amount", "change", "up", "down", "total", "share", "average", "exclude", "convert")
_MONEY_WORDS = re.compile("钱|元|预算|支出|费用|科目|采购")
#: Share of the content's bigrams that a passage must hold to answer a question in its own words.
_SPOKEN_OF = 0.66
#: Plans that answer with the document's words: an unknown word of the question harms none.
_OWN_WORDS = (Define, Search, Explain, Targets)
#: A question without any of these and without a member of the data is not about disclosures.
_DOMAIN_WORDS = re.compile(
    "预算|决算|支出|收入|经费|资金|费用|采购|拨款|项目|科目|单位|部门|科室|编制|绩效|财政|公款|公务|补贴|补助|工资"
    "|中标|供应商|企业|多少钱|花了|万元|局|委|厅|办公室|中心|人员"
)


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
        self._corrector = lru_cache(maxsize=16)(self._build_corrector)
        self._indicators = lru_cache(maxsize=64)(self._build_indicators)
        self._fuzzy = lru_cache(maxsize=128)(self._build_fuzzy)

    def plan(
        self, question: Question, memory: Memory, allowed: Sequence[str]
    ) -> tuple[list[Part], Memory]:
        """Plans for every part of the question, and what the conversation then remembers.

        ``allowed`` are the disclosures that filters leave.
        """
        parts: list[Part] = []
        first = True
        text, echo = self._corrected(question.text, memory, allowed)
        for words in parts_of(text, general_words()):
            part, memory = self._plan_part(words, memory, allowed, same_turn=not first)
            if part is None:
                continue
            if isinstance(part.plan, Refuse) and part.plan.reason == "department":
                # 科技局和教育局各多少: the one that is held is answered, the other named.
                rest = words.replace(part.plan.detail, "")
                if not _TOGETHER.search(words):
                    rest = ""
                held, after = self._plan_part(rest, memory, allowed, same_turn=not first)
                if (
                    held is not None
                    and _names_held(self._scopes, rest)
                    and not isinstance(held.plan, Refuse | Ask)
                ):
                    parts.append(held)
                    memory = after
            if all(part.plan != known.plan for known in parts):
                parts.append(part.model_copy(update={"echo": echo}) if first else part)
            first = first and _is_chat(part)
        understood = [p for p in parts if not _is_chat(p)]
        parts = understood or parts[:1]
        if not parts:
            parts.append(Part(words=question.text, plan=_greeting(question), confidence=1.0))
        return parts, memory.model_copy(update={"turns": memory.turns + 1})

    def _plan_part(
        self, words: str, memory: Memory, allowed: Sequence[str], *, same_turn: bool
    ) -> tuple[Part | None, Memory]:
        rough = segment(words, (general_words(), self._scopes.words, national_words()))
        scope = self._scopes.read(rough, memory.disclosure_ids)
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
        plan = self._follow_up(clause, memory) or self._target(clause) or plan_of(clause)
        part = self._part(words, clause, plan)
        if isinstance(part.plan, Ask) and len(part.plan.options) == 1 and part.sure:
            return self._plan_part(part.plan.options[0], memory, allowed, same_turn=same_turn)
        lead, _, rest = words.rpartition(SENTENCE)
        if lead and isinstance(part.plan, Refuse):
            # A sentence before the question that says nothing known to the data is talk, or an
            # instruction to the service: the question stands without it.
            return self._plan_part(rest, memory, allowed, same_turn=same_turn)
        return part, self._remember(clause, part, memory)

    def _corrected(self, text: str, memory: Memory, allowed: Sequence[str]) -> tuple[str, str]:
        """Typing errors near known names mended, and what was read as what."""
        near = memory.disclosure_ids[:1] or (tuple(allowed) if len(allowed) == 1 else ())
        read, corrections = self._corrector("").correct(text)
        if near:
            read, more = self._corrector(near[0]).correct(read)
            corrections += more
        telling = [c for c in corrections if len(c.typed) > 1]
        if not telling:
            return read, ""
        pairs = "，".join(f"“{c.typed}”按“{c.read}”理解" for c in telling)
        return read, f"（{pairs}）"

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
        if len(groups) > 1 and not self._named_apart(scope, tokens, len(groups)):
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

    def _named_apart(self, scope: Scope, tokens: Sequence[Token], groups: int) -> bool:
        """Whether several departments were named one by one, not left open by one name."""
        mentions = [t for t in tokens if t.word and t.word.scopes]
        return scope.named and len(mentions) >= groups

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
            topics = topics_of(tokens, lambda _where: True)
            return Clause(words, tuple(tokens), holder, scope, tuple(topics), (), ())
        vocabulary = self._vocabulary(disclosure.id)
        lexica = (general_words(), vocabulary.words, self._scopes.words, national_words())
        tokens = segment(words, lexica)
        tokens, unknown = self._link_unknown(tokens, disclosure)

        def exists(where: Where) -> bool:
            return self._finder.exists(disclosure.id, where)

        topics = _of_money(topics_of(tokens, exists), tokens)
        units = self._units(scope, tokens, disclosure)
        return Clause(words, tuple(tokens), disclosure, scope, tuple(topics), units, unknown)

    def _units(
        self, scope: Scope, tokens: Sequence[Token], disclosure: Disclosure
    ) -> tuple[str, ...]:
        """Unit keys of this disclosure that the clause names, in the question's order."""
        known = {key for i, key in scope.units if i == disclosure.id}
        units: list[str] = []
        for token in tokens:
            here = [
                s.unit
                for s in (token.word.scopes if token.word else ())
                if s.disclosure_id == disclosure.id
            ]
            if here and all(here):
                units += [unit for unit in here if unit and (not known or unit in known)]
            if token.cue("head_office"):
                units += [unit.key for unit in disclosure.units if unit.head_office]
        if len(disclosure.units) <= 1:
            return ()  # the only unit is the disclosure: its figures stand under no unit
        return tuple(dict.fromkeys(units))

    def _link_unknown(
        self, tokens: Sequence[Token], disclosure: Disclosure
    ) -> tuple[list[Token], tuple[str, ...]]:
        """Unknown words become open names that they are parts of; what is left stays unknown."""
        wants_target = any(token.cue("target") for token in tokens)
        fuzzy = self._fuzzy(disclosure.id, wants_target)
        linked: list[Token] = []
        unknown: list[str] = []
        skip = -1
        for index, token in enumerate(tokens):
            if index <= skip:
                continue
            if not token.unknown:
                linked.append(token)
                continue
            for piece, before, after in _widened(tokens, index, linked):
                bindings = fuzzy.best(piece.text)
                if bindings and not _of_a_concept(piece.text):
                    del linked[len(linked) - before :]
                    linked.append(replace(piece, word=Word(bindings=bindings)))
                    skip = index + after
                    break
            else:
                linked.append(token)
                unknown.append(token.text)
        return linked, tuple(unknown)

    # -- plans ---------------------------------------------------------------------------------

    def _follow_up(self, clause: Clause, memory: Memory) -> Plan | None:
        """哪些 after a count, 最多的是哪个 after a list: the group of the turn before."""
        before = memory.plan
        group: Group | None = getattr(before, "group", None)
        own_topics = clause.topics and not clause.inherited
        other_units = clause.units != memory.units
        if group is None or own_topics or other_units or clause.has("group"):
            return None
        if clause.has("rank") or any(t.number is not None for t in clause.tokens):
            plan = rank(clause, group)
            return plan.model_copy(update={"group": group}) if isinstance(plan, Rank) else None
        if clause.has("list", "which", "each"):
            return Listing(group=group, condition=getattr(before, "condition", None))
        return None

    def _target(self, clause: Clause) -> Plan | None:
        """要培训多少农民: words of a performance indicator, with or without its project."""
        if not clause.unknown or clause.has("why", "define", "which_table", "purpose", "total"):
            return None
        if not clause.has("target") and (_about_money(clause) or clause.has("list", "which")):
            return None
        projects = {
            w.axes["project"] for t in clause.topics for w in t.readings if "project" in w.axes
        }
        project = projects.pop() if len(projects) == 1 else None
        if project is None and len(clause.unknown[0]) < _TELLING:
            return None
        words = content_of(clause, without="project" if project else "")
        found = self._indicators(clause.disclosure.id).best(words, project)
        if found is None:
            return None
        return Targets(
            disclosure_id=clause.disclosure.id,
            project=found.coordinates.project,
            indicator=found.indicator,
        )

    def _part(self, words: str, clause: Clause, plan: Plan | None) -> Part:
        """The plan checked: every word explained, every constant said, every member held."""
        unexplained = tuple(w for w in clause.unknown if len(w) > 1)
        size = max(1, sum(c.isalnum() for c in words))
        lost = sum(len(w) for w in clause.unknown)
        confidence = round(max(0.0, 1 - lost / size), 3)
        strange = objections(plan, words, self._finder) if plan is not None else []
        if strange:
            return self._refused(words, clause, tuple(strange))
        if plan is not None and (not unexplained or isinstance(plan, _OWN_WORDS)):
            return Part(words=words, plan=plan, confidence=confidence, unexplained=unexplained)
        asks_figure = clause.has("amount", "count", "list", "which", "rank", "share", "convert")
        content = content_of(clause)
        options, widened = self._near(words, clause, unexplained)
        if len(options) == 1 and (widened >= _SURE or unexplained[0] not in common_words()):
            ask = Ask(about="topic", detail=unexplained[0], options=options)
            return Part(words=words, plan=ask, confidence=0.6, sure=True)
        if unexplained and not asks_figure and self._spoken_of(clause.disclosure.id, content):
            search = Search(disclosure_ids=(clause.disclosure.id,), words=content)
            return Part(words=words, plan=search, confidence=confidence, unexplained=unexplained)
        if not unexplained:
            options = tuple(starters(self._finder, [clause.disclosure]))
            return Part(words=words, plan=Ask(about="topic", options=options), confidence=0.3)
        return self._refused(words, clause, unexplained)

    def _refused(self, words: str, clause: Clause, detail: Sequence[str]) -> Part:
        """A part that the words or the data do not account for: nothing is guessed."""
        options, _ = self._near(words, clause, detail)
        if options:
            ask = Ask(about="topic", detail=detail[0], options=options)
            return Part(words=words, plan=ask, confidence=0.4, unexplained=tuple(detail))
        about_budgets = bool(clause.topics or clause.units or clause.scope.named) or bool(
            _DOMAIN_WORDS.search(words)
        )
        refuse = Refuse(
            status="not_disclosed" if about_budgets else "out_of_scope",
            reason="unrecognised" if about_budgets else "small_talk",
            detail="、".join(detail),
            disclosure_id=clause.disclosure.id,
        )
        return Part(words=words, plan=refuse, confidence=0.5, unexplained=tuple(detail))

    def _near(
        self, words: str, clause: Clause, unknown: Sequence[str]
    ) -> tuple[tuple[str, ...], int]:
        """The question with each name that an unknown word may be part of in the word's place, and
        how many characters of it were said: the word is first widened to all the text around it
        that some name still holds."""
        if len(unknown) != 1 or len(unknown[0]) < 2 or unknown[0] not in words:
            return (), 0
        names = [
            name
            for name in self._vocabulary(clause.disclosure.id).official_names()
            if unknown[0] in fold(name)
        ]
        start = words.index(unknown[0])
        end = start + len(unknown[0])
        while end < len(words) and any(words[start : end + 1] in fold(n) for n in names):
            end += 1
        while start > 0 and any(words[start - 1 : end] in fold(n) for n in names):
            start -= 1
        names = [name for name in names if words[start:end] in fold(name)]
        if not 1 <= len(names) <= _MAX_OPTIONS:
            return (), 0
        return tuple(f"{words[:start]}{name}{words[end:]}" for name in names), end - start

    def _spoken_of(self, disclosure_id: str, content: str) -> bool:
        """Whether a passage of the disclosure speaks of the question's content."""
        return any(
            coverage(content, passage.text) >= _SPOKEN_OF
            for passage in self._library.passages(disclosure_id)
        )

    def _remember(self, clause: Clause, part: Part, memory: Memory) -> Memory:
        if isinstance(part.plan, Refuse | Ask):
            return memory
        topics = tuple(TopicMemory(name=t.name, readings=t.readings) for t in clause.topics[:6])
        return Memory(
            disclosure_ids=(clause.disclosure.id, *(s.disclosure.id for s in clause.siblings)),
            units=clause.units,
            topics=topics or memory.topics,
            earlier=memory.topics if topics and topics != memory.topics else memory.earlier,
            plan=part.plan,
            turns=memory.turns,
        )

    def _build_indicators(self, disclosure_id: str) -> Indicators:
        return Indicators(self._library.facts(disclosure_id))

    def _build_corrector(self, disclosure_id: str) -> Corrector:
        """Of general and department names ('' as id), or of one disclosure's own names."""
        general = [*general_words(), *self._scopes.words, *national_words()]
        if disclosure_id:
            return Corrector(self._vocabulary(disclosure_id).words, general)
        terms = {
            form
            for form, word in (*general_words().items(), *self._scopes.words.items())
            if word.bindings or word.scopes
        }
        return Corrector(terms, general)

    # -- caches --------------------------------------------------------------------------------

    def _build_vocabulary(self, disclosure_id: str) -> Vocabulary:
        return Vocabulary(
            self._disclosures[disclosure_id],
            self._library.facts(disclosure_id),
            self._library.tables(disclosure_id),
        )

    def _build_fuzzy(self, disclosure_id: str, targets: bool) -> FuzzyNames:
        vocabulary = self._vocabulary(disclosure_id)
        return FuzzyNames(vocabulary.names | (vocabulary.indicators if targets else {}))


def _of_money(topics: list[Topic], tokens: Sequence[Token]) -> list[Topic]:
    """项目 in a question about money means 项目支出, not the number of projects."""
    counts = any(t.cue(name) for t in tokens for name in ("count", "list", "group", "structure"))
    if counts or not any(token.cue(name) for token in tokens for name in _MONEY_CUES):
        return topics
    spent = Where(axes={"kind": "project"})
    return [
        replace(t, name="项目支出", readings=(spent,), source="concept")
        if t.source == "item" and t.name == "项目"
        else t
        for t in topics
    ]


def _about_money(clause: Clause) -> bool:
    """Whether the words beside a project's name speak of money, not of what is to be reached."""
    text = "".join(
        t.text
        for t in clause.tokens
        if not (t.word and any(b.source == "project" for b in t.word.bindings))
    )
    return bool(_MONEY_WORDS.search(text))


def _widened(
    tokens: Sequence[Token], index: int, linked: Sequence[Token]
) -> list[tuple[Token, int, int]]:
    """The unknown word with its neighbours, widest first: 科技|期刊购置 is one name, though 科技
    alone is a word. With how many tokens before and after are taken in."""
    token = tokens[index]
    before = linked[-1] if linked and _nameable(linked[-1]) else None
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    after = following if following is not None and _nameable(following) else None
    choices: list[tuple[Token, int, int]] = []
    if before is not None and after is not None:
        choices.append((Token(before.text + token.text + after.text, before.start), 1, 1))
    if before is not None:
        choices.append((Token(before.text + token.text, before.start), 1, 0))
    if after is not None:
        choices.append((Token(token.text + after.text, token.start), 0, 1))
    return [*choices, (token, 0, 0)]


def _of_a_concept(word: str) -> bool:
    """Whether a word is part of a general term too (运行维护 of 公务用车运行维护费).

    Then an open name that holds it is no more likely to be meant.
    """
    return any(word in fold(concept.name) for concept in lexicon().concepts)


def _nameable(token: Token) -> bool:
    """Whether a word may be the beginning or end of an open name."""
    if token.word is None or token.word.scopes or token.word.region:
        return False
    return bool(token.word.bindings) and all(
        b.source in ("spoken", "national", "subject", "economic", "concept", "weak")
        for b in token.word.bindings
    )


def _says_nothing(clause: Clause) -> bool:
    """Padding only: nothing is named, nothing is asked, nothing pointed at."""
    return (
        not any(word in clause.text for word in POINTERS)
        and not clause.topics
        and not clause.unknown
        and not clause.scope.named
        and not any(
            token.word and not token.word.harmless and not token.cue("greeting")
            for token in clause.tokens
        )
    )


def _names_held(scopes: ScopeIndex, words: str) -> bool:
    tokens = segment(words, (general_words(), scopes.words))
    return any(token.word and token.word.scopes for token in tokens)


def _is_chat(part: Part) -> bool:
    return isinstance(part.plan, Refuse) and part.plan.reason in ("small_talk", "greeting")


def _greeting(question: Question) -> Refuse:
    return Refuse(status="out_of_scope", reason="greeting", detail=question.text)
