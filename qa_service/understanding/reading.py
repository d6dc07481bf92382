"""Reading a clause: its words linked to members of one disclosure, or to general language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from disclosure.lexicon import lexicon
from disclosure.lexicon.homophones import Corrector, common_words
from disclosure.lexicon.operations import Cue
from disclosure.library import Library
from disclosure.model import Disclosure, Measure
from disclosure.text import fold
from qa_service.tools.cells import CellFinder
from qa_service.understanding.clause import Clause
from qa_service.understanding.described import Descriptions
from qa_service.understanding.fuzzy import FuzzyNames
from qa_service.understanding.indicators import Indicators
from qa_service.understanding.plan import Where
from qa_service.understanding.scope import Scope, ScopeIndex
from qa_service.understanding.segment import Token, Word, segment
from qa_service.understanding.topics import Topic, topics_of
from qa_service.understanding.vocabulary import (
    KINDS_OF_UNITS,
    Vocabulary,
    general_words,
    national_words,
)
from qa_service.understanding.wording import counts_things

_MONEY_CUES = ("amount", "change", "up", "down", "total", "share", "average", "exclude", "convert")
#: Fewer characters of a name than these are said of too many: 管理, 行政.
_TELLING = 3
#: More names than this that hold an unknown word are not offered as options.
_MAX_OPTIONS = 6


class Reader:
    """Links words over one release. Stateless but for caches; safe for several threads."""

    def __init__(self, library: Library, finder: CellFinder, scopes: ScopeIndex) -> None:
        self._library = library
        self._finder = finder
        self._scopes = scopes
        self._disclosures: Mapping[str, Disclosure] = scopes.disclosures
        self.vocabulary = lru_cache(maxsize=64)(self._build_vocabulary)
        self.indicators = lru_cache(maxsize=64)(self._build_indicators)
        self.descriptions = lru_cache(maxsize=16)(self._build_descriptions)
        self._corrector = lru_cache(maxsize=16)(self._build_corrector)
        self._fuzzy = lru_cache(maxsize=128)(self._build_fuzzy)

    def corrected(self, text: str, near: Sequence[str]) -> tuple[str, str]:
        """Typing errors near known names mended, and what was read as what."""
        read, corrections = self._corrector("").correct(text)
        named = self._scopes.read(segment(read, (general_words(), self._scopes.words)))
        near = named.disclosure_ids[:1] or near
        if near:
            read, more = self._corrector(near[0]).correct(read)
            corrections += more
        telling = [c for c in corrections if len(c.typed) > 1]
        if not telling:
            return read, ""
        pairs = "，".join(f"“{c.typed}”按“{c.read}”理解" for c in telling)
        return read, f"（{pairs}）"

    def read(
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
        vocabulary = self.vocabulary(disclosure.id)
        lexica = (general_words(), vocabulary.words, self._scopes.words, national_words())
        tokens = segment(words, lexica)
        tokens, unknown = self._link_unknown(tokens, disclosure)

        def exists(where: Where) -> bool:
            return self._finder.exists(disclosure.id, where)

        topics = _of_money(_compounds(topics_of(tokens, exists), tokens), tokens)
        topics = [_bought(topic, tokens) for topic in topics]
        units = self._units(scope, tokens, disclosure)
        return Clause(words, tuple(tokens), disclosure, scope, tuple(topics), units, unknown)

    def _units(
        self, scope: Scope, tokens: Sequence[Token], disclosure: Disclosure
    ) -> tuple[str, ...]:
        """Unit keys of this disclosure that the clause names, in the question's order."""
        known = {key for i, key in scope.units if i == disclosure.id}
        units: list[str] = []
        text = "".join(token.text for token in tokens)
        for token in tokens:
            before = text[: token.start]
            if before.endswith(("不是", "不要", "不问")) and not before.endswith("是不是"):
                continue  # 我问的是情报所不是局机关
            here = [
                s.unit
                for s in (token.word.scopes if token.word else ())
                if s.disclosure_id == disclosure.id
            ]
            if here and all(here):
                every = not known or token.text in KINDS_OF_UNITS  # named by its kind beside others
                units += [unit for unit in here if unit and (every or unit in known)]
            if token.cue("head_office"):
                units += [unit.key for unit in disclosure.units if unit.head_office]
        if len(disclosure.units) <= 1:
            return ()  # the only unit is the disclosure: its figures stand under no unit
        return tuple(dict.fromkeys(units))

    def _link_unknown(
        self, tokens: Sequence[Token], disclosure: Disclosure
    ) -> tuple[list[Token], tuple[str, ...]]:
        """Unknown words become open names that they are parts of; what is left stays unknown."""
        fuzzy = self._fuzzy(disclosure.id)
        linked: list[Token] = []
        unknown: list[str] = []
        skip = -1
        for index, token in enumerate(tokens):
            if index <= skip:
                continue
            if not token.unknown:
                linked.append(token)
                continue
            if index + 1 < len(tokens) and _begins_name(token, tokens[index + 1]):
                linked.append(replace(token, word=Word(cues=(Cue("harmless"),))))
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

    def near(
        self, words: str, clause: Clause, unknown: Sequence[str]
    ) -> tuple[tuple[str, ...], int]:
        """The question with each name that an unknown word may be part of in the word's place, and
        how many characters of it were said: the word is first widened to all the text around it
        that some name still holds."""
        if len(unknown) != 1 or len(unknown[0]) < 2 or unknown[0] not in words:
            return (), 0
        names = [
            name
            for name in self.vocabulary(clause.disclosure.id).official_names()
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
        short = end - start < _TELLING
        if short and (len(names) > 1 or unknown[0] in common_words()):
            return (), 0
        return tuple(f"{words[:start]}{name}{words[end:]}" for name in names), end - start

    # -- caches ----------------------------------------------------------------------------------

    def _build_indicators(self, disclosure_id: str) -> Indicators:
        return Indicators(self._library.facts(disclosure_id))

    def _build_descriptions(self, disclosure_id: str) -> Descriptions:
        return Descriptions(
            self._disclosures[disclosure_id],
            self._library.facts(disclosure_id),
            self._library.passages(disclosure_id),
        )

    def _build_corrector(self, disclosure_id: str) -> Corrector:
        """Of general and department names ('' as id), or of one disclosure's own names."""
        if disclosure_id:
            words = self.vocabulary(disclosure_id).words
            return Corrector(words, beside=self._corrector(""))
        general = [*general_words(), *self._scopes.words, *national_words()]
        terms = {
            form
            for form, word in (*general_words().items(), *self._scopes.words.items())
            if word.bindings or word.scopes
        }
        return Corrector(terms, general)

    def _build_vocabulary(self, disclosure_id: str) -> Vocabulary:
        return Vocabulary(
            self._disclosures[disclosure_id],
            self._library.facts(disclosure_id),
            self._library.tables(disclosure_id),
        )

    def _build_fuzzy(self, disclosure_id: str) -> FuzzyNames:
        return FuzzyNames(self.vocabulary(disclosure_id).names)


def _of_money(topics: list[Topic], tokens: Sequence[Token]) -> list[Topic]:
    """项目 in a question about money means 项目支出, not the number of projects."""
    topics = _without_kind(topics)
    if any(t.held for t in topics):
        # 职工的公积金: whose money it is, where the document counts no such people.
        topics = [t for t in topics if t.held or not _only_people(t)]
    counts = any(t.cue(name) for t in tokens for name in ("count", "list", "group", "structure"))
    if not counts and not any(t.cue(name) for t in tokens for name in ("average", "amount")):
        money = [t for t in topics if not counts_things(t)]
        topics = money or topics  # 部门收入比上年增加: how many departments there are is not asked
    # 兴市中心有项目吗 is answered by what it spends on projects.
    has = any(t.cue("has") or t.cue("is_it") for t in tokens)
    owned = has and any(t.word and t.word.scopes for t in tokens)
    spent = any(token.cue(name) for token in tokens for name in _MONEY_CUES)
    if counts or not (spent or owned):
        return topics
    projects = Where(axes={"kind": "project"})
    return [
        replace(t, name="项目支出", readings=(projects,), source="concept")
        if t.source == "item" and t.name == "项目"
        else t
        for t in topics
    ]


def _bought(topic: Topic, tokens: Sequence[Token]) -> Topic:
    """A thing bought has a price and a number of pieces: 买几台 asks for these, 多少钱 for that."""
    prices = [w for w in topic.readings if w.measure == Measure.PROCUREMENT and "item" in w.axes]
    pieces = [w for w in topic.readings if w.measure == Measure.COUNT and "item" in w.axes]
    if not prices or not pieces:
        return topic
    counted = any(t.cue("count") for t in tokens) and not any(t.cue("amount") for t in tokens)
    return replace(topic, readings=tuple(pieces if counted else prices))


def _without_kind(topics: Sequence[Topic]) -> list[Topic]:
    """人才集聚项目: the word for what the name is of, no second thing asked about."""
    kept: list[Topic] = []
    for topic in topics:
        named = bool(kept) and kept[-1].source == "project" and kept[-1].end == topic.start
        if not (named and topic.source == "item" and topic.name == "项目"):
            kept.append(topic)
    return kept


def _compounds(topics: Sequence[Topic], tokens: Sequence[Token]) -> list[Topic]:
    """高新技术企业|补助 is one thing that is not held, though 高新技术企业 is part of a project's
    name: what stands right before an unheld noun belongs to it."""
    names = {
        t.start
        for t in tokens
        if t.word and t.word.bindings and all(b.name != t.text for b in t.word.bindings)
    }
    kept: list[Topic] = []
    for topic in topics:
        before = kept[-1] if kept else None
        if (
            before is not None
            and not topic.held
            and before.source == "project"
            and before.end == topic.start
            and before.start in names
        ):
            kept[-1] = replace(topic, start=before.start)
        else:
            kept.append(topic)
    return kept


def _begins_name(token: Token, following: Token) -> bool:
    """监测|中心站: the unknown word is the beginning of the unit's name that follows."""
    if following.word is None or following.start != token.end:
        return False
    said = fold(token.text + following.text)
    return any(said in fold(scope.name) for scope in following.word.scopes)


def _only_people(topic: Topic) -> bool:
    return bool(topic.readings) and all(
        set(where.axes) == {"item"} and where.measure is None for where in topic.readings
    )


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
