"""Segmentation of a question into known words: vocabulary, scope, cues, numbers, and the unknown.

The cover that explains most of the text wins, long words counting more than short ones; what no
word covers stays unknown, and unknown words are what lowers a plan's confidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from disclosure.lexicon.operations import Cue
from disclosure.money import AmountSpan, find_amounts
from qa_service.understanding.plan import Where


@dataclass(frozen=True, slots=True)
class Binding:
    """A member of the data (or a general concept) that a word may name.

    ``source``: concept | spoken | subject | economic | gov_economic | project | item | national |
    indicator | table. ``name`` is the official name. ``table_id`` is set for tables only.
    """

    where: Where
    name: str
    source: str
    table_id: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class ScopeBinding:
    """A department (``unit`` None) or one of its units that a word may name."""

    disclosure_id: str
    unit: str | None
    name: str
    head_office: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """What a form may mean; any of the three may be empty."""

    bindings: tuple[Binding, ...] = ()
    scopes: tuple[ScopeBinding, ...] = ()
    cues: tuple[Cue, ...] = ()
    region: str = ""

    def __or__(self, other: Word) -> Word:
        return Word(
            self.bindings + tuple(b for b in other.bindings if b not in self.bindings),
            self.scopes + tuple(s for s in other.scopes if s not in self.scopes),
            self.cues + tuple(c for c in other.cues if c not in self.cues),
            self.region or other.region,
        )

    @property
    def harmless(self) -> bool:
        """Whether the word carries no meaning of its own."""
        return self._only("harmless")

    @property
    def light(self) -> bool:
        """Whether the word is harmless, or says no more than that something is reckoned."""
        return self._only("harmless", "reckoning")

    def _only(self, *names: str) -> bool:
        linked = self.bindings or self.scopes or self.region
        return bool(self.cues) and not linked and all(cue.name in names for cue in self.cues)


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the question: a known word, an amount, a year, punctuation, or unknown."""

    text: str
    start: int
    word: Word | None = None
    amount: AmountSpan | None = None
    year: int | None = None
    number: int | None = None

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.start + len(self.text)

    @property
    def unknown(self) -> bool:
        """Whether nothing explains the token."""
        explained = self.word or self.amount or self.year or self.number is not None
        return not explained and any(c.isalnum() for c in self.text)

    def cue(self, name: str) -> Cue | None:
        """The token's cue of that name."""
        if self.word is None:
            return None
        return next((cue for cue in self.word.cues if cue.name == name), None)


#: Words of grammar: they end a word and never begin or continue one.
PARTICLES = frozenset(
    "的了吗呢吧啊呀是有在和与及对给把被我你您它这那里中下上都也还就要用花不没多少谁啥哪几去来请"
) | {
    "请问",
    "没有",
    "什么",
    "想问",
    "我想",
}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年度|年|(?!\d))|(?<!\d)(\d{2})年度?(?!前|来|后|以)")
_COUNTED = re.compile(
    r"(?<![\d前第])(\d{1,7})(个|名|人|家|项|辆|台|类|位|张|次|倍|笔|条|款|所|处|种|块(?!钱))(?!月|百分)"
)
_ORDINAL = re.compile(
    r"(?:前|第|倒数第|top|TOP)(\d{1,3})(?:名|个|位|大|多|高|少|低|项|家|类|款|笔|样)?(?!\d)"
)


#: No word begins or ends within these: 2035规划, 中小企业.
_SOLID = re.compile(r"\d{2,}|中小(?:微|企|学|型)")


def segment(text: str, lexica: Sequence[Mapping[str, Word]]) -> list[Token]:
    """The best cover of ``text`` by words of the lexica, numbers and years, left to right."""
    fixed = _fixed(text)
    longest = min(48, len(text))
    folded = text.lower()
    inside = {at for m in _SOLID.finditer(text) for at in range(m.start() + 1, m.end())}
    best: list[tuple[float, int, Token | None]] = [(0.0, 0, None)] * (len(text) + 1)
    for end in range(1, len(text) + 1):
        choice: tuple[float, int, Token | None] = (best[end - 1][0], end - 1, None)
        for start in range(max(0, end - longest), end):
            token = fixed.get((start, end))
            weight = 0.0
            if token is not None:
                weight = 2.0 * (end - start) ** 2
            elif start not in inside and end not in inside:
                piece = folded[start:end]
                word: Word | None = None
                for lexicon in lexica:
                    if (found := lexicon.get(piece)) is not None:
                        word = found if word is None else word | found
                if word is not None:
                    size = end - start
                    weight = 0.6 * size**1.5 if word.light else _weight(word, size)
                    token = Token(text[start:end], start, word)
            if token is not None and best[start][0] + weight > choice[0]:
                choice = (best[start][0] + weight, start, token)
        best[end] = choice
    return _walk(text, best)


def _weight(word: Word, size: int) -> float:
    """Long words count more than their parts; a member of the data more than a cue."""
    if word.bindings and all(b.source in ("spoken", "weak") for b in word.bindings):
        return size**2 * 0.85 + 0.5
    content = word.bindings or word.scopes
    return size**2 * (1.05 if content else 1.0) + (0.5 if content else 0.0)


def _fixed(text: str) -> dict[tuple[int, int], Token]:
    spans: dict[tuple[int, int], Token] = {}
    for amount in find_amounts(text):
        spans[amount.start, amount.end] = Token(amount.printed, amount.start, amount=amount)
    for match in _COUNTED.finditer(text):
        span = AmountSpan(Decimal(match[1]), match[2], match[0], match.start(), match.end())
        spans[match.span()] = Token(match[0], match.start(), amount=span)
    for match in _ORDINAL.finditer(text):
        spans[match.span()] = Token(match[0], match.start(), number=int(match[1]))
    for match in _YEAR.finditer(text):
        year = int(match[1]) if match[1] else 2000 + int(match[2])
        spans[match.span()] = Token(match[0], match.start(), year=year)
    return spans


def _walk(text: str, best: Sequence[tuple[float, int, Token | None]]) -> list[Token]:
    tokens: list[Token] = []
    end = len(text)
    while end > 0:
        _, start, token = best[end]
        tokens.append(token or Token(text[start:end], start))
        end = start
    tokens.reverse()
    return _join_unknown(tokens)


def _join_unknown(tokens: Sequence[Token]) -> list[Token]:
    """Neighbouring unknown characters become one unknown word, and a single one takes in the
    harmless word beside it: 数据|库 is the word 数据库."""
    joined: list[Token] = []
    for index, token in enumerate(tokens):
        last = joined[-1] if joined else None
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.text == "有" and last and last.unknown and following and following.unknown:
            joined[-1] = Token(last.text + token.text, last.start)  # 国|有|资产 is one word
            continue
        if (
            last is not None
            and token.unknown
            and (last.unknown or (len(token.text) == 1 and _absorbable(last)))
        ) or (last is not None and last.unknown and len(last.text) == 1 and _absorbable(token)):
            joined[-1] = Token(last.text + token.text, last.start)
        else:
            joined.append(token)
    return joined


def _absorbable(token: Token) -> bool:
    if token.word is None or not token.word.harmless:
        return False
    return token.text not in PARTICLES and not token.text.endswith("的")
