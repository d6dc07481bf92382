"""Numbered row labels (一、 （一） 1. （1） 其中：) and the hierarchy that their numbers make."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from ingest.tables.caption import compact

T = TypeVar("T")

_OF_WHICH = re.compile(r"^其中[:：]?")
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("一、", re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、.．，]")),
    ("（一）", re.compile(r"^[(（][一二三四五六七八九十]{1,3}[)）][、.．]?")),
    ("（1）", re.compile(r"^[(（]\d{1,2}[)）][、.．]?")),
    ("1.", re.compile(r"^\d{1,2}\s*(?:[、．]|\.(?!\d))")),
    ("①", re.compile(r"^[①-⑳]")),
)
PLAIN = ""
OF_WHICH = "其中"


@dataclass(frozen=True, slots=True)
class Label:
    """A row label taken apart: numbering style ('' for none), its words, and whether it is 其中."""

    style: str
    text: str
    of_which: bool = False


@lru_cache(maxsize=1 << 14)
def read_label(cell: str) -> Label:
    """``（一）上级补助`` has style （一） and text 上级补助; ``其中：（1）购置费`` is 其中, too."""
    text = compact(cell)
    of_which = bool(_OF_WHICH.match(text))
    text = _OF_WHICH.sub("", text)
    style = PLAIN
    for name, pattern in _STYLES:
        if match := pattern.match(text):
            style, text = name, text[match.end() :]
            break
    if _OF_WHICH.match(text):
        of_which, text = True, _OF_WHICH.sub("", text)
    return Label(style or (OF_WHICH if of_which else PLAIN), text, of_which)


@dataclass(slots=True)
class Outline(Generic[T]):
    """The open rows of an outline, outermost first, each with its style and what was read of it."""

    open: list[tuple[str, T]] = field(default_factory=list)

    def place(self, style: str, item: T) -> list[T]:
        """Put a row where its numbering says; what contains it, outermost first.

        A style already open closes down to its last row; a new style opens one level deeper.
        """
        for depth, (known, _) in enumerate(self.open):
            if known == style:
                del self.open[depth:]
                break
        above = [entry for _, entry in self.open]
        self.open.append((style, item))
        return above

    def reset(self) -> None:
        """Close every open row, as a total at the margin does."""
        self.open.clear()
