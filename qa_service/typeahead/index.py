"""Finding a name by what has been typed of it: name, short form, code, or initials of its pinyin.

All keys of one sort stand in one text, a line each, so that one pass in C finds every hit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from disclosure.lexicon.characters import characters, initials
from disclosure.text import fold
from qa_service.typeahead.entries import Entry, EntryKind

#: Hits of one sort that are looked at: one character stands in thousands of names.
_MOST_HITS = 3000
#: So much of a mistyped name must agree.
_FUZZY_SCORE = 72.0
_SHORTEST_FUZZY, _SHORTEST_WITHIN = 3, 3
_LONGEST_QUERY = 60
_ORDER = {kind: number for number, kind in enumerate(EntryKind)}


class _Keys:
    """Keys of one sort, with the number of the entry that each belongs to."""

    def __init__(self, keys: Sequence[tuple[str, int]]) -> None:
        self.keys = [key for key, _ in keys]
        self.owners = [owner for _, owner in keys]
        self._text = "\n" + "\n".join(self.keys) + "\n"
        self._starts: list[int] = []
        at = 1
        for key in self.keys:
            self._starts.append(at)
            at += len(key) + 1

    def hits(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Owners of keys that hold ``wanted``, with how: 0 whole, 1 at the beginning, 2 within."""
        at = -1
        for _ in range(_MOST_HITS):
            at = self._text.find(wanted, at + 1)
            if at < 0:
                return
            key = bisect_right(self._starts, at) - 1
            begins = self._starts[key] == at
            whole = begins and len(self.keys[key]) == len(wanted)
            yield self.owners[key], 0 if whole else 1 if begins else 2

    def beginning(self, wanted: str) -> Iterator[tuple[int, int]]:
        """As ``hits``, but only keys that begin with ``wanted``."""
        at = -1
        for _ in range(_MOST_HITS):
            at = self._text.find("\n" + wanted, at + 1)
            if at < 0:
                return
            key = bisect_right(self._starts, at + 1) - 1
            yield self.owners[key], 0 if len(self.keys[key]) == len(wanted) else 1


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that matches; the smaller the rank, the better it does."""

    entry: Entry
    rank: int


class NameIndex:
    """The names of one release. Immutable, and safe to use from several threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = list(entries)
        numbered = list(enumerate(self._entries))
        self._names = _Keys([(_key(e.text), n) for n, e in numbered])
        self._others = _Keys([(_key(o), n) for n, e in numbered for o in e.others])
        self._codes = _Keys([(_key(e.code), n) for n, e in numbered if e.code])
        self._initials = _Keys([(k, n) for n, e in numbered for k in _letters(e)])
        owners = [n for n, e in numbered if e.kind in (EntryKind.DEPARTMENT, EntryKind.UNIT)]
        self._owner_names = [
            (_key(name), n)
            for n in owners
            for name in (self._entries[n].text, *self._entries[n].others)
            if len(name) >= _SHORTEST_WITHIN
        ]
        self._owner_keys = [key for key, _ in self._owner_names]
        self._sounds: dict[str, set[int]] = {}
        for key, n in self._owner_names:
            self._sounds.setdefault(_sound(key), set()).add(n)

    def find(
        self,
        typed: str,
        limit: int = 8,
        *,
        kinds: Collection[EntryKind] = tuple(EntryKind),
        disclosure_id: str = "",
    ) -> list[Found]:
        """The best matches, best first; of one disclosure where its id is given."""
        wanted = _key(typed)[:_LONGEST_QUERY]
        if not wanted:
            return []
        ranks = self._ranks(wanted)
        found = [
            Found(entry, rank)
            for number, rank in ranks.items()
            if (entry := self._entries[number]).kind in kinds
            and (not disclosure_id or disclosure_id in entry.disclosure_ids)
        ]
        found.sort(key=lambda f: (f.rank, *_goodness(f.entry)))
        return found[:limit]

    def _ranks(self, wanted: str) -> dict[int, int]:
        ranks: dict[int, int] = {}

        def note(owner: int, rank: int) -> None:
            if rank < ranks.get(owner, 99):
                ranks[owner] = rank

        for owner, how in self._names.hits(wanted):
            note(owner, (0, 10, 40)[how])
        for owner, how in self._others.hits(wanted):
            note(owner, (1, 10, 50)[how])
        for owner, how in self._codes.beginning(wanted):
            note(owner, (0, 10)[how])
        if wanted.isascii() and wanted.isalnum() and len(wanted) > 1:
            for owner, how in self._initials.hits(wanted):
                note(owner, (5, 30, 60)[how])
        if not ranks and len(wanted) >= _SHORTEST_FUZZY and not wanted.isascii():
            for owner, rank in self._near(wanted):
                note(owner, rank)
        return ranks

    def _near(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Departments and units named within a longer text, sounding as what was typed, or written
        nearly so."""
        within = [(key, owner) for key, owner in self._owner_names if key in wanted]
        longest = max((len(key) for key, _ in within), default=0)
        for key, owner in within:
            if len(key) == longest:
                yield owner, 70
        alike = self._sounds.get(_sound(wanted), set()) if not within else set()
        for owner in alike:
            yield owner, 75
        if not within and not alike:
            for _, score, place in process.extract(
                wanted, self._owner_keys, scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE, limit=20
            ):
                yield self._owner_names[place][1], 80 + int(100 - score) // 5


def _key(text: str) -> str:
    return fold(text).lower()


def _sound(text: str) -> str:
    return " ".join(characters().pinyin(text))


def _letters(entry: Entry) -> set[str]:
    """Initials of a name and of its short forms; one letter finds nothing in particular."""
    names = (entry.text, *entry.others) if entry.kind is EntryKind.DEPARTMENT else (entry.text,)
    return {letters for name in names if len(letters := initials(name)) > 1}


def _goodness(entry: Entry) -> tuple[int, int, int, str]:
    return _ORDER[entry.kind], -len(entry.disclosure_ids), len(entry.text), entry.text
