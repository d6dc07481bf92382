"""Whose figures a question asks for: departments, units, regions and years of the loaded data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from disclosure.lexicon import read_data
from disclosure.lexicon.characters import initials
from disclosure.lexicon.names import aliases, bureaus, is_generic
from disclosure.lexicon.operations import Cue
from disclosure.lexicon.regions import all_regions, region_forms, split_region
from disclosure.model import Disclosure, Kind, Level, Region
from disclosure.text import fold
from qa_service.understanding.segment import ScopeBinding, Token, Word, segment
from qa_service.understanding.vocabulary import general_words

#: 我问的是广州的, 广州那个: words around an answer to a question back.
_SAYING_NOTHING = ("harmless", "greeting", "is_it", "amount", "current")
_IDLE = re.compile(
    "(?:我?问的?是?|我[说指要]的?是?|是|就是|当然|应该|那个|那[本份家]|有写|写了?|里面?|的|呢|吧|啊|呀|哦|嗯"
    "|单位|部门|[-—:：()（），,。.！!、])+"
)


#: A form of fewer than two characters and no code: what a broken line leaves of a name.
_NO_NAME = re.compile(r"[^\u4e00-\u9fffA-Za-z\d]*[\u4e00-\u9fff]?[^\u4e00-\u9fffA-Za-z\d]*")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a clause says about whose figures are meant.

    ``disclosure_ids`` are the candidates left; ``named`` tells that words of the question chose
    them; ``across`` that they are to be compared as a group. ``units`` are (disclosure id, unit
    key) in order. ``unknown`` is a department, region or year that was named and is not held.
    """

    disclosure_ids: tuple[str, ...] = ()
    named: bool = False
    across: bool = False
    units: tuple[tuple[str, str], ...] = ()
    head_office: bool = False
    whole: bool = False
    region: Region | None = None
    years: tuple[int, ...] = ()
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """The disclosures of one department, over years, kinds and levels."""

    name: str
    region: Region
    ids: tuple[str, ...] = field(default=())


