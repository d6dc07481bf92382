"""Whose figures a clause asks for: the disclosures that its departments and years leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from disclosure.lexicon.names import related_names, short_forms
from disclosure.lexicon.regions import split_region
from disclosure.model import Disclosure, Region
from qa_service.understanding.plan import Ask, Memory, Refuse
from qa_service.understanding.scope import Scope, ScopeIndex
from qa_service.understanding.segment import Token

#: More departments than this are not offered as options.
_MAX_OPTIONS = 6


class Chooser:
    """Chooses among the disclosures of one release; ``own`` is the department meant by default."""

    def __init__(
        self, disclosures: Mapping[str, Disclosure], scopes: ScopeIndex, own: str = ""
    ) -> None:
        self._disclosures = disclosures
        self._scopes = scopes
        self._own = own

    def related(self, unknown: str, words: str) -> Ask | None:
        """深圳市科技局, where 深圳市科技创新局 is held: the department that has nearly the same
        duty is offered, never taken for the one named."""
        region, bare = split_region(unknown)
        options = [
            words.replace(unknown, disclosure.department)
            for disclosure in self._disclosures.values()
            if _within(disclosure.region, region)
            and bare in _related_forms(split_region(disclosure.department)[1])
        ]
        options = list(dict.fromkeys(options))[:_MAX_OPTIONS]
        return Ask(about="related", detail=unknown, options=tuple(options)) if options else None

    def choose(
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
        together = not scope.named and 1 < len(memory.disclosure_ids) <= len(candidates)
        together = together and set(candidates) <= set(memory.disclosure_ids)
        if len(groups) > 1 and not together and not self._named_apart(scope, tokens, len(groups)):
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


@cache
def _related_forms(name: str) -> frozenset[str]:
    """What departments with nearly the same duty as ``name`` are called, long and short."""
    return frozenset(form for other in related_names(name) for form in (other, *short_forms(other)))


def _within(inner: Region, outer: Region) -> bool:
    """Whether a department is of the region that was named; no region named fits any."""
    named = [place for place in (outer.province, outer.city, outer.district) if place]
    return all(place in (inner.province, inner.city, inner.district) for place in named)
