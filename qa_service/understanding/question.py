"""A question made comparable: one script, one width, digits for numerals, split into clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from disclosure.lexicon.dialect import standard
from disclosure.text import to_half_width
from qa_service.understanding.english import in_chinese
from qa_service.understanding.numerals import digits

_QUOTES = dict.fromkeys(map(ord, "“”\"'‘’「」『』《》"), None)
_POSSESSIVE = re.compile(r"(?<=[A-Za-z])['’]s\b|(?<=s)['’](?=\s)")
_LATIN = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SPACE_AROUND_HAN = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
#: A space between phrases, where a comma would stand: 基本支出预算多少 我有点不敢信.
_SPACE_BETWEEN_PHRASES = re.compile(
    r"(?<=[\u3400-\u9fff]{4})\s+(?=[\u3400-\u9fff]{6})|(?<=[\u3400-\u9fff]{6})\s+(?=[\u3400-\u9fff]{4})"
)
_CLAUSE_END = re.compile(r"[?!;。？！；\n]+")
_COMMA = re.compile(r"[,，]")
_TAG = re.compile(r"<script\b.*?</script>|<[^<>]{0,80}>", re.IGNORECASE | re.DOTALL)
#: Fragments of SQL that say nothing: 电费 OR 1=1, '; DROP TABLE facts; --
_PROGRAM_TEXT = re.compile(
    r"\b(?:or|and)\s*\d+\s*=\s*\d+|;?\s*\b(?:drop|delete|truncate|alter)\s+(?:table|from)\s*\w*"
    r"|\bunion\s+(?:all\s+)?select\b[\w\s,*]*|--+\s*$|/\*.*?\*/"
    r"|'\s*(?:or|and)\s*'[^']*'\s*=\s*'[^']*'?|\bselect\b[\w\s,*.]+\bfrom\b\s*\w*"
    r"|\bupdate\s+\w+\s+set\b[^;]*;?|\binsert\s+into\b\s*\w*|\b(?:sleep|benchmark|alert|eval|exec|system|load_file)\s*\([^()]*\)"
    r"|\bwaitfor\s+delay\b[\s'\d:]*|\bexec\s+\w+|\b(?:rm|cat|curl|wget)\s+[-/\w.]+"
    r"|\bjavascript:\S*|\bon\w+\s*=\s*\S+|&(?:lt|gt|amp|quot|#\d+);",
    re.IGNORECASE,
)
#: Expressions of templates and shells: ${jndi:…}, {{7*7}}, <%= … %>, $(id), `id`.
_EXPRESSION = re.compile(
    r"\$+\{[^{}]*\}?|\{\{[^{}]*\}?\}?|\{%[^{}]*%?\}?|<%.*?%>|\$\([^()]*\)|`[^`]*`|#\{[^{}]*\}"
)
#: What is left of program text between Chinese words: Latin with at least two signs of code.
_CODE = re.compile(r"(?=[^\u3000-\u9fff\uff00-\uffef]*[A-Za-z])[\x21-\x7e]{4,}")
_KEYWORDS = re.compile(r"\b(?:and|or|where|from|set|union|null|values)\b", re.IGNORECASE)
_SIGNS = re.compile(r"[${}<>;|&\\=`'\"]|://|\.\./")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Question:
    """``raw`` as asked and ``text`` as understood (half width, simplified, digits, no quotes)."""

    raw: str
    text: str
    english: bool = False


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def normalise(raw: str) -> Question:
    """The question in the form that linking works on. Punctuation is kept, it separates clauses."""
    text = _TAG.sub(" ", to_half_width(raw))
    text = _POSSESSIVE.sub("", _without_code(text)).translate(_QUOTES)
    text = _simplifier().convert(text)
    english = len(_LATIN.findall(text)) > 2 * len(_HAN.findall(text)) + 8
    text = _THOUSANDS.sub("", text)
    if not english:
        text = _SPACE_AROUND_HAN.sub("", _SPACE_BETWEEN_PHRASES.sub("，", text))
    else:
        text = in_chinese(text)
    return Question(raw, digits(standard(text.strip())), english)


def _without_code(text: str) -> str:
    """The text without program text, which asks nothing; all of it where nothing else is said."""
    left = _PROGRAM_TEXT.sub(" ", _EXPRESSION.sub(" ", text))
    if _HAN.search(left):
        if left != text:
            left = _KEYWORDS.sub(" ", left)
        left = _CODE.sub(lambda m: " " if len(_SIGNS.findall(m[0])) > 1 else m[0], left)
    return left.strip() or text


def sentences(text: str) -> list[str]:
    """The parts between sentence ends; thousands separators are no commas here."""
    return [part.strip() for part in _CLAUSE_END.split(text) if part.strip()]


def phrases(sentence: str) -> list[str]:
    """The parts of a sentence between its commas."""
    return [part.strip() for part in _COMMA.split(sentence) if part.strip()]
