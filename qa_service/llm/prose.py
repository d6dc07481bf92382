"""A model's prose, let through sentence by sentence: words and known tokens, nothing else.

A sentence that states a number, names an unknown token, changes a figure's unit or direction, or
says what the plain rendering does not say, is replaced by the plain rendering of its figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from disclosure.text import bigrams, fold
from qa_service.answering.guard import NUMERAL_AMOUNT, strangers, unfounded
from qa_service.llm.tokens import TOKEN, TokenBook

#: Prose longer than this many times the plain rendering says more than there is to say.
_LONGER = 3
_SPARE_CHARACTERS = 200
#: Share of a sentence's bigrams that the plain rendering or the question must hold.
_FOUNDED = 0.5
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?|\n")
_DIGIT = re.compile(r"[\d０-９①-⑳㈠-㈩Ⅰ-Ⅻ〔〕]")
_NUMERALS = re.compile(r"[零〇一二三四五六七八九十百千万亿两几半壹贰叁肆伍陆柒捌玖拾佰仟]+")
_MARKUP = re.compile(r"https?:|www\.|[<>`*#|\[\]_]|@|[A-Za-z]{3,}")
_ADJOINING = re.compile(r"\{\{[FNY]")
_WARNING = "注意："
#: 某局（部门整体）{{Y1}}: whose figure, and of which year.
_OWNER = re.compile(r"[^{}，。；：“”]{2,40}\{\{Y\d+\}\}")
#: Enough context to tell 三公 from 三百.
_AROUND = 1


class _Rules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    claims: dict[str, list[str]]
    hedges: list[str]
    units: list[str]
    plain_words: str


@cache
def _rules() -> _Rules:
    text = files(__package__).joinpath("prose.yaml").read_text("utf-8")
    return _Rules.model_validate(yaml.safe_load(text))


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain rendering, as printed and with tokens, and what the question said."""

    text: str
    masked: str
    question: str


@dataclass(frozen=True, slots=True)
class Phrased:
    """The text to send, and what was wrong with the sentences that are not in it."""

    text: str
    replaced: tuple[str, ...]


def phrased(prose: str, plain: Plain, book: TokenBook) -> Phrased:
    """The answer's text: the model's sentences that pass, the plain rendering for the others and
    for every figure, warning and refusal that they leave out."""
    if len(book.filled(prose)) > _LONGER * len(plain.text) + _SPARE_CHARACTERS:
        return Phrased(plain.text, ("too_long",))
    prose = _without_repeated_units(prose, book)
    plain_sentences = _sentences(plain.masked)
    owners = _owners(plain_sentences)
    out: list[str] = []
    replaced: list[str] = []
    kept = False
    for sentence in _sentences(prose):
        if not sentence.strip():
            out.append(sentence)
            continue
        wrong = objection(sentence, plain, book) or _unowned(sentence, prose, owners)
        if wrong is None:
            out.append(sentence)
            kept = True
            continue
        replaced.append(wrong)
        tokens = set(TOKEN.findall(sentence))
        out += [s for s in plain_sentences if tokens & set(TOKEN.findall(s)) and s not in out]
    if not kept:
        return Phrased(plain.text, tuple(replaced))
    text = "".join(out + _left_out("".join(out), plain_sentences, book))
    text = re.sub(r"\n{2,}", "\n", book.filled(text)).strip()
    # Token by token all is accounted for; together they might still spell another number.
    if unfounded(text, [plain.text]) or strangers(text, [plain.text]) or TOKEN.search(text):
        return Phrased(plain.text, (*replaced, "unfounded"))
    return Phrased(text, tuple(replaced))


def objection(sentence: str, plain: Plain, book: TokenBook) -> str | None:
    """What is wrong with one sentence, as the word that metrics count; None where it may pass."""
    return next((name for name, wrong in _OBJECTIONS if wrong(sentence, plain, book)), None)


def _owners(plain: Sequence[str]) -> dict[str, str]:
    """Token → whose figure it is, of which year and scope, as the plain rendering opens."""
    owners: dict[str, str] = {}
    for sentence in plain:
        opening = _OWNER.match(sentence)
        if opening is not None:
            for name in TOKEN.findall(sentence[opening.end() :]):
                owners.setdefault(name, opening[0])
    return owners


def _unowned(sentence: str, prose: str, owners: dict[str, str]) -> str | None:
    """A figure of the whole department and one of its head office read alike: whose it is must be
    said as the plain rendering says it."""
    named = (owners[t] for t in TOKEN.findall(sentence) if t in owners and t.startswith("F"))
    return None if all(owner in prose for owner in named) else "scope"


def _unknown_token(sentence: str, plain: Plain, book: TokenBook) -> bool:
    rest = TOKEN.sub("", sentence)
    return any(t not in book.tokens for t in TOKEN.findall(sentence)) or "{" in rest or "}" in rest


