"""Readings and shapes of Chinese characters, enough to tell homophones and look-alikes.

``characters.tsv`` lists the characters of GB 2312 with their toneless pinyin (most usual first,
from pypinyin) and their phonetic component (技 and 枝 share 支), then words read otherwise than
character by character (重庆 chong qing). The library itself would cost 55 MB of memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from disclosure.text import fold


@dataclass(frozen=True, slots=True)
class Characters:
    """``readings`` and ``phonetic`` of single characters; ``words`` read in another way."""

    readings: Mapping[str, tuple[str, ...]]
    phonetic: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]

    def pinyin(self, text: str) -> tuple[str, ...]:
        """The most usual toneless syllable of each character; other characters stand as they are.

        ``pinyin("重庆科技局")`` → chong qing ke ji ju
        """
        syllables: list[str] = []
        start = 0
        while start < len(text):
            if word := self.words.get(text[start : start + 2]):
                syllables += word
                start += 2
            else:
                syllables.append(self.readings.get(text[start], (text[start],))[0])
                start += 1
        return tuple(syllables)

    def alike(self, one: str, other: str) -> bool:
        """Whether two characters are easily mistaken: they share a reading (率 and 旅), or the same
        phonetic component, or one is the other's (技 and 枝)."""
        if not set(self.readings.get(one, ())).isdisjoint(self.readings.get(other, ())):
            return True
        return self.phonetic.get(one, one) == self.phonetic.get(other, other)


@cache
def characters() -> Characters:
    """The table, read once."""
    readings: dict[str, tuple[str, ...]] = {}
    phonetic: dict[str, str] = {}
    words: dict[str, tuple[str, ...]] = {}
    for line in files(__package__).joinpath("characters.tsv").read_text("utf-8").splitlines():
        text, syllables, *component = line.split("\t")
        if len(text) > 1:
            words[text] = tuple(syllables.split())
            continue
        readings[text] = tuple(syllables.split("/"))
        if component:
            phonetic[text] = component[0]
    return Characters(readings, phonetic, words)


def initials(name: str) -> str:
    """First letters of a name's pinyin (科技局 → kjj); letters and digits stay, marks go."""
    return "".join(s[0] for s in characters().pinyin(fold(name).lower()) if s[0].isalnum())
