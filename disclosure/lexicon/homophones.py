"""Correction of typing errors near known terms: same sound (三宫经费) or like shape (科枝局).

Only what cannot be read is changed: a text that known terms, regions and common words cover stays
as it is, and so does every number. Where a character is left over, one letter of a common word
beside it may be the error (住房公基金: 基金 is a word, 公 is left over).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from disclosure.lexicon.characters import characters
from disclosure.lexicon.regions import region_spans
from disclosure.text import fold

_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两0123456789.%")
_HAN = re.compile(r"[\u3400-\u9fff]+\Z")
#: Words by themselves, never a typing error: particles, and the last letters of bodies.
_LETTERS = frozenset(
    "的地得了着过吗呢吧啊是有在和与及或把被给对从到由向按为以于用要会能可比跟同那这哪谁啥几多少大小"
    "高低其中外内前后里上下年月日元个各每全总共不没无未又也都还就再才很更最本单只并而但若如因所我你他"
    "她它们您局委办院部厅处科室站馆队校署区市县省镇乡级类款项表笔张名人位辆台"
)
#: Two letters say too little to be sure; only the words at the heart of budgets are restored.
_SHORT = frozenset({"预算", "决算", "三公", "采购", "绩效", "经费", "支出", "拨款", "编制"})
_FIXED = _NUMERALS | _LETTERS
_LONGEST = 12
#: Syllables that speakers of many dialects do not tell apart; used from three characters up.
_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


@dataclass(frozen=True, slots=True)
class Correction:
    """``typed`` at ``start`` of the text was read as ``read``, of the same length."""

    typed: str
    read: str
    start: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    term: str
    start: int
    changed: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """Positions of a text: ``unread`` belong to no word, ``soft`` to a common word only."""

    unread: frozenset[int]
    soft: frozenset[int]


class Corrector:
    """Typing errors near the terms of one vocabulary. Build once, ``correct`` many questions."""

    def __init__(
        self,
        vocabulary: Iterable[str],
        known: Iterable[str] = (),
        beside: Corrector | None = None,
    ) -> None:
        """``vocabulary``: terms that an error may stand for. ``known``: further forms that read as
        they are (question words, other departments) but that nothing is corrected into, like all
        forms of the corrector ``beside``."""
        targets = {fold(term) for term in vocabulary} - {""}
        self._terms = targets | {fold(term) for term in known}
        self._known = beside._terms if beside is not None else frozenset[str]()
        self._longest = max(map(len, self._terms), default=0)
        if beside is not None:
            self._longest = max(self._longest, beside._longest)
        self._by_sound: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._by_gap: dict[str, tuple[str, ...]] = {}
        for term in sorted(targets):
            if not _HAN.match(term) or not (3 <= len(term) <= _LONGEST or term in _SHORT):
                continue
            for key in _sounds(term):
                self._by_sound[key] = (*self._by_sound.get(key, ()), term)
            for i in range(len(term) if len(term) >= 3 else 0):
                gap = _gap(term, i)
                self._by_gap[gap] = (*self._by_gap.get(gap, ()), term)

    def correct(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """The folded text as it was probably meant, with what was changed, left to right."""
        reading = self._read(text)
        corrections: list[Correction] = []
        chars = list(text)
        while reading.unread and (candidate := self._best(text, reading)):
            end = candidate.start + len(candidate.term)
            typed = text[candidate.start : end]
            corrections.append(Correction(typed, candidate.term, candidate.start))
            chars[candidate.start : end] = candidate.term
            taken = frozenset(range(candidate.start, end))
            reading = _Reading(reading.unread - taken, reading.soft - taken)
        corrections.sort(key=lambda c: c.start)
        return "".join(chars), tuple(corrections)

    def _read(self, text: str) -> _Reading:
        """Which characters known terms, regions and common words leave over, by the reading that
        leaves fewest."""
        size = len(text)
        best = [0] * (size + 1)
        word_at = [1] * (size + 1)
        limit = max(self._longest, 4)
        for start in range(size - 1, -1, -1):
            best[start] = best[start + 1]
            for length in range(2, min(limit, size - start) + 1):
                word = text[start : start + length]
                known = word in self._terms or word in self._known
                known = known or (length <= 4 and word in common_words())
                if known and length + best[start + length] > best[start]:
                    best[start] = length + best[start + length]
                    word_at[start] = length
        unread = {i for i, c in enumerate(text) if _HAN.match(c) and c not in _FIXED}
        soft: set[int] = set()
        start = 0
        while start < size:
            end = start + word_at[start]
            if end - start > 1:
                if text[start:end] not in self._terms and text[start:end] not in self._known:
                    soft.update(unread & set(range(start, end)))
                unread.difference_update(range(start, end))
            start = end
        for span in region_spans(text):
            unread.difference_update(range(span.start, span.end))
            soft.difference_update(range(span.start, span.end))
        return _Reading(frozenset(unread), frozenset(soft))

    def _best(self, text: str, reading: _Reading) -> _Candidate | None:
        """The longest term that an unread stretch stands for; None where two are as good."""
        found: list[_Candidate] = []
        for start in range(len(text)):
            for length in range(2, min(_LONGEST, len(text) - start) + 1):
                if not reading.unread.isdisjoint(range(start, start + length)):
                    typed = text[start : start + length]
                    found += self._candidates(typed, start, reading)
        if not found:
            return None
        found.sort(key=_rank)
        best = found[0]
        rivals = {c.term for c in found if c.start == best.start and _rank(c) == _rank(best)}
        return best if len(rivals) == 1 else None

    def _candidates(self, typed: str, start: int, reading: _Reading) -> Iterable[_Candidate]:
        terms = set(self._by_sound.get(_sound(typed), ()))
        if len(typed) >= 3:
            terms.update(self._by_sound.get(tuple(map(_merge, _sound(typed))), ()))
            for hole, letter in enumerate(typed):
                if start + hole in reading.unread:
                    terms.update(
                        term
                        for term in self._by_gap.get(_gap(typed, hole), ())
                        if characters().alike(term[hole], letter)
                    )
        for term in terms:
            changed = {start + i for i, c in enumerate(typed) if c != term[i]}
            if changed and changed <= self._changeable(typed, term, start, reading):
                yield _Candidate(term, start, len(changed))

    def _changeable(self, typed: str, term: str, start: int, reading: _Reading) -> frozenset[int]:
        """The positions that may be errors: those left over; one letter of a common word in a long
        term or in one for a fee (会意费), or one particle within a term that sounds the same and
        has another letter left over beside it (应及局)."""
        alike = _sound(typed) == _sound(term)
        whole = frozenset(range(start, start + len(typed)))
        wrong = [start + i for i, c in enumerate(typed) if c != term[i]]
        if len(wrong) != 1:
            return reading.unread
        at = wrong[0] - start
        if len(term) >= 4 or (alike and len(term) == 3 and term.endswith("费") and at < 2):
            changeable = reading.unread | reading.soft
        else:
            changeable = reading.unread
        beside = {wrong[0] - 1, wrong[0] + 1} & whole
        if alike and len(term) >= 3 and 0 < at < len(typed) - 1 and beside & reading.unread:
            return changeable | ({wrong[0]} if typed[at] in _LETTERS else set())
        return changeable


def correct(
    text: str, vocabulary: Iterable[str], known: Iterable[str] = ()
) -> tuple[str, tuple[Correction, ...]]:
    """``Corrector(vocabulary, known).correct(text)``, for a single text."""
    return Corrector(vocabulary, known).correct(text)


@cache
def common_words() -> frozenset[str]:
    """Common Chinese words of two to four characters (from jieba's dictionary, by frequency)."""
    text = files(__package__).joinpath("common_words.tsv").read_text("utf-8")
    return frozenset(text.splitlines())


def _rank(candidate: _Candidate) -> tuple[int, int]:
    return -len(candidate.term), candidate.changed


def _gap(term: str, hole: int) -> str:
    return f"{term[:hole]}*{term[hole + 1 :]}"


def _sound(text: str) -> tuple[str, ...]:
    return characters().pinyin(text)


def _sounds(term: str) -> set[tuple[str, ...]]:
    """The term's reading, and the merged one where the term is long enough for it."""
    usual = _sound(term)
    return {usual, tuple(map(_merge, usual))} if len(term) >= 3 else {usual}


def _merge(syllable: str) -> str:
    for full, merged in _MERGED:
        syllable = syllable.replace(full, merged)
    return syllable