class ScopeIndex:
    """Words that name the departments, units and regions of one release."""

    def __init__(self, disclosures: Sequence[Disclosure]) -> None:
        self.disclosures = {d.id: d for d in disclosures}
        self.words: dict[str, Word] = {}
        self._regions: dict[str, Region] = {}
        for region in all_regions():
            for form in region_forms(region)[:2]:
                self._add(form, Word(region=form))
                self._regions.setdefault(fold(form), region)
        for form in _bureau_forms():
            self._add(form, Word(cues=(Cue("bureau"),)))
        # Of thousands of disclosures, hundreds share a form: its word is made once, of all of them.
        named: defaultdict[str, dict[ScopeBinding, None]] = defaultdict(dict)
        for disclosure in disclosures:
            for form, binding in _names(disclosure):
                named[fold(form).lower()][binding] = None
        for form, bindings in named.items():
            self._add(form, Word(scopes=tuple(bindings)))

    def _add(self, form: str, word: Word) -> None:
        key = fold(form).lower()
        if len(key) > 1:
            self.words[key] = self.words[key] | word if key in self.words else word

    def read(self, tokens: Sequence[Token], before: Sequence[str] = ()) -> Scope:
        """What the tokens say about departments, units, regions and years. ``before`` are the
        conversation's disclosures: a bare 审计局 after 深圳市财政局 is that of the same city."""
        mentions = [token for token in tokens if token.word and token.word.scopes]
        regions = [token for token in tokens if token.word and token.word.region]
        if sure := [m for m in mentions if not _is_a_term(m)]:
            # 公安 names a bureau and a county too, but 公安支出 behind a department no other one.
            regions = [r for r in regions if not _is_a_term(r) or _leads(r, mentions)]
            mentions = [m for m in mentions if m in sure or any(_leads(r, [m]) for r in regions)]
        years = tuple(token.year for token in tokens if token.year)
        region = self._regions.get(fold(regions[0].text)) if regions else None
        scope = Scope(
            region=region,
            years=years,
            head_office=any(token.cue("head_office") for token in tokens),
            whole=any(token.cue("whole") for token in tokens),
        )
        unknown = self._unknown(tokens, mentions, regions)
        if unknown:
            return replace(scope, unknown=unknown, named=True)
        ids, units, wrong = self._named(mentions, regions, before)
        if wrong:
            return replace(scope, unknown=wrong, named=True)
        if ids:
            return replace(scope, disclosure_ids=ids, units=units, named=True)
        if region is not None:
            inside = tuple(i for i, d in self.disclosures.items() if _within(d.region, region))
            alike = tuple(i for i in inside if self._same_kind(i, before))
            if alike:
                return replace(scope, disclosure_ids=alike, named=True)
            if inside:
                return replace(scope, disclosure_ids=inside, named=True)
            return replace(scope, unknown=regions[0].text, named=True)
        return scope

    def named_later(self, parts: Sequence[str]) -> list[str]:
        """购房补贴是多少？问的是广州商务局: the parts, the department that the last one does no
        more than name put into the one before, if that names none."""
        joined: list[str] = []
        for words in parts:
            before = joined[-1] if joined else ""
            whole = self.answered(words, before) if before else words
            if whole != words and not self._named_already(before, words):
                joined[-1] = whole
            else:
                joined.append(words)
        return joined

    def _named_already(self, before: str, words: str) -> bool:
        """Whether the part before names a department, or a place where the next names one too."""
        said, then = (
            [t.word for t in segment(text, (general_words(), self.words)) if t.word]
            for text in (before, words)
        )
        return any(word.scopes for word in said) or (
            any(word.region for word in said) and any(word.region for word in then)
        )

    def answered(self, text: str, pending: str) -> str:
        """The question that was asked back, with the place or department that answers it: 我问的是
        广州的 after 应急局的总收入; any other text stands."""
        tokens = segment(text, (general_words(), self.words))
        told = [t for t in tokens if t.word and (t.word.region or t.word.scopes)]
        rest = [t for t in tokens if t not in told and not t.year]
        idle = all(
            any(t.cue(name) for name in _SAYING_NOTHING) or _IDLE.fullmatch(t.text) for t in rest
        )
        if len(told) not in (1, 2) or not idle:
            return text
        whose = "".join(t.text for t in tokens if t in told or t.year)
        if any(t.word and t.word.scopes for t in told):
            return f"{whose}：{pending}"
        mention = next(
            (
                t
                for t in segment(pending, (general_words(), self.words))
                if t.word and t.word.scopes
            ),
            None,
        )
        at = mention.start if mention else 0
        return pending[:at] + whose + pending[at:]

    def _unknown(
        self, tokens: Sequence[Token], mentions: Sequence[Token], regions: Sequence[Token]
    ) -> str:
        """A kind of bureau that is named and of which no department is loaded."""
        for token in tokens:
            if token.cue("bureau") and not (token.word and token.word.scopes):
                before = [r for r in regions if r.end == token.start]
                return (before[0].text if before else "") + token.text
        return ""

    def _same_kind(self, disclosure_id: str, before: Sequence[str]) -> bool:
        """Whether two departments bear one name in two regions (北京的呢 after 深圳市财政局)."""
        name = _bare(self.disclosures[disclosure_id].department)
        known = {_bare(self.disclosures[i].department) for i in before}
        return any(name in (k, *aliases(k)) or k in aliases(name) for k in known)

    def _named(
        self, mentions: Sequence[Token], regions: Sequence[Token], before: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], str]:
        ids: dict[str, None] = {}
        units: dict[tuple[str, str], None] = {}
        departments: set[str] = set()
        places = [self._regions[fold(r.text)] for r in regions]
        for token in mentions:
            assert token.word is not None
            found_in = {self.disclosures[s.disclosure_id].region for s in token.word.scopes}
            places += found_in if len(found_in) == 1 else ()
        places += [self.disclosures[i].region for i in before if i in self.disclosures]
        mentions = self._without_superiors(mentions)
        if (elsewhere := self._not_of_the_place(mentions, regions)) is not None:
            return (), (), elsewhere
        for token in mentions:
            assert token.word is not None
            near = [r for r in regions if r.end <= token.start <= r.end + 1] or (
                list(regions) if len(mentions) == 1 else []
            )
            found = list(token.word.scopes)
            if near:
                region = self._regions[fold(near[0].text)]
                fitting = [
                    s for s in found if _within(self.disclosures[s.disclosure_id].region, region)
                ]
                if not fitting:
                    return (), (), f"{near[0].text}{token.text}"
                found = fitting
            elif len({self.disclosures[s.disclosure_id].region for s in found}) > 1:
                # One name in several places: that of the other places named, if it is there.
                local = [
                    s
                    for s in found
                    if any(_within(self.disclosures[s.disclosure_id].region, p) for p in places)
                ]
                found = local or found
            for scope in found:
                ids.setdefault(scope.disclosure_id)
                if scope.unit is None:
                    departments.add(scope.disclosure_id)
                elif all(s.unit is not None for s in found):
                    units.setdefault((scope.disclosure_id, scope.unit))
        if departments and units:
            inside = tuple(pair for pair in units if pair[0] in departments)
            if not inside:
                unit = next(t for t in mentions if t.word and all(s.unit for s in t.word.scopes))
                return (), (), unit.text
            if inside:
                chosen = dict.fromkeys(pair[0] for pair in inside)
                return tuple(chosen), inside, ""
        return tuple(ids), tuple(units), ""

    def _not_of_the_place(self, mentions: Sequence[Token], regions: Sequence[Token]) -> str | None:
        """深圳水务局、教育局: the second is meant of the same place, and is not held there though
        another place's is."""
        place: Region | None = None
        for before, token in zip([None, *mentions], mentions, strict=False):
            assert token.word is not None
            held = {self.disclosures[s.disclosure_id].region for s in token.word.scopes}
            named = [r for r in regions if r.end <= token.start <= r.end + 1]
            whole = any(s.name.startswith(token.text) for s in token.word.scopes)
            if named or split_region(token.text)[0] != Region():
                place = self._regions[fold(named[0].text)] if named else None
                if place is None and len(held) == 1:
                    (place,) = held
                continue
            joined = before is not None and token.start - before.end <= 1
            if not (joined and place is not None and place.city) or whole:
                place = place if joined else None
                continue
            if all(s.unit is None for s in token.word.scopes) and not any(
                _within(region, place) for region in held
            ):
                city = place.district or place.city
                return f"{city}{token.text}"
        return None

    def _without_superiors(self, mentions: Sequence[Token]) -> list[Token]:
        """深圳公安局|交管局: the department whose name begins with that of the one before it."""
        kept: list[Token] = []
        for token in mentions:
            before = kept[-1] if kept else None
            assert token.word is not None
            if before is not None and before.word is not None and before.end == token.start:
                above = {s.name for s in before.word.scopes if s.unit is None}
                if any(
                    s.unit is None and s.name != name and s.name.startswith(name)
                    for s in token.word.scopes
                    for name in above
                ):
                    kept.pop()
            kept.append(token)
        return kept

    def groups(self, ids: Sequence[str]) -> list[_Group]:
        """The departments among these disclosures."""
        grouped: dict[tuple[str, Region], list[str]] = defaultdict(list)
        for disclosure_id in ids:
            disclosure = self.disclosures[disclosure_id]
            grouped[disclosure.department, disclosure.region].append(disclosure_id)
        return [_Group(name, region, tuple(i)) for (name, region), i in grouped.items()]

    def choose(
        self, ids: Sequence[str], years: Sequence[int], *, final: bool, head_office: bool
    ) -> list[str]:
        """Of one department's disclosures, those that the year, kind and level words leave."""
        left = [i for i in ids if not years or self.disclosures[i].year in years]
        wanted = Kind.FINAL_ACCOUNT if final else Kind.BUDGET
        left = [i for i in left if self.disclosures[i].kind is wanted] or left
        level = Level.UNIT if head_office else Level.DEPARTMENT
        return [i for i in left if self.disclosures[i].level is level] or left


