"""English questions in Chinese words: phrase by phrase, from a reviewed data file."""

from __future__ import annotations

import re
from functools import cache

from disclosure.lexicon import read_data

_WORD = re.compile(r"[a-z'’-]+|[^a-z'’\s-]+")


@cache
def _phrases() -> tuple[dict[tuple[str, ...], str], frozenset[str]]:
    data = read_data("english.yaml")
    assert isinstance(data, dict)
    phrases = {
        tuple(_WORD.findall(phrase)): word
        for part in ("terms", "operations")
        for phrase, word in data[part].items()
    }
    return phrases, frozenset(data["stop"])


def in_chinese(text: str) -> str:
    """The question with every known English phrase in Chinese; unknown words stay as they are."""
    phrases, stop = _phrases()
    longest = max(map(len, phrases))
    words = _WORD.findall(text.lower())
    out: list[str] = []
    at = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            found = phrases.get(tuple(words[at : at + size]))
            if found is not None:
                out.append(found)
                at += size
                break
        else:
            if words[at] not in stop:
                out.append(words[at])
            at += 1
    return "".join(out)