def _markup(sentence: str, plain: Plain, book: TokenBook) -> bool:
    """Links, markup and Latin words, unless the plain rendering has them (a project's name)."""
    rest = TOKEN.sub("", sentence)
    return any(found not in plain.masked for found in _MARKUP.findall(rest))


def _number(sentence: str, plain: Plain, book: TokenBook) -> bool:
    """Digits, and Chinese numerals but where the plain rendering or the question has the same
    word (三公, 一般)."""
    rest = TOKEN.sub("〓", sentence)
    if _DIGIT.search(rest) or NUMERAL_AMOUNT.search(rest):
        return True
    known = fold(f"{plain.masked}。{plain.question}")
    folded = fold(rest)
    for numeral in _NUMERALS.finditer(folded):
        before = folded[max(0, numeral.start() - _AROUND) : numeral.end()]
        after = folded[numeral.start() : numeral.end() + _AROUND]
        if len(after) == len(numeral[0]) or (after not in known and before not in known):
            return True
    return False


def _unit(sentence: str, plain: Plain, book: TokenBook) -> bool:
    """A unit behind a token that has its own, a sign or a hedge before it, or two in a row."""
    rules = _rules()
    for token in TOKEN.finditer(sentence):
        before, after = sentence[: token.start()].rstrip(), sentence[token.end() :].lstrip()
        if not book.tokens[token[1]].name.startswith(("F", "N", "Y")):
            continue
        if _ADJOINING.match(after) and f"{token[0]}{after[:3]}" not in plain.masked:
            return True
        if after.startswith(tuple(rules.units)) and f"{token[0]}{after[:2]}" not in plain.masked:
            return True
        hedges = (*rules.hedges, "-", "−", "负", "+", "＋", "正")
        if before.endswith(hedges) and f"{before[-1:]}{token[0]}" not in plain.masked:
            return True
        if after.startswith(tuple(rules.hedges)) and f"{token[0]}{after[:1]}" not in plain.masked:
            return True
    return False


def _direction(sentence: str, plain: Plain, book: TokenBook) -> bool:
    """增加 before a token that says 减少 already."""
    claims = _rules().claims
    opposed = {"增加": "down", "增长": "down", "多": "down", "减少": "up", "下降": "up", "少": "up"}
    for token in TOKEN.finditer(sentence):
        text = book.tokens[token[1]].text
        way = next((word for word in opposed if text.startswith(word)), None)
        near = sentence[max(0, token.start() - 4) : token.start()]
        if way and any(word in near for word in claims[opposed[way]]):
            return True
    return False


def _claim(sentence: str, plain: Plain, book: TokenBook) -> bool:
    """A comparison, cause, negation or judgement that the plain rendering does not make."""
    rest = TOKEN.sub("", sentence)
    return any(
        any(word in rest for word in words) and not any(word in plain.text for word in words)
        for words in _rules().claims.values()
    )


def _unfounded_words(sentence: str, plain: Plain, book: TokenBook) -> bool:
    """Words that have no source: most of a sentence must be the plain rendering's or the
    question's, or be ordinary phrasing."""
    said = set(bigrams(TOKEN.sub("。", sentence)))
    known = set(bigrams(TOKEN.sub("。", plain.masked))) | set(bigrams(plain.question))
    ordinary = set(_rules().plain_words)
    founded = sum(gram in known or set(gram) <= ordinary for gram in said)
    return bool(said) and founded < _FOUNDED * len(said)


_OBJECTIONS: tuple[tuple[str, Callable[[str, Plain, TokenBook], bool]], ...] = (
    ("unknown_token", _unknown_token),
    ("markup", _markup),
    ("unit", _unit),
    ("number", _number),
    ("direction", _direction),
    ("claim", _claim),
    ("words", _unfounded_words),
)


def _without_repeated_units(prose: str, book: TokenBook) -> str:
    """{{F1}}万元 where F1 has its 万元: models repeat the unit that the legend names."""
    for token in book.tokens.values():
        if token.unit:
            prose = prose.replace(f"{token}{token.unit}", str(token))
    return prose


def _left_out(text: str, plain: Sequence[str], book: TokenBook) -> list[str]:
    """Plain sentences that may not be missing: of a figure not yet stated, and all that state no
    figure but refuse, warn or correct."""
    shown = set(TOKEN.findall(text))
    shown |= {
        t
        for name in tuple(shown)
        if name in book.tokens
        for t in TOKEN.findall(book.tokens[name].shown)
    }
    missing = []
    for sentence in plain:
        tokens = [t for t in TOKEN.findall(sentence) if t in book.tokens]
        figures = [t for t in tokens if book.tokens[t].figure or t.startswith(("L", "Q"))]
        if sentence in text or not sentence.strip():
            continue
        unsaid = any(t not in shown for t in figures)
        of_no_figure = not figures and not sentence.endswith("：")
        if unsaid or of_no_figure or sentence.startswith(_WARNING):
            missing.append(sentence)
    return missing


def _sentences(text: str) -> list[str]:
    return _SENTENCE.findall(text)