def _is_a_term(token: Token) -> bool:
    return token.word is not None and bool(token.word.bindings)


def _leads(place: Token, mentions: Sequence[Token]) -> bool:
    return any(place.end <= mention.start <= place.end + 1 for mention in mentions)


def _bare(department: str) -> str:
    """A department's name without whose it is (国家信访局, 深圳市信访局 → 信访局)."""
    return split_region(department)[1].removeprefix("国家")


def _names(disclosure: Disclosure) -> Iterator[tuple[str, ScopeBinding]]:
    """The forms that name a department or one of its units, and what each names."""
    department = ScopeBinding(disclosure.id, None, disclosure.department)
    for form in {disclosure.department, *aliases(disclosure.department, disclosure.region)}:
        yield from _forms(form, department)
    if disclosure.code:
        yield from _forms(disclosure.code, department)
    for unit in disclosure.units:
        binding = ScopeBinding(disclosure.id, unit.key, unit.name, unit.head_office)
        if unit.code:
            yield unit.code, binding
        if unit.head_office and fold(unit.name) == fold(disclosure.department):
            continue
        for form in {unit.name, *aliases(unit.name, disclosure.region)}:
            yield from _forms(form, binding)


def _forms(form: str, binding: ScopeBinding) -> Iterator[tuple[str, ScopeBinding]]:
    """A form and its initials: kjj for 科技局; two letters would be no name of anything."""
    # 机关 behind a name is read as a word of its own: 科技局|机关运行经费.
    if is_generic(form) or form.endswith("机关") or _NO_NAME.fullmatch(form):
        return
    yield form, binding
    if len(letters := initials(form)) > 2:
        yield letters, binding


def _bureau_forms() -> set[str]:
    """Names of kinds of departments, long and short, of which none may be loaded."""
    rules = bureaus()
    forms = {body for name, said in rules.bodies.items() for body in (name, *said)}
    for stem, said in rules.stems.items():
        for tail, ends in rules.tails.items():
            forms |= {name + end for name in (stem, *said) for end in (tail, *ends)}
    data = read_data("bureaus.yaml")
    assert isinstance(data, dict)
    forms |= {kind + end for kind in data["kinds"] for end in ("局", "厅", "委", "委员会", "部门")}
    ends = ("局", "委", "厅", "委员会", "办", "办公室", "办公厅", "部门", "署", "部", "中心")
    return {form for form in forms if form.endswith(ends) and len(form) > 1}


def _within(inner: Region, outer: Region) -> bool:
    """Whether a region lies in another; a region said by its district alone fits any city's."""
    pairs = (
        (inner.province, outer.province),
        (inner.city, outer.city),
        (inner.district, outer.district),
    )
    return all(not asked or has == asked for has, asked in pairs)


def describe(disclosures: Mapping[str, Disclosure], ids: Sequence[str], limit: int = 6) -> str:
    """The held disclosures in words: ``《…》、《…》等12份``."""
    titles = [f"《{disclosures[i].title}》" for i in ids[:limit]]
    more = f"等{len(ids)}份" if len(ids) > limit else ""
    return "、".join(titles) + more
